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
 * Several accounts that own things together.
 *
 * @param accountId the account, of type {@link Account#PROJECT_TYPE}, that owns the project's things
 */
public record Project(
        long id,
        String uuid,
        String name,
        @Nullable String displayText,
        long accountId,
        long domainId,
        ProjectState state,
        Instant created,
        @Nullable Instant removed) {
    public boolean isActive() {
        return state == ProjectState.ACTIVE && removed == null;
    }

    /** The same in another state. */
    public Project in(ProjectState wanted) {
        return new Project(id, uuid, name, displayText, accountId, domainId, wanted, created, removed);
    }

    /** The same with another name and description. */
    public Project named(String newName, @Nullable String newText) {
        return new Project(id, uuid, newName, newText, accountId, domainId, state, created, removed);
    }
}
