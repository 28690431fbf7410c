/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.time.Instant;
import org.cloudstackbackup.framework.identity.Owner;

/** The least that other tables refer to: a role, the root domain and a domain below it, accounts and users. */
final class TestTenants {
    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    /** In the root domain. */
    static final Owner ADMIN = new Owner(2, 1, "/");

    /** In domain {@code /shop/}. */
    static final Owner SHOP = new Owner(3, 2, "/shop/");

    static final long ADMIN_USER = 2;
    static final long SHOP_USER = 3;

    private TestTenants() {}

    static void insert(Database database) {
        database.jdbi().useHandle(handle -> {
            handle.execute("INSERT INTO roles (id, uuid, name, role_type) VALUES (1, 'role-1', 'Root Admin', 'ADMIN')");
            handle.execute(
                    "INSERT INTO domain (id, uuid, parent, name, owner, path, level, created)"
                            + " VALUES (1, 'domain-1', NULL, 'ROOT', 1, '/', 0, ?), (2, 'domain-2', 1, 'shop', 1, '/shop/', 1, ?)",
                    CREATED,
                    CREATED);
            for (Owner owner : new Owner[] {new Owner(1, 1, "/"), ADMIN, SHOP}) {
                long id = owner.accountId();
                handle.execute(
                        "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                                + " VALUES (?, ?, ?, 1, 1, ?, ?)",
                        id,
                        "account-" + id,
                        "account" + id,
                        owner.domainId(),
                        CREATED);
                handle.execute(
                        "INSERT INTO user (id, uuid, username, password, account_id, created) VALUES (?, ?, ?, '-', ?, ?)",
                        id,
                        "user-" + id,
                        "user" + id,
                        id,
                        CREATED);
            }
        });
    }
}
