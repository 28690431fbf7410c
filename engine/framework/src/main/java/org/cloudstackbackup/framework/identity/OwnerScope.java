/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/** Whose objects a listing covers; always decided before the query, never filtered after it. */
public sealed interface OwnerScope {
    /** Everything; root admins only. */
    record All() implements OwnerScope {}

    /** A domain and all domains below it. */
    record DomainTree(String path) implements OwnerScope {}

    /** One domain without those below it. */
    record OneDomain(long domainId) implements OwnerScope {}

    record OneAccount(long accountId) implements OwnerScope {}

    /** Several accounts; nothing when there are none. */
    record Accounts(Set<Long> accountIds) implements OwnerScope {
        public Accounts {
            accountIds = Set.copyOf(accountIds);
        }
    }

    /** What the other scope covers, except for the things of projects. */
    record WithoutProjects(OwnerScope scope) implements OwnerScope {
        public WithoutProjects {
            requireNonNull(scope, "scope is null");
        }
    }

    /** What the other scope covers, as far as it belongs to projects. */
    record OnlyProjects(OwnerScope scope) implements OwnerScope {
        public OnlyProjects {
            requireNonNull(scope, "scope is null");
        }
    }
}
