/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** An account with where it stands, what it may, and who acts for it. */
public record ListedAccount(Account account, Domain domain, Role role, List<User> users) {
    public ListedAccount {
        requireNonNull(account, "account is null");
        requireNonNull(domain, "domain is null");
        requireNonNull(role, "role is null");
        users = List.copyOf(users);
    }

    public Owner owner() {
        return new Owner(account.id(), domain.id(), domain.path());
    }
}
