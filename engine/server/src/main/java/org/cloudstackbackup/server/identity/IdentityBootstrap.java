/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.identity.User;
import org.jspecify.annotations.Nullable;

/** Makes what an empty database needs before anybody can log in. */
public final class IdentityBootstrap {
    /** The first administrator's account, user and name. */
    static final long ADMIN_ID = 2;

    private static final String ADMIN = "admin";
    private static final List<Role> ROLES = List.of(
            role(1, "Root Admin", RoleType.ADMIN, false, "Default root admin role"),
            role(2, "Resource Admin", RoleType.RESOURCE_ADMIN, false, "Default resource admin role"),
            role(3, "Domain Admin", RoleType.DOMAIN_ADMIN, false, "Default domain admin role"),
            role(4, "User", RoleType.USER, false, "Default user role"),
            role(5, "Read-Only Admin - Default", RoleType.ADMIN, true, "Sees what a root admin sees, changes nothing"),
            role(6, "Read-Only User - Default", RoleType.USER, true, "Sees what a user sees, changes nothing"));

    private final IdentityStores stores;
    private final Passwords passwords;
    private final Clock clock;
    private final Secrets secrets = new Secrets();

    public IdentityBootstrap(IdentityStores stores, Passwords passwords, Clock clock) {
        this.stores = requireNonNull(stores, "stores is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Makes roles, root domain, system account and admin in one transaction; does nothing when they are there.
     *
     * @param password the admin's; null to have one made
     * @return what was made, to be shown once; empty when nothing was
     */
    public Optional<FirstAdmin> run(@Nullable String password) {
        if (isDone()) {
            return Optional.empty();
        }
        FirstAdmin admin = new FirstAdmin(
                ADMIN, password == null ? secrets.password() : password, password == null, secrets.apiKeys());
        String hash = passwords.hash(Names.password("password", admin.password()));
        boolean made = stores.transactions().inTransaction(() -> make(admin, hash));
        return made ? Optional.of(admin) : Optional.empty();
    }

    /** What the first start made. The secrets are in no text form of this record. */
    public record FirstAdmin(String username, String password, boolean passwordGenerated, ApiKeys keys) {
        @Override
        public String toString() {
            return "FirstAdmin[username=" + username + "]";
        }
    }

    private boolean isDone() {
        return stores.users().find(ADMIN_ID).isPresent();
    }

    private boolean make(FirstAdmin admin, String hash) {
        if (isDone()) {
            return false;
        }
        Instant now = clock.instant();
        ROLES.forEach(stores.roles()::add);
        stores.domains().add(new Domain(Domain.ROOT_ID, uuid(), "ROOT", null, "/", 0, "Active", now, null));
        account(Account.SYSTEM_ID, "system", now);
        account(ADMIN_ID, ADMIN, now);
        stores.users().add(user(User.SYSTEM_ID, Account.SYSTEM_ID, "system", "system", "cloud", now), Passwords.NONE);
        stores.users().add(user(ADMIN_ID, ADMIN_ID, ADMIN, "admin", "cloud", now), hash);
        stores.users().setKeys(ADMIN_ID, admin.keys());
        return true;
    }

    private void account(long id, String name, Instant now) {
        stores.accounts().add(new Account(id, uuid(), name, 1, 1, Domain.ROOT_ID, "enabled", now, null));
    }

    private static User user(long id, long accountId, String name, String first, String last, Instant now) {
        return new User(id, uuid(), name, accountId, first, last, null, "enabled", null, null, now, null);
    }

    private static Role role(long id, String name, RoleType type, boolean readOnly, String description) {
        return new Role(id, uuid(), name, type, readOnly, true, description);
    }

    private static String uuid() {
        return UUID.randomUUID().toString();
    }
}
