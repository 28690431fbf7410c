/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

/** Who is calling, as verified for this request, and the projects that the caller's account belongs to. */
public record Caller(User user, Account account, Domain domain, Role role, Memberships memberships) {
    public Caller {
        requireNonNull(user, "user is null");
        requireNonNull(account, "account is null");
        requireNonNull(domain, "domain is null");
        requireNonNull(role, "role is null");
        requireNonNull(memberships, "memberships is null");
    }

    /** One that belongs to no project. */
    public Caller(User user, Account account, Domain domain, Role role) {
        this(user, account, domain, role, Memberships.NONE);
    }

    public boolean isRootAdmin() {
        return role.type() == RoleType.ADMIN;
    }

    /**
     * Root admins reach everything, domain admins their subtree, everybody else their own account, what belongs to their
     * domain as a whole, and their projects.
     */
    public boolean mayReach(Owner owner) {
        return switch (role.type()) {
            case ADMIN -> true;
            case RESOURCE_ADMIN, DOMAIN_ADMIN -> owner.domainPath().startsWith(domain.path());
            case USER ->
                owner.accountId() == account.id()
                        || (owner.accountId() == Owner.NO_ACCOUNT
                                ? owner.domainId() == domain.id()
                                : memberships.includes(owner.accountId()));
        };
    }

    /** What belongs to the caller itself. */
    public Owner owner() {
        return new Owner(account.id(), domain.id(), domain.path());
    }
}
