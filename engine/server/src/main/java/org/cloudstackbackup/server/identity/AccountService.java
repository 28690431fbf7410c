/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import com.cloud.event.EventTypes;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.AccountFilter;
import org.cloudstackbackup.framework.identity.Accounts.Holdings;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.ListedAccount;
import org.cloudstackbackup.framework.identity.ListedUser;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** The rules of accounts. Ids that come in are those of accounts in the caller's reach. */
final class AccountService {
    private static final String ENABLED = "enabled";

    private final IdentityStores stores;
    private final UserService users;
    private final Clock clock;

    AccountService(IdentityStores stores, UserService users, Clock clock) {
        this.stores = requireNonNull(stores, "stores is null");
        this.users = requireNonNull(users, "users is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    Page<ListedAccount> page(AccountFilter filter, PageRequest page) {
        return stores.accounts().page(filter, page);
    }

    /**
     * What a caller says about an account to be made; unchecked.
     *
     * @param name null for the first user's name
     * @param type CloudStack's number; null when the role says it
     * @param roleId null for the default role of the type
     */
    record NewAccount(
            @Nullable String name,
            @Nullable Integer type,
            @Nullable Long roleId,
            @Nullable Long domainId,
            @Nullable String uuid,
            NewUser user) {}

    /** Makes an account and its first user. */
    ListedAccount create(Caller caller, NewAccount wanted) {
        Role role = role(wanted);
        Authority.mayGive(caller, role);
        String hash = users.hash(wanted.user());
        String name = Names.account(
                wanted.name() == null ? "username" : "account",
                wanted.name() == null ? wanted.user().username() : wanted.name());
        String uuid = wanted.uuid() == null ? UUID.randomUUID().toString() : Names.uuid("accountid", wanted.uuid());
        return stores.transactions().inTransaction(() -> {
            long domainId = wanted.domainId() == null ? caller.domain().id() : wanted.domainId();
            Domain domain = stores.domains().lock(domainId).orElseThrow(() -> DomainService.missing("domainid"));
            Authority.mayFill(caller, domain);
            checkPlace(role, domain, wanted.domainId() != null);
            refuseTaken("account", name, domainId);
            if (stores.accounts().findByUuid(uuid).isPresent()) {
                throw Names.refuse("accountid", "there is an account with that id already");
            }
            Account account = stores.accounts()
                    .add(new Account(
                            0,
                            uuid,
                            name,
                            accountType(role.type()),
                            role.id(),
                            domainId,
                            ENABLED,
                            clock.instant(),
                            null));
            users.add(caller, wanted.user(), hash, account, domain);
            ListedAccount listed = required(account.id());
            record(caller, EventTypes.EVENT_ACCOUNT_CREATE, "Created account ", listed);
            return listed;
        });
    }

    private Role role(NewAccount wanted) {
        Long roleId = wanted.roleId();
        Integer type = wanted.type();
        if (roleId == null && type == null) {
            throw Names.refuse("roleid", "either roleid or accounttype is needed");
        }
        if (roleId == null) {
            return defaultRole(requireNonNull(type, "type is null"));
        }
        Role role = role(roleId);
        if (type != null && type != accountType(role.type())) {
            throw Names.refuse(
                    "accounttype",
                    type + " does not go with role " + role.name() + ", whose accounts are of type "
                            + accountType(role.type()));
        }
        return role;
    }

    private Role defaultRole(int type) {
        return stores.roles().all().stream()
                .filter(role -> role.isDefault() && !role.readOnly() && accountType(role.type()) == type)
                .findFirst()
                .orElseThrow(() -> Names.refuse(
                        "accounttype",
                        type + " is none; allowed are 0 for a user, 1 for a root admin, 2 for a domain admin"));
    }

    private Role role(long id) {
        return stores.roles()
                .find(id)
                .orElseThrow(() ->
                        new ProviderException(ErrorKind.NOT_FOUND, "role", "Parameter roleid: there is no such role"));
    }

    private static void checkPlace(Role role, Domain domain, boolean domainGiven) {
        if (role.type() == RoleType.ADMIN && domain.id() != Domain.ROOT_ID) {
            throw Names.refuse("domainid", "accounts with role " + role.name() + " can only be in the root domain");
        }
        if (role.type() == RoleType.DOMAIN_ADMIN && !domainGiven) {
            throw Names.refuse("domainid", "is needed for an account with role " + role.name());
        }
    }

    private static int accountType(RoleType type) {
        return switch (type) {
            case ADMIN -> 1;
            case RESOURCE_ADMIN -> 3;
            case DOMAIN_ADMIN -> 2;
            case USER -> 0;
        };
    }

    /**
     * The id of the account that is named by its id or by name and domain, as far as the caller reaches it.
     *
     * @param id null when the name says it
     */
    long idOf(Caller caller, @Nullable Long id, @Nullable String name, @Nullable Long domainId) {
        if (id != null) {
            return id;
        }
        if (name == null || name.isEmpty()) {
            throw Names.refuse("id", "either id, or account and domainid, is needed");
        }
        return stores.accounts()
                .findByName(name, domainId == null ? caller.domain().id() : domainId)
                .flatMap(account -> stores.accounts().owner(account.id()))
                .filter(caller::mayReach)
                .orElseThrow(() -> missing("account"))
                .accountId();
    }

    ListedAccount update(Caller caller, long id, @Nullable String newName, @Nullable Long roleId) {
        return stores.transactions().inTransaction(() -> {
            ListedAccount before = changeable(caller, id);
            Domain domain = stores.domains().lock(before.domain().id()).orElseThrow(() -> missing("id"));
            Role role = roleId == null ? before.role() : newRole(caller, before, roleId);
            String name = newName == null ? before.account().name() : newName(before, newName, domain);
            Account account = before.account();
            return write(
                    caller,
                    new Account(
                            account.id(),
                            account.uuid(),
                            name,
                            accountType(role.type()),
                            role.id(),
                            account.domainId(),
                            account.state(),
                            account.created(),
                            null),
                    EventTypes.EVENT_ACCOUNT_UPDATE,
                    "Updated account ");
        });
    }

    private Role newRole(Caller caller, ListedAccount before, long roleId) {
        Role role = role(roleId);
        if (role.id() == before.role().id()) {
            return role;
        }
        refuseLockOut(caller, before.account(), "given another role");
        Authority.mayGive(caller, role);
        checkPlace(role, before.domain(), true);
        return role;
    }

    private String newName(ListedAccount before, String wanted, Domain domain) {
        String name = Names.account("newname", wanted);
        if (!name.equalsIgnoreCase(before.account().name())) {
            refuseTaken("newname", name, domain.id());
        }
        return name;
    }

    ListedAccount enable(Caller caller, long id) {
        return setState(caller, id, ENABLED, EventTypes.EVENT_ACCOUNT_ENABLE, "Enabled account ");
    }

    /** Nobody can act for the account any more; its VMs and backups stay as they are. Idempotent. */
    ListedAccount disable(Caller caller, long id, boolean lock) {
        refuseLockOut(caller, changeable(caller, id).account(), "disabled");
        return setState(
                caller, id, lock ? "locked" : "disabled", EventTypes.EVENT_ACCOUNT_DISABLE, "Disabled account ");
    }

    private ListedAccount setState(Caller caller, long id, String state, String eventType, String what) {
        return stores.transactions().inTransaction(() -> {
            ListedAccount before = changeable(caller, id);
            Account account = before.account();
            if (account.state().equals(state)) {
                return before;
            }
            if (!state.equals(ENABLED)) {
                before.users().forEach(user -> stores.sessions().removeOf(user.id()));
            }
            return write(
                    caller,
                    new Account(
                            account.id(),
                            account.uuid(),
                            account.name(),
                            account.type(),
                            account.roleId(),
                            account.domainId(),
                            state,
                            account.created(),
                            null),
                    eventType,
                    what);
        });
    }

    private ListedAccount write(Caller caller, Account account, String eventType, String what) {
        stores.accounts().update(account);
        ListedAccount after = required(account.id());
        record(caller, eventType, what, after);
        return after;
    }

    /** Deletes an account that owns nothing, and its users. Idempotent, so that a job may repeat it. */
    void delete(Caller caller, long id) {
        stores.transactions().run(() -> {
            Account found = stores.accounts().find(id).orElseThrow(() -> missing("id"));
            if (found.removed() != null) {
                return;
            }
            ListedAccount account = changeable(caller, id);
            refuseLockOut(caller, account.account(), "deleted");
            Holdings holdings = stores.accounts().holdings(id);
            if (!holdings.isEmpty()) {
                throw new ProviderException(
                        ErrorKind.CONFLICT,
                        "account " + found.name(),
                        "Account " + found.name() + " was not deleted: it owns " + holdings.vms() + " VM(s), "
                                + holdings.volumes() + " volume(s) and " + holdings.backups()
                                + " backup(s); delete these first");
            }
            refuseLeader(found);
            stores.projects().leaveAll(id);
            for (User user : account.users()) {
                users.remove(caller, new ListedUser(user, found, account.domain(), account.role()));
            }
            stores.accounts().remove(id, clock.instant());
            record(caller, EventTypes.EVENT_ACCOUNT_DELETE, "Deleted account ", account);
        });
    }

    private void refuseLeader(Account account) {
        List<String> led = stores.projects().ledAlone(account.id()).stream()
                .map(Project::name)
                .toList();
        if (!led.isEmpty()) {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "account " + account.name(),
                    "Account " + account.name() + " was not deleted: it is the only admin of project(s) "
                            + String.join(", ", led) + "; delete these first, or give them another admin");
        }
    }

