/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An owner of VMs, volumes and backups.
 *
 * @param type CloudStack's number: 0 user, 1 root admin, 2 domain admin, 3 resource-domain admin, 4 read-only admin, 5 project
 * @param state {@code enabled} or {@code disabled}
 */
public record Account(
        long id,
        String uuid,
        String name,
        int type,
        long roleId,
        long domainId,
        String state,
        Instant created,
        @Nullable Instant removed) {
    /** The account that owns what belongs to the installation; nobody can log in to it. */
    public static final long SYSTEM_ID = 1;

    /** The type of an account that owns the things of a project; it has no users. */
    public static final int PROJECT_TYPE = 5;

    public boolean isProject() {
        return type == PROJECT_TYPE;
    }

    public boolean isEnabled() {
        return state.equals("enabled") && removed == null;
    }
}
