/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

/** An account that belongs to a project. */
public record ProjectMember(Account account, ProjectRole role) {
    public ProjectMember {
        requireNonNull(account, "account is null");
        requireNonNull(role, "role is null");
    }
}