    private ListedAccount changeable(Caller caller, long id) {
        ListedAccount account = required(id);
        Authority.mayChange(caller, account.account(), account.domain(), account.role());
        return account;
    }

    private static void refuseLockOut(Caller caller, Account account, String what) {
        if (account.id() == IdentityBootstrap.ADMIN_ID) {
            throw Names.refuse("id", "the first administrator's account cannot be " + what);
        }
        if (account.id() == caller.account().id()) {
            throw Names.refuse("id", "the caller's own account cannot be " + what);
        }
    }

    private void refuseTaken(String parameter, String name, long domainId) {
        if (stores.accounts().findByName(name, domainId).isPresent()) {
            throw Names.refuse(parameter, "there is an account '" + name + "' in that domain already");
        }
    }

    private ListedAccount required(long id) {
        return stores.accounts().describe(id).orElseThrow(() -> missing("id"));
    }

    private void record(Caller caller, String type, String what, ListedAccount account) {
        IdentityEvents.record(
                stores.events(),
                caller,
                account.owner(),
                type,
                what + account.account().name(),
                IdentityEvents.Subject.of(account.account()));
    }

    static ProviderException missing(String parameter) {
        return new ProviderException(
                ErrorKind.NOT_FOUND,
                "account",
                "Parameter " + parameter + ": there is no such account, or it was deleted");
    }
}
