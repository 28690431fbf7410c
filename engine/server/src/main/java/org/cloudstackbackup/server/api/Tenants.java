/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Optional;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;

/** The domains and accounts that list commands may be narrowed to. Safe for use by many threads. */
public interface Tenants {
    /** The domain with that internal id, unless it was removed. */
    Optional<Domain> findDomain(long id);

    /** The account with that name in that domain, unless it was removed. */
    Optional<Account> findAccount(String name, long domainId);

    /** Whose the things of the project with that internal id are, unless it was removed. */
    Optional<Owner> findProject(long id);
}
