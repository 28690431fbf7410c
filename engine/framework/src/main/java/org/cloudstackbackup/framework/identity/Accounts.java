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

/** The owners of things. Joins an open transaction. Safe for use by many threads. */
public interface Accounts {
    /** The account of that id, also when it is removed. */
    Optional<Account> find(long id);

    /** The account of that uuid, also when it is removed. */
    Optional<Account> findByUuid(String uuid);

    /** The account of that name in the domain; capital and small letters are the same. Never a removed one. */
    Optional<Account> findByName(String name, long domainId);

    /** Where the account stands; also when it is removed. */
    Optional<Owner> owner(long id);

    /** The account with its domain, role and users; empty when it is removed. */
    Optional<ListedAccount> describe(long id);

    /** Those that the filter lets through, by id, without removed ones and without the system's own. */
    Page<ListedAccount> page(AccountFilter filter, PageRequest page);

    /** What the account owns. */
    Holdings holdings(long id);

    /** Keeps an account and returns it with its id; id 0 lets the database choose one. */
    Account add(Account account);

    /** Writes name, type, role and state. */
    void update(Account account);

    /** Marks the account as removed; false when it was so already. */
    boolean remove(long id, Instant when);

    /** How many things an account owns that are not removed. */
    record Holdings(long vms, long volumes, long backups) {
        public boolean isEmpty() {
            return vms == 0 && volumes == 0 && backups == 0;
        }
    }
}
