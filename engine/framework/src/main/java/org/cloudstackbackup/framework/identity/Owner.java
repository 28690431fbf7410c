/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

/**
 * Whose an object is: the account, and where that account stands in the tree.
 *
 * @param accountId {@link #NO_ACCOUNT} for what belongs to a domain as a whole
 */
public record Owner(long accountId, long domainId, String domainPath) {
    /** Is no account's id. */
    public static final long NO_ACCOUNT = 0;

    public Owner {
        requireNonNull(domainPath, "domainPath is null");
    }

    /** The owner of what belongs to everybody in a domain, such as the domain itself. */
    public static Owner ofDomain(Domain domain) {
        return new Owner(NO_ACCOUNT, domain.id(), domain.path());
    }
}
