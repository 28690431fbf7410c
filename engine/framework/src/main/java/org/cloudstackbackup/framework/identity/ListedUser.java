/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

/** A user with the account that it acts for, where that stands, and what it may. */
public record ListedUser(User user, Account account, Domain domain, Role role) {
    public ListedUser {
        requireNonNull(user, "user is null");
        requireNonNull(account, "account is null");
        requireNonNull(domain, "domain is null");
        requireNonNull(role, "role is null");
    }

    public Owner owner() {
        return new Owner(account.id(), domain.id(), domain.path());
    }

    /** Whether the user may call at all: user and account enabled, nothing of it removed. */
    public boolean isEnabled() {
        return user.isEnabled() && account.isEnabled() && domain.removed() == null;
    }

    /** The user as the one who calls; to be used once it is verified. */
    public Caller toCaller(Projects projects) {
        long member = account.id();
        return new Caller(user, account, domain, role, new Memberships(() -> projects.accountsOf(member)));
    }
}
