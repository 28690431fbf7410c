/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

/** The four kinds of role that commands are declared for; masks as in CloudStack's annotations. */
public enum RoleType {
    ADMIN(1),
    RESOURCE_ADMIN(2),
    DOMAIN_ADMIN(4),
    USER(8);

    private final int mask;

    RoleType(int mask) {
        this.mask = mask;
    }

    public int mask() {
        return mask;
    }
}
