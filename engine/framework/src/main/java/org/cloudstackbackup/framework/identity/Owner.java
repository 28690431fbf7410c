/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

/** Whose an object is: the account, and where that account stands in the tree. */
public record Owner(long accountId, long domainId, String domainPath) {
    public Owner {
        requireNonNull(domainPath, "domainPath is null");
    }
}
