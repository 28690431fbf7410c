/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.AccountFilter;
import org.cloudstackbackup.framework.identity.Accounts.Holdings;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.DomainFilter;
import org.cloudstackbackup.framework.identity.ListedAccount;
import org.cloudstackbackup.framework.identity.ListedDomain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.identity.Sessions.Session;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.identity.UserFilter;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityStoresTest {
    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00.123Z");

    /** The stores of one fresh database with roles 1 and 4 and the root domain. */
    private static final class Stores implements AutoCloseable {
        final Database database;
        final JdbcRoleStore roles;
        final JdbcDomainStore domains;
        final JdbcAccountStore accounts;
        final JdbcUserStore users;
        final JdbcSessionStore sessions;

        Stores(DatabaseKind kind) {
            database = kind.open();
            roles = new JdbcRoleStore(database);
            domains = new JdbcDomainStore(database);
            accounts = new JdbcAccountStore(database);
            users = new JdbcUserStore(database, SecretBox.random());
            sessions = new JdbcSessionStore(database);
            roles.add(new Role(1, "role-1", "Root Admin", RoleType.ADMIN, false, true, null));
            roles.add(new Role(4, "role-4", "User", RoleType.USER, false, true, "ordinary"));
            domains.add(new Domain(1, "root", "ROOT", null, "/", 0, "Active", NOW, null));
        }

        Domain domain(Domain parent, String name) {
            return domains.add(new Domain(
                    0,
                    UUID.randomUUID().toString(),
                    name,
                    parent.id(),
                    parent.path() + name + "/",
                    parent.level() + 1,
                    "Active",
                    NOW,
                    null));
        }

        Account account(long id, String name, Domain domain) {
            return accounts.add(
                    new Account(id, UUID.randomUUID().toString(), name, 0, 4, domain.id(), "enabled", NOW, null));
        }

        User user(long id, String name, Account account) {
            return users.add(
                    new User(
                            id,
                            UUID.randomUUID().toString(),
                            name,
                            account.id(),
                            "First",
                            "Last",
                            name + "@example.org",
                            "enabled",
                            null,
                            "UTC",
                            NOW,
                            null),
                    "hash of " + name);
        }

        Domain root() {
            return domains.find(Domain.ROOT_ID).orElseThrow();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void chosenIdsDoNotMeetGeneratedOnes(DatabaseKind kind) {
        try (Stores stores = new Stores(kind)) {
            Account system = stores.account(1, "system", stores.root());
            stores.account(2, "admin", stores.root());
            stores.user(1, "system", system);
            Account third = stores.account(0, "third", stores.root());
            assertThat(third.id()).isGreaterThan(2);
            assertThat(stores.user(0, "third", third).id()).isGreaterThan(1);
            assertThat(stores.domain(stores.root(), "a").id()).isGreaterThan(1);
            assertThat(stores.accounts.find(third.id())).contains(third);
            assertThat(stores.roles.all()).extracting(Role::id).containsExactly(1L, 4L);
            assertThat(stores.roles.findByUuid("role-4")).isEqualTo(stores.roles.find(4));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRenamedDomainTakesItsSubtreeAlongAndNoOther(DatabaseKind kind) {
        try (Stores stores = new Stores(kind)) {
            Domain west = stores.domain(stores.root(), "w_st%é");
            Domain deep = stores.domain(stores.domain(west, "b"), "c");
            Domain lookalike = stores.domain(stores.root(), "west%é");
            Domain other = stores.domain(lookalike, "b");
            Domain renamed = stores.domains.rename(west, "east");
            assertThat(renamed.path()).isEqualTo("/east/");
            assertThat(stores.domains.find(west.id())).contains(renamed);
            assertThat(stores.domains.find(deep.id()).orElseThrow().path()).isEqualTo("/east/b/c/");
            assertThat(stores.domains.find(other.id())).contains(other);
            assertThat(stores.domains.findByPath("/EAST/b/")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void domainsAreListedWithTheirNeighbours(DatabaseKind kind) {
        try (Stores stores = new Stores(kind)) {
            Domain parent = stores.domain(stores.root(), "parent");
            Domain child = stores.domain(parent, "child");
            Page<ListedDomain> all = stores.domains.page(
                    new DomainFilter("/", null, null, null, null, null, null), new PageRequest(0, 2));
            assertThat(all.total()).isEqualTo(3);
            assertThat(all.items())
                    .containsExactly(
                            new ListedDomain(stores.root(), null, null, true),
                            new ListedDomain(parent, "root", "ROOT", true));
            assertThat(page(stores, new DomainFilter("/parent/", null, null, parent.id(), null, null, null)))
                    .containsExactly(child);
            assertThat(page(stores, new DomainFilter("/", null, parent.id(), null, null, null, null)))
                    .containsExactly(child);
            assertThat(page(stores, new DomainFilter("/", null, null, null, 1, null, null)))
                    .containsExactly(parent);
            assertThat(page(stores, new DomainFilter("/", null, null, null, null, "CHILD", null)))
                    .containsExactly(child);
            assertThat(page(stores, new DomainFilter("/", null, null, null, null, null, "ARE")))
                    .containsExactly(parent);
            assertThat(stores.domains.contents(parent.id()).domains()).isEqualTo(1);
            assertThat(stores.domains.remove(child.id(), NOW)).isTrue();
            assertThat(stores.domains.remove(child.id(), NOW)).isFalse();
            assertThat(stores.domains.contents(parent.id()).isEmpty()).isTrue();
            assertThat(stores.domains.findByUuid(child.uuid()).orElseThrow().removed())
                    .isEqualTo(NOW);
            assertThat(stores.domains.lock(child.id())).isEmpty();
            assertThat(stores.domains.findByPath("/parent/child/")).isEmpty();
        }
    }

    private static List<Domain> page(Stores stores, DomainFilter filter) {
        return stores.domains.page(filter, PageRequest.ALL).items().stream()
                .map(ListedDomain::domain)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void accountsAreListedWithTheirUsersByScope(DatabaseKind kind) {
        try (Stores stores = new Stores(kind)) {
            Domain west = stores.domain(stores.root(), "west");
            stores.account(1, "system", stores.root());
            Account alice = stores.account(0, "alice", west);
            Account bob = stores.account(0, "bob", stores.root());
            User first = stores.user(0, "alice", alice);
            User second = stores.user(0, "alice2", alice);
            User gone = stores.user(0, "gone", alice);
            stores.users.remove(gone.id(), NOW);

            AccountFilter everything = new AccountFilter(new OwnerScope.All(), null, null, null, null, null);
            assertThat(stores.accounts.page(everything, PageRequest.ALL).items())
                    .extracting(listed -> listed.account().name())
                    .containsExactly("alice", "bob");
            ListedAccount listed = stores.accounts.describe(alice.id()).orElseThrow();
            assertThat(listed.users()).containsExactly(first, second);
            assertThat(listed.role().name()).isEqualTo("User");
            assertThat(listed.owner()).isEqualTo(new Owner(alice.id(), west.id(), "/west/"));
            assertThat(stores.accounts.owner(alice.id())).contains(listed.owner());
            assertThat(stores.accounts
                            .page(
                                    new AccountFilter(
                                            new OwnerScope.DomainTree("/west/"), null, null, null, null, null),
                                    PageRequest.ALL)
                            .total())
                    .isEqualTo(1);
            assertThat(stores.accounts
                            .page(
                                    new AccountFilter(new OwnerScope.All(), bob.id(), "BOB", "o", 0, "enabled"),
                                    PageRequest.ALL)
                            .total())
                    .isEqualTo(1);

            stores.accounts.update(
                    new Account(bob.id(), bob.uuid(), "robert", 1, 1, bob.domainId(), "disabled", NOW, null));
            assertThat(stores.accounts.findByName("Robert", 1).orElseThrow().state())
                    .isEqualTo("disabled");
            assertThat(stores.accounts.findByName("robert", west.id())).isEmpty();
            assertThat(stores.accounts.holdings(bob.id())).isEqualTo(new Holdings(0, 0, 0));
            assertThat(stores.accounts.remove(bob.id(), NOW)).isTrue();
            assertThat(stores.accounts.findByName("robert", 1)).isEmpty();
            assertThat(stores.accounts.findByUuid(bob.uuid()).orElseThrow().removed())
                    .isEqualTo(NOW);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aUserIsFoundByItsExactApiKeyUntilItIsRemoved(DatabaseKind kind) {
        try (Stores stores = new Stores(kind)) {
            Account account = stores.account(0, "alice", stores.root());
            User user = stores.user(0, "alice", account);
            assertThat(stores.users.keys(user.id())).isEmpty();
            stores.users.setKeys(user.id(), new ApiKeys("KeyKey", "secret"));
            assertThat(stores.users.findByApiKey("KeyKey").orElseThrow().secretKey())
                    .isEqualTo("secret");
            assertThat(stores.users.findByApiKey("keykey")).isEmpty();
            assertThat(stores.users.findByApiKey("KeyKey ")).isEmpty();
            assertThat(stores.users.keys(user.id())).contains(new ApiKeys("KeyKey", "secret"));
            assertThat(stores.users.remove(user.id(), NOW)).isTrue();
            assertThat(stores.users.findByApiKey("KeyKey")).isEmpty();
            assertThat(stores.users.findByUuid(user.uuid()).orElseThrow().user().removed())
                    .isEqualTo(NOW);
            assertThat(stores.users.findPassword("alice", 1)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void usersAreFoundByNameAndFilter(DatabaseKind kind) {
        try (Stores stores = new Stores(kind)) {
            stores.user(1, "system", stores.account(1, "system", stores.root()));
            Account account = stores.account(0, "team", stores.domain(stores.root(), "west"));
            User user = stores.user(0, "alice", account);
            assertThat(stores.users
                            .findPassword("ALICE", account.domainId())
                            .orElseThrow()
                            .hash())
                    .isEqualTo("hash of alice");
            assertThat(stores.users.findPassword("alice", 1)).isEmpty();
            stores.users.setPassword(user.id(), "new hash");
            assertThat(stores.users
                            .findPassword("alice", account.domainId())
                            .orElseThrow()
                            .hash())
                    .isEqualTo("new hash");
            stores.users.update(new User(
                    user.id(),
                    user.uuid(),
                    "al_ce",
                    user.accountId(),
                    "A",
                    "B",
                    "c@d",
                    "disabled",
                    null,
                    null,
                    NOW,
                    null));
            assertThat(stores.users.find(user.id()).orElseThrow().isEnabled()).isFalse();
            assertThat(names(stores, new UserFilter(new OwnerScope.All(), null, null, null, null, null)))
                    .containsExactly("al_ce");
            assertThat(names(
                            stores,
                            new UserFilter(
                                    new OwnerScope.OneAccount(account.id()), user.id(), "AL_CE", "TEA", 0, "disabled")))
                    .containsExactly("al_ce");
            assertThat(names(stores, new UserFilter(new OwnerScope.All(), null, null, "al%", null, null)))
                    .isEmpty();
            assertThat(names(stores, new UserFilter(new OwnerScope.OneDomain(1), null, null, null, null, null)))
                    .isEmpty();
        }
    }

    private static List<String> names(Stores stores, UserFilter filter) {
        return stores.users.page(filter, PageRequest.ALL).items().stream()
                .map(listed -> listed.user().username())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void sessionsEndByLogoutByUserAndByAge(DatabaseKind kind) {
        try (Stores stores = new Stores(kind)) {
            User user = stores.user(0, "alice", stores.account(0, "alice", stores.root()));
            for (String id : List.of("one", "two", "three")) {
                stores.sessions.add(new Session(id, "key of " + id, user.id(), NOW, NOW));
            }
            assertThat(stores.sessions.find("one").orElseThrow().user().user()).isEqualTo(user);
            stores.sessions.touch("one", NOW.plusSeconds(60));
            stores.sessions.touch("one", NOW.plusSeconds(30));
            assertThat(stores.sessions.find("one").orElseThrow().session().lastUsed())
                    .isEqualTo(NOW.plusSeconds(60));
            stores.sessions.remove("two");
            assertThat(stores.sessions.find("two")).isEmpty();
            assertThat(stores.sessions.removeUnusedSince(NOW.plusSeconds(1))).isEqualTo(1);
            assertThat(stores.sessions.find("three")).isEmpty();
            stores.sessions.removeOf(user.id());
            assertThat(stores.sessions.find("one")).isEmpty();
        }
    }
}
