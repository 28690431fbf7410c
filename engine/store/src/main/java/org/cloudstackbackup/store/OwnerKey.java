/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

/** An account or a domain, by internal id. */
record OwnerKey(boolean isAccount, long id) {
    static OwnerKey account(long id) {
        return new OwnerKey(true, id);
    }

    static OwnerKey domain(long id) {
        return new OwnerKey(false, id);
    }
}
