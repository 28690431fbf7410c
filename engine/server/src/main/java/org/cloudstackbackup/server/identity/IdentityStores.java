/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Accounts;
import org.cloudstackbackup.framework.identity.Domains;
import org.cloudstackbackup.framework.identity.Projects;
import org.cloudstackbackup.framework.identity.Roles;
import org.cloudstackbackup.framework.identity.Sessions;
import org.cloudstackbackup.framework.identity.Users;
import org.cloudstackbackup.framework.transaction.Transactions;

/** Where identities are kept; all over one database. */
public record IdentityStores(
        Roles roles,
        Domains domains,
        Accounts accounts,
        Users users,
        Projects projects,
        Sessions sessions,
        Events events,
        Transactions transactions) {
    public IdentityStores {
        requireNonNull(roles, "roles is null");
        requireNonNull(domains, "domains is null");
        requireNonNull(accounts, "accounts is null");
        requireNonNull(users, "users is null");
        requireNonNull(projects, "projects is null");
        requireNonNull(sessions, "sessions is null");
        requireNonNull(events, "events is null");
        requireNonNull(transactions, "transactions is null");
    }
}
