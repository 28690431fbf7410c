/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.time.Instant;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;

/** The tree of tenants. Joins an open transaction. Safe for use by many threads. */
public interface Domains {
    /** The domain of that id, also when it is removed. */
    Optional<Domain> find(long id);

    /** The domain of that uuid, also when it is removed. */
    Optional<Domain> findByUuid(String uuid);

    /** The domain at a path in the form of {@link Domain#path()}; capital and small letters are the same. Never a removed one. */
    Optional<Domain> findByPath(String path);

    /**
     * Keeps others from locking the same domain until the transaction ends, so that two of them cannot use one name in it.
     *
     * @return empty when there is no such domain or it is removed
     */
    Optional<Domain> lock(long id);

    /** Those that the filter lets through, by id, without removed ones. */
    Page<ListedDomain> page(DomainFilter filter, PageRequest page);

    /** What is in the domain itself, not in those below it. */
    Contents contents(long id);

    /** Keeps a domain and returns it with its id; id 0 lets the database choose one. */
    Domain add(Domain domain);

    /** Gives the domain another name, and those below it their new paths. */
    Domain rename(Domain domain, String name);

    /** Marks the domain as removed; false when it was so already. */
    boolean remove(long id, Instant when);

    /** How much would be lost with a domain. */
    record Contents(long domains, long accounts) {
        public boolean isEmpty() {
            return domains == 0 && accounts == 0;
        }
    }
}
