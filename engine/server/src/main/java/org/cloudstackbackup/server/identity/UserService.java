/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import com.cloud.event.EventTypes;
import com.cloud.exception.PermissionDeniedException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.ListedAccount;
import org.cloudstackbackup.framework.identity.ListedUser;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.identity.UserFilter;
import org.cloudstackbackup.framework.identity.Users.StoredPassword;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** The rules of users, their passwords and keys. Ids that come in are those of users in the caller's reach. */
final class UserService {
    private final IdentityStores stores;
    private final Passwords passwords;
    private final Clock clock;
    private final Secrets secrets = new Secrets();

    UserService(IdentityStores stores, Passwords passwords, Clock clock) {
        this.stores = requireNonNull(stores, "stores is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    Page<ListedUser> page(UserFilter filter, PageRequest page) {
        return stores.users().page(filter, page);
    }

    /** The user with that API key, when the caller may change it. */
    ListedUser withApiKey(Caller caller, String apiKey) {
        return stores.users()
                .findByApiKey(apiKey)
                .map(found -> found.user())
                .filter(found -> Authority.maySeeKeys(caller, found))
                .orElseThrow(() -> missing("userapikey"));
    }

    /** Adds a user to an account that exists. */
    ListedUser create(Caller caller, NewUser wanted, String accountName, @Nullable Long domainId) {
        String hash = hash(wanted);
        return stores.transactions().inTransaction(() -> {
            long where = domainId == null ? caller.domain().id() : domainId;
            Domain domain = stores.domains().lock(where).orElseThrow(() -> DomainService.missing("domainid"));
            Account account = stores.accounts()
                    .findByName(accountName, where)
                    .filter(found -> caller.mayReach(new Owner(found.id(), domain.id(), domain.path())))
                    .orElseThrow(() -> AccountService.missing("account"));
            ListedAccount listed =
                    stores.accounts().describe(account.id()).orElseThrow(() -> AccountService.missing("account"));
            Authority.mayChange(caller, listed.account(), listed.domain(), listed.role());
            return add(caller, wanted, hash, account, domain);
        });
    }

    /** The hash of a new user's checked password; slow, so never within a transaction. */
    String hash(NewUser wanted) {
        return passwords.hash(Names.password("password", wanted.password()));
    }

    /** Adds a user within the transaction that holds the domain's lock. */
    ListedUser add(Caller caller, NewUser wanted, String hash, Account account, Domain domain) {
        String username = Names.text("username", wanted.username());
        refuseTaken(username, domain.id());
        String uuid = wanted.uuid() == null ? UUID.randomUUID().toString() : Names.uuid("userid", wanted.uuid());
        if (stores.users().findByUuid(uuid).isPresent()) {
            throw Names.refuse("userid", "there is a user with that id already");
        }
        User user = stores.users()
                .add(
                        new User(
                                0,
                                uuid,
                                username,
                                account.id(),
                                Names.text("firstname", wanted.firstname()),
                                Names.text("lastname", wanted.lastname()),
                                Names.text("email", wanted.email()),
                                "enabled",
                                null,
                                Names.timezone(wanted.timezone()),
                                clock.instant(),
                                null),
                        hash);
        ListedUser listed = required(user.id());
        record(caller, EventTypes.EVENT_USER_CREATE, "Created user ", listed);
        return listed;
    }

    /** What shall be different; null leaves as it is. Passwords are in no text form of this record. */
    record Changes(
            @Nullable String username,
            @Nullable String firstname,
            @Nullable String lastname,
            @Nullable String email,
            @Nullable String timezone,
            @Nullable String password,
            @Nullable String currentPassword) {
        @Override
        public String toString() {
            return "Changes[username=" + username + "]";
        }
    }

    ListedUser update(Caller caller, long id, Changes changes) {
        ListedUser before = required(id);
        Authority.mayChange(caller, before);
        String hash = newHash(caller, before, changes);
        return stores.transactions().inTransaction(() -> {
            Domain domain = stores.domains().lock(before.domain().id()).orElseThrow(() -> missing("id"));
            User user = required(id).user();
            User changed = new User(
                    user.id(),
                    user.uuid(),
                    newName(user, changes.username(), domain.id()),
                    user.accountId(),
                    changes.firstname() == null ? user.firstname() : Names.optional("firstname", changes.firstname()),
                    changes.lastname() == null ? user.lastname() : Names.optional("lastname", changes.lastname()),
                    changes.email() == null ? user.email() : Names.optional("email", changes.email()),
                    user.state(),
                    user.apiKey(),
                    changes.timezone() == null ? user.timezone() : Names.timezone(changes.timezone()),
                    user.created(),
                    null);
            stores.users().update(changed);
            if (hash != null) {
                stores.users().setPassword(id, hash);
                endForeignSessions(caller, before);
            }
            ListedUser after = required(id);
            record(caller, EventTypes.EVENT_USER_UPDATE, "Updated user ", after);
            return after;
        });
    }

    private @Nullable String newHash(Caller caller, ListedUser user, Changes changes) {
        String password = changes.password();
        if (password == null) {
            return null;
        }
        if (Authority.isSelf(caller, user)) {
            checkCurrentPassword(user, changes.currentPassword());
        }
        return passwords.hash(Names.password("password", password));
    }

    private void checkCurrentPassword(ListedUser user, @Nullable String current) {
        if (current == null || current.isEmpty()) {
            throw Names.refuse("currentpassword", "is needed to change the own password");
        }
        Optional<StoredPassword> stored = stores.users()
                .findPassword(user.user().username(), user.domain().id());
        if (stored.isEmpty() || !passwords.matches(current, stored.get().hash())) {
            throw Names.refuse("currentpassword", "is not the user's password");
        }
    }

    /** Whoever had got hold of the old password is logged out; the user itself goes on after changing it. */
    private void endForeignSessions(Caller caller, ListedUser user) {
        if (!Authority.isSelf(caller, user)) {
            stores.sessions().removeOf(user.user().id());
        }
    }

    private String newName(User user, @Nullable String wanted, long domainId) {
        if (wanted == null) {
            return user.username();
        }
        String name = Names.text("username", wanted);
        if (!name.equalsIgnoreCase(user.username())) {
            refuseTaken(name, domainId);
        }
        return name;
    }

    ListedUser enable(Caller caller, long id) {
        return setState(caller, id, "enabled", EventTypes.EVENT_USER_ENABLE, "Enabled user ");
    }

    ListedUser disable(Caller caller, long id) {
        refuseLockOut(caller, required(id), "disabled");
        return setState(caller, id, "disabled", EventTypes.EVENT_USER_DISABLE, "Disabled user ");
    }

    /** As {@link #disable}, with the state that CloudStack has for users who shall come back. */
    ListedUser lock(Caller caller, long id) {
        refuseLockOut(caller, required(id), "locked");
        return setState(caller, id, "locked", EventTypes.EVENT_USER_LOCK, "Locked user ");
    }

    private ListedUser setState(Caller caller, long id, String state, String eventType, String what) {
        return stores.transactions().inTransaction(() -> {
            ListedUser before = required(id);
            Authority.mayChange(caller, before.account(), before.domain(), before.role());
            User user = before.user();
            if (user.state().equals(state)) {
                return before;
            }
            stores.users()
                    .update(new User(
                            user.id(),
                            user.uuid(),
                            user.username(),
                            user.accountId(),
                            user.firstname(),
                            user.lastname(),
                            user.email(),
                            state,
                            user.apiKey(),
                            user.timezone(),
                            user.created(),
                            null));
            if (!state.equals("enabled")) {
                stores.sessions().removeOf(id);
            }
            ListedUser after = required(id);
            record(caller, eventType, what, after);
            return after;
        });
    }

    void delete(Caller caller, long id) {
        stores.transactions().run(() -> {
            ListedUser user = required(id);
            Authority.mayChange(caller, user.account(), user.domain(), user.role());
            refuseLockOut(caller, user, "deleted");
            remove(caller, user);
        });
    }

    /** Within a transaction, without asking further. */
    void remove(Caller caller, ListedUser user) {
        stores.users().remove(user.user().id(), clock.instant());
        stores.sessions().removeOf(user.user().id());
        record(caller, EventTypes.EVENT_USER_DELETE, "Deleted user ", user);
    }

    /** Makes new keys; the old ones stop to work at once. */
    ApiKeys registerKeys(Caller caller, long id) {
        return stores.transactions().inTransaction(() -> {
            ListedUser user = required(id);
            requireKeys(caller, user);
            ApiKeys keys = secrets.apiKeys();
            stores.users().setKeys(id, keys);
            record(caller, EventTypes.EVENT_REGISTER_FOR_SECRET_API_KEY, "Made new API keys for user ", user);
            return keys;
        });
    }

    Optional<ApiKeys> keys(Caller caller, long id) {
        requireKeys(caller, required(id));
        return stores.users().keys(id);
    }

    private static void requireKeys(Caller caller, ListedUser user) {
        if (!Authority.maySeeKeys(caller, user)) {
            throw new PermissionDeniedException(
                    "The caller may not see the keys of user " + user.user().username());
        }
    }

    private static void refuseLockOut(Caller caller, ListedUser user, String what) {
        if (user.user().id() == IdentityBootstrap.ADMIN_ID) {
            throw Names.refuse("id", "the first administrator cannot be " + what);
        }
        if (Authority.isSelf(caller, user)) {
            throw Names.refuse("id", "the caller itself cannot be " + what);
        }
    }

    private void refuseTaken(String username, long domainId) {
        if (stores.users().findPassword(username, domainId).isPresent()) {
            throw Names.refuse("username", "there is a user '" + username + "' in that domain already");
        }
    }

    private ListedUser required(long id) {
        return stores.users()
                .find(id)
                .filter(found ->
                        found.user().removed() == null && found.account().removed() == null)
                .orElseThrow(() -> missing("id"));
    }

    private void record(Caller caller, String type, String what, ListedUser user) {
        IdentityEvents.record(
                stores.events(),
                caller,
                user.owner(),
                type,
                what + user.user().username(),
                IdentityEvents.Subject.of(user.user()));
    }

    private static ProviderException missing(String parameter) {
        return new ProviderException(
                ErrorKind.NOT_FOUND, "user", "Parameter " + parameter + ": there is no such user, or it was deleted");
    }
}
