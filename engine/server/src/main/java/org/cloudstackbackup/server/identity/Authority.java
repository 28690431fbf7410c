/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import com.cloud.exception.PermissionDeniedException;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.ListedUser;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;

/**
 * Who may change which identities, beyond reaching them: nobody touches somebody of a stronger role, or gives away a role
 * stronger than the own one.
 */
final class Authority {
    private Authority() {}

    static void mayGive(Caller caller, Role role) {
        if (isStronger(role, caller.role())) {
            throw new PermissionDeniedException("Role " + role.name() + " is stronger than the caller's role "
                    + caller.role().name());
        }
    }

    /** Admins of the subtree in which the account is, with a role as strong as the account's. */
    static void mayChange(Caller caller, Account account, Domain domain, Role role) {
        if (!manages(caller, account, domain, role)) {
            throw new PermissionDeniedException("The caller may not change account " + account.name());
        }
    }

    /** Those who may change the account, and the user itself. */
    static void mayChange(Caller caller, ListedUser target) {
        if (!isSelf(caller, target) && !manages(caller, target.account(), target.domain(), target.role())) {
            throw new PermissionDeniedException(
                    "The caller may not change user " + target.user().username());
        }
    }

    /** Who may change a user may also use its keys; a role that only reads must not lead to one that writes. */
    static boolean maySeeKeys(Caller caller, ListedUser target) {
        return isSelf(caller, target)
                || (!caller.role().readOnly() && manages(caller, target.account(), target.domain(), target.role()));
    }

    /** The domain itself or, for admins below the root, one below their own. */
    static void mayChange(Caller caller, Domain domain) {
        boolean below = domain.path().startsWith(caller.domain().path())
                && domain.id() != caller.domain().id();
        if (!caller.isRootAdmin() && !(isAdmin(caller) && below)) {
            throw new PermissionDeniedException("The caller may only change domains below "
                    + caller.domain().displayPath());
        }
    }

    /** Below which domains and accounts may be made. */
    static void mayFill(Caller caller, Domain domain) {
        if (!isAdmin(caller) || !caller.mayReach(Owner.ofDomain(domain))) {
            throw new PermissionDeniedException(
                    "The caller may only make things in " + caller.domain().displayPath() + " and below");
        }
    }

    static boolean isSelf(Caller caller, ListedUser target) {
        return caller.user().id() == target.user().id();
    }

    private static boolean manages(Caller caller, Account account, Domain domain, Role role) {
        return account.id() != Account.SYSTEM_ID
                && isAdmin(caller)
                && caller.mayReach(new Owner(account.id(), domain.id(), domain.path()))
                && !isStronger(role, caller.role());
    }

    private static boolean isAdmin(Caller caller) {
        return caller.role().type() != RoleType.USER;
    }

    private static boolean isStronger(Role role, Role than) {
        return role.type().compareTo(than.type()) < 0;
    }
}
