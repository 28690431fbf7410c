/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import org.jspecify.annotations.Nullable;

/**
 * An owner as people know it.
 *
 * @param project what the account stands for when it is a project's; else null
 */
public record OwnerNames(
        String account,
        String domainUuid,
        String domain,
        String domainPath,
        @Nullable Named project) {
    /** The name of the account, unless it only stands for a project. */
    public @Nullable String accountOrNull() {
        return project == null ? account : null;
    }

    /** Of the project, or null. */
    public @Nullable String projectUuid() {
        return project == null ? null : project.uuid();
    }

    /** Of the project, or null. */
    public @Nullable String projectName() {
        return project == null ? null : project.name();
    }
}
