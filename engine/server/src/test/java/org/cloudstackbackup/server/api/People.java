/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.time.Instant;
import java.util.Set;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Memberships;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.identity.User;

/** Callers for tests. The tree is the root, {@code /a/}, {@code /a/b/} and {@code /c/}. */
final class People {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    static final Domain ROOT = domain(1, "ROOT", null, "/", 0);
    static final Domain A = domain(2, "a", 1L, "/a/", 1);
    static final Domain B = domain(3, "b", 2L, "/a/b/", 2);
    static final Domain C = domain(4, "c", 1L, "/c/", 1);

    static final Caller ADMIN = caller("admin", 2, ROOT, RoleType.ADMIN, false);
    static final Caller READER = caller("reader", 3, ROOT, RoleType.ADMIN, true);
    static final Caller CHIEF = caller("chief", 4, A, RoleType.DOMAIN_ADMIN, false);
    static final Caller USER = caller("user", 5, B, RoleType.USER, false);
    static final Caller READING_USER = caller("readinguser", 6, B, RoleType.USER, true);

    /** A project in B, by its own id and by that of the account that owns its things. */
    static final long PROJECT = 70;

    static final Owner PROJECT_OWNER = new Owner(700, 3, "/a/b/");
    /** A user in B who belongs to the project. */
    static final Caller MEMBER = memberOf(caller("member", 7, B, RoleType.USER, false), PROJECT_OWNER.accountId());

    private People() {}

    static Caller caller(String name, long id, Domain domain, RoleType type, boolean readOnly) {
        int accountType = type == RoleType.ADMIN ? 1 : type == RoleType.DOMAIN_ADMIN ? 2 : 0;
        return new Caller(
                user(name, id, "enabled"),
                account(name, id, accountType, domain),
                domain,
                new Role(id, "role-" + id, type.name(), type, readOnly, true, null));
    }

    private static Caller memberOf(Caller caller, long projectAccount) {
        return new Caller(
                caller.user(),
                caller.account(),
                caller.domain(),
                caller.role(),
                new Memberships(() -> Set.of(projectAccount)));
    }

    static Caller disabled(Caller caller) {
        return new Caller(
                user(caller.user().username(), caller.user().id(), "disabled"),
                caller.account(),
                caller.domain(),
                caller.role());
    }

    static Account account(String name, long id, int type, Domain domain) {
        return new Account(id, "account-" + id, name, type, 1, domain.id(), "enabled", LONG_AGO, null);
    }

    private static User user(String name, long id, String state) {
        return new User(id, "user-" + id, name, id, "First", "Last", null, state, name + "-key", "UTC", LONG_AGO, null);
    }

    private static Domain domain(
            long id, String name, @org.jspecify.annotations.Nullable Long parent, String path, int level) {
        return new Domain(id, "domain-" + id, name, parent, path, level, "Active", LONG_AGO, null);
    }
}
