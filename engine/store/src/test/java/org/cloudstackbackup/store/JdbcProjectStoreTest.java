/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.EventLog;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.ListedProject;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.identity.ProjectFilter;
import org.cloudstackbackup.framework.identity.ProjectMember;
import org.cloudstackbackup.framework.identity.ProjectRole;
import org.cloudstackbackup.framework.identity.ProjectState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcProjectStoreTest {
    private static final long SHOP = TestTenants.SHOP.accountId();
    private static final long ADMIN = TestTenants.ADMIN.accountId();

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aProjectIsFoundByWhatItIsAndByWhoBelongsToIt(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            JdbcProjectStore projects = new JdbcProjectStore(database);
            Project shop = project(database, "Shop_1", TestTenants.SHOP);
            Project root = project(database, "Root", TestTenants.ADMIN);
            projects.join(shop, SHOP, ProjectRole.ADMIN, TestTenants.CREATED);
            projects.join(shop, ADMIN, ProjectRole.REGULAR, TestTenants.CREATED);
            projects.join(root, ADMIN, ProjectRole.ADMIN, TestTenants.CREATED);

            assertThat(projects.findByUuid(shop.uuid())).contains(shop);
            assertThat(projects.findByName("shop_1", 2)).contains(shop);
            assertThat(projects.findByName("shop_1", 1)).isEmpty();
            assertThat(projects.owner(shop.id())).contains(new Owner(shop.accountId(), 2, "/shop/"));
            assertThat(projects.accountsOf(SHOP)).containsExactly(shop.accountId());
            assertThat(projects.accountsOf(ADMIN)).containsExactlyInAnyOrder(shop.accountId(), root.accountId());
            assertThat(names(projects, new ProjectFilter("/", null, null, null, null, null, null, null)))
                    .containsExactly("Shop_1", "Root");
            assertThat(names(projects, new ProjectFilter("/shop/", null, null, null, null, null, null, null)))
                    .containsExactly("Shop_1");
            assertThat(names(projects, new ProjectFilter("/", 1L, null, null, null, null, null, null)))
                    .containsExactly("Root");
            assertThat(names(projects, new ProjectFilter("/", null, SHOP, null, null, null, null, null)))
                    .containsExactly("Shop_1");
            assertThat(names(projects, new ProjectFilter("/", null, null, null, "ROOT", null, null, null)))
                    .containsExactly("Root");
            assertThat(names(projects, new ProjectFilter("/", null, null, null, null, null, null, "p_")))
                    .containsExactly("Shop_1");
            assertThat(names(
                            projects,
                            new ProjectFilter("/", null, null, null, null, null, ProjectState.SUSPENDED, null)))
                    .isEmpty();
            ListedProject listed = projects.page(ProjectFilter.ofId(shop.id()), PageRequest.ALL)
                    .items()
                    .get(0);
            assertThat(listed.admins()).extracting(Account::id).containsExactly(SHOP);
            assertThat(listed.accountName()).isEqualTo("PrjAcct-Shop_1-2");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void membersComeChangeAndGo(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            JdbcProjectStore projects = new JdbcProjectStore(database);
            Project shop = project(database, "Shop", TestTenants.SHOP);
            projects.join(shop, SHOP, ProjectRole.ADMIN, TestTenants.CREATED);
            projects.join(shop, ADMIN, ProjectRole.REGULAR, TestTenants.CREATED);
            assertThat(projects.ledAlone(SHOP)).containsExactly(shop);
            assertThat(projects.ledAlone(ADMIN)).isEmpty();

            projects.join(shop, ADMIN, ProjectRole.ADMIN, TestTenants.CREATED);
            assertThat(projects.roleOf(shop.id(), ADMIN)).contains(ProjectRole.ADMIN);
            assertThat(projects.ledAlone(SHOP)).isEmpty();
            assertThat(projects.members(shop.id(), null, null, PageRequest.ALL).items())
                    .extracting(ProjectMember::account)
                    .extracting(Account::id)
                    .containsExactly(SHOP, ADMIN);
            assertThat(projects.members(shop.id(), ProjectRole.REGULAR, null, PageRequest.ALL)
                            .total())
                    .isZero();
            assertThat(projects.members(shop.id(), null, "ccount3", new PageRequest(0, 1))
                            .total())
                    .isEqualTo(1);

            assertThat(projects.leave(shop.id(), ADMIN)).isTrue();
            assertThat(projects.leave(shop.id(), ADMIN)).isFalse();
            assertThat(projects.accountsOf(ADMIN)).isEmpty();
            projects.leaveAll(SHOP);
            assertThat(projects.members(shop.id(), null, null, PageRequest.ALL).total())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRemovedProjectHasNoMembersAndFreesItsName(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            JdbcProjectStore projects = new JdbcProjectStore(database);
            Project shop = project(database, "Shop", TestTenants.SHOP);
            projects.join(shop, SHOP, ProjectRole.ADMIN, TestTenants.CREATED);

            assertThat(projects.remove(shop.id(), TestTenants.CREATED)).isTrue();
            assertThat(projects.remove(shop.id(), TestTenants.CREATED)).isFalse();
            assertThat(projects.accountsOf(SHOP)).isEmpty();
            assertThat(projects.findByName("Shop", 2)).isEmpty();
            assertThat(projects.find(shop.id()))
                    .get()
                    .extracting(Project::removed)
                    .isNotNull();
            assertThat(projects.page(new ProjectFilter("/", null, null, null, null, null, null, null), PageRequest.ALL)
                            .total())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whatProjectsOwnIsListedApart(DatabaseKind kind) {
        try (Database database = kind.open()) {
            TestTenants.insert(database);
            Project shop = project(database, "Shop", TestTenants.SHOP);
            Owner ofShop = new Owner(shop.accountId(), 2, "/shop/");
            JdbcEventStore events = new JdbcEventStore(database, Clock.fixed(TestTenants.CREATED, ZoneOffset.UTC));
            for (Owner owner : List.of(TestTenants.ADMIN, TestTenants.SHOP, ofShop)) {
                events.record(new Events.NewEvent(
                        "T." + owner.accountId(),
                        Events.State.Completed,
                        Events.Level.INFO,
                        "",
                        2,
                        owner,
                        null,
                        null,
                        null,
                        null,
                        null));
            }
            String shopType = "T." + shop.accountId();
            OwnerScope all = new OwnerScope.All();
            OwnerScope tree = new OwnerScope.DomainTree("/shop/");
            assertThat(types(events, all)).containsExactlyInAnyOrder("T.2", "T.3", shopType);
            assertThat(types(events, new OwnerScope.WithoutProjects(all))).containsExactlyInAnyOrder("T.2", "T.3");
            assertThat(types(events, new OwnerScope.OnlyProjects(all))).containsExactly(shopType);
            assertThat(types(events, new OwnerScope.WithoutProjects(tree))).containsExactly("T.3");
            assertThat(types(events, new OwnerScope.OnlyProjects(tree))).containsExactly(shopType);
            assertThat(types(events, new OwnerScope.OnlyProjects(new OwnerScope.OneDomain(1))))
                    .isEmpty();
            assertThat(types(events, new OwnerScope.Accounts(Set.of(shop.accountId(), SHOP))))
                    .containsExactlyInAnyOrder("T.3", shopType);

            EventLog.Entry entry =
                    page(events, new OwnerScope.OneAccount(shop.accountId())).get(0);
            assertThat(entry.project()).isEqualTo("Shop");
            assertThat(entry.projectUuid()).isEqualTo(shop.uuid());
        }
    }

    private static List<String> types(JdbcEventStore events, OwnerScope scope) {
        return page(events, scope).stream().map(EventLog.Entry::type).toList();
    }

    private static List<EventLog.Entry> page(JdbcEventStore events, OwnerScope scope) {
        return events.list(
                        new EventLog.Filter(scope, null, null, null, null, null, null, null, null, null),
                        PageRequest.ALL)
                .items();
    }

    private static List<String> names(JdbcProjectStore projects, ProjectFilter filter) {
        return projects.page(filter, PageRequest.ALL).items().stream()
                .map(listed -> listed.project().name())
                .toList();
    }

    private static Project project(Database database, String name, Owner place) {
        Account account = new JdbcAccountStore(database)
                .add(new Account(
                        0,
                        "uuid-of-" + name,
                        "PrjAcct-" + name + "-" + place.domainId(),
                        Account.PROJECT_TYPE,
                        1,
                        place.domainId(),
                        "enabled",
                        TestTenants.CREATED,
                        null));
        return new JdbcProjectStore(database)
                .add(new Project(
                        0,
                        "project-" + name,
                        name,
                        "Project " + name,
                        account.id(),
                        place.domainId(),
                        ProjectState.ACTIVE,
                        TestTenants.CREATED,
                        null));
    }
}
