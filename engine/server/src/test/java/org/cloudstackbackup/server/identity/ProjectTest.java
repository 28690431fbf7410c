/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.server.identity.RunningIdentity.Answer;
import org.cloudstackbackup.server.identity.RunningIdentity.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Projects over HTTP and an embedded database. */
class ProjectTest {
    private RunningIdentity server;
    private String west;
    private Person alice;
    private Person bob;
    private Person chief;

    @BeforeEach
    void start() throws IOException {
        server = new RunningIdentity();
        west = server.domain("west");
        alice = server.person("alice", west, 0);
        bob = server.person("bob", west, 0);
        chief = server.person("chief", west, 2);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String project(Person by, String name, String... more) throws Exception {
        String[] params = new String[2 + more.length];
        params[0] = "name";
        params[1] = name;
        System.arraycopy(more, 0, params, 2, more.length);
        Answer made = server.call(by.keys(), "createProject", params);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
        server.finish();
        return made.text("id");
    }

    private void done(Person by, String command, String... params) throws Exception {
        Answer accepted = server.call(by.keys(), command, params);
        assertThat(accepted.status()).as(accepted.body().toString()).isEqualTo(200);
        server.finish();
    }

    private void refused(String words, Person by, String command, String... params) {
        Answer answer = server.call(by.keys(), command, params);
        if (answer.status() == 200) {
            assertThatThrownBy(() -> server.finish()).hasMessageContaining(words);
        } else {
            assertThat(answer.error()).contains(words);
        }
    }

    private Caller caller(Person person) {
        long id = server.stores
                .users()
                .findByUuid(person.user())
                .orElseThrow()
                .user()
                .id();
        return server.directory.find(id).orElseThrow();
    }

    private Owner ownerOf(String project) {
        long id = server.stores.projects().findByUuid(project).orElseThrow().id();
        return server.stores.projects().owner(id).orElseThrow();
    }

    @Test
    void aUserMakesAProjectAndIsItsAdmin() throws Exception {
        String id = project(alice, "shop", "displaytext", "The shop");

        Answer listed = server.call(alice.keys(), "listProjects", "listall", "true", "details", "min");
        assertThat(listed.all("project", "name")).containsExactly("shop");
        assertThat(listed.all("project", "id")).containsExactly(id);
        assertThat(listed.all("project", "displaytext")).containsExactly("The shop");
        assertThat(listed.all("project", "domain")).containsExactly("west");
        assertThat(listed.all("project", "state")).containsExactly("Active");
        long domain = ownerOf(id).domainId();
        assertThat(listed.all("project", "projectaccountname")).containsExactly("PrjAcct-shop-" + domain);
        assertThat(listed.body().toString()).contains("\"owner\":[{\"account\":\"alice\"");
        assertThat(server.call(alice.keys(), "listProjectAccounts", "projectid", id)
                        .all("projectaccount", "role"))
                .containsExactly("Admin");
        assertThat(server.eventTypes()).contains("PROJECT.CREATE");
        Account account = server.stores.accounts().find(ownerOf(id).accountId()).orElseThrow();
        assertThat(account.isProject()).isTrue();
        assertThat(server.root("listAccounts", "listall", "true").all("account", "name"))
                .as("a project's account is no account to be listed")
                .doesNotContain(account.name());
    }

    @Test
    void onlyMembersReachAProjectAndLearnOfIt() throws Exception {
        String id = project(alice, "shop");
        assertThat(caller(alice).mayReach(ownerOf(id))).isTrue();
        assertThat(caller(bob).mayReach(ownerOf(id))).isFalse();
        assertThat(caller(chief).mayReach(ownerOf(id))).isTrue();
        for (String all : List.of("true", "false")) {
            assertThat(server.call(bob.keys(), "listProjects", "listall", all)
                            .body()
                            .size())
                    .isZero();
        }
        Answer foreign = server.call(bob.keys(), "listProjectAccounts", "projectid", id);
        String other = "00000000-0000-0000-0000-000000000001";
        Answer unknown = server.call(bob.keys(), "listProjectAccounts", "projectid", other);
        assertThat(foreign.error().replace(id, other)).isEqualTo(unknown.error());
        assertThat(foreign.status()).isEqualTo(431);

        done(alice, "addAccountToProject", "projectid", id, "account", "bob");
        assertThat(caller(bob).mayReach(ownerOf(id))).isTrue();
        assertThat(server.call(bob.keys(), "listProjects").all("project", "id")).containsExactly(id);
        assertThat(server.call(bob.keys(), "listProjectAccounts", "projectid", id)
                        .all("projectaccount", "account"))
                .containsExactly("alice", "bob");

        done(alice, "deleteAccountFromProject", "projectid", id, "account", "bob");
        assertThat(caller(bob).mayReach(ownerOf(id))).isFalse();
        assertThat(server.call(bob.keys(), "listProjects").body().size()).isZero();
    }

    @Test
    void adminsListTheProjectsOfTheirDomains() throws Exception {
        project(alice, "shop");
        project(chief, "office");
        assertThat(server.root("listProjects").body().size()).isZero();
        assertThat(server.root("listProjects", "listall", "true").all("project", "name"))
                .containsExactly("shop", "office");
        assertThat(server.call(chief.keys(), "listProjects").all("project", "name"))
                .containsExactly("office");
        assertThat(server.call(chief.keys(), "listProjects", "listall", "true").all("project", "name"))
                .containsExactly("shop", "office");
        assertThat(server.root("listProjects", "account", "alice", "domainid", west)
                        .all("project", "name"))
                .containsExactly("shop");
        assertThat(server.root("listProjects", "listall", "true", "keyword", "fic")
                        .all("project", "name"))
                .containsExactly("office");
        assertThat(server.root("listProjects", "listall", "true", "state", "suspended")
                        .body()
                        .size())
                .isZero();
    }

    @Test
    void regularMembersChangeNothing() throws Exception {
        String id = project(alice, "shop");
        done(alice, "addAccountToProject", "projectid", id, "account", "bob");
        refused("Only admins of project shop", bob, "updateProject", "id", id, "displaytext", "mine");
        refused("Only admins of project shop", bob, "deleteProject", "id", id);
        refused("Only admins of project shop", bob, "suspendProject", "id", id);
        refused("Only admins of project shop", bob, "addAccountToProject", "projectid", id, "account", "chief");
        refused("Only admins of project shop", bob, "deleteAccountFromProject", "projectid", id, "account", "alice");
        done(bob, "deleteAccountFromProject", "projectid", id, "account", "bob");
        assertThat(caller(bob).mayReach(ownerOf(id))).isFalse();
    }

    @Test
    void aProjectAlwaysHasAnAdmin() throws Exception {
        String id = project(alice, "shop");
        done(alice, "addAccountToProject", "projectid", id, "account", "bob");
        refused("is the only admin", alice, "deleteAccountFromProject", "projectid", id, "account", "alice");
        refused("is the only admin", alice, "updateProject", "id", id, "account", "alice", "roletype", "Regular");
        server.root("deleteAccount", "id", alice.account());
        assertThatThrownBy(() -> server.finish()).hasMessageContaining("the only admin of project(s) shop");

        done(alice, "updateProject", "id", id, "account", "bob");
        assertThat(server.call(bob.keys(), "listProjectAccounts", "projectid", id, "role", "Admin")
                        .all("projectaccount", "account"))
                .containsExactly("bob");
        server.root("deleteAccount", "id", alice.account());
        server.finish();
        assertThat(server.call(bob.keys(), "listProjectAccounts", "projectid", id)
                        .all("projectaccount", "account"))
                .containsExactly("bob");
    }

    @Test
    void namesAreUniqueInADomainAndBounded() throws Exception {
        String id = project(alice, "shop");
        refused("there is a project 'SHOP'", bob, "createProject", "name", "SHOP");
        refused("allowed are 70", bob, "createProject", "name", "x".repeat(71));
        project(bob, "x".repeat(70));
        done(alice, "updateProject", "id", id, "name", "Shop", "displaytext", "again");
        assertThat(server.call(alice.keys(), "listProjects").all("project", "displaytext"))
                .containsExactly("again");
        refused("there is a project", alice, "updateProject", "id", id, "name", "X".repeat(70));
    }

    @Test
    void suspendingStopsWhatTheProjectHas() throws Exception {
        String id = project(alice, "shop");
        long account = ownerOf(id).accountId();
        done(alice, "suspendProject", "id", id);
        assertThat(server.belongings.asked).containsExactly("stop " + account);
        assertThat(server.call(alice.keys(), "listProjects").all("project", "state"))
                .containsExactly("Suspended");
        done(alice, "activateProject", "id", id);
        assertThat(server.call(alice.keys(), "listProjects").all("project", "state"))
                .containsExactly("Active");
    }

    @Test
    void aDeletedProjectIsGoneForItsMembers() throws Exception {
        String id = project(alice, "shop");
        Owner owner = ownerOf(id);
        done(alice, "deleteProject", "id", id);
        assertThat(server.belongings.asked).as("nothing is removed unasked").isEmpty();
        assertThat(server.call(alice.keys(), "listProjects").body().size()).isZero();
        assertThat(caller(alice).mayReach(owner)).isFalse();
        assertThat(server.call(alice.keys(), "listProjectAccounts", "projectid", id)
                        .status())
                .isEqualTo(431);
        String again = project(alice, "shop");
        done(alice, "deleteProject", "id", again, "cleanup", "true");
        assertThat(server.belongings.asked).hasSize(1);
    }

    @Test
    void usersMakeProjectsOnlyWhereTheyMay() {
        server.settings.set(ProjectSettings.ALLOW_USERS.key(), "false", null);
        refused("allow.user.create.projects", alice, "createProject", "name", "shop");
        assertThat(server.call(chief.keys(), "createProject", "name", "shop").status())
                .isEqualTo(200);
    }

    @Test
    void aProjectIsMadeForAnotherAccountByWhoeverActsForIt() throws Exception {
        refused("there is no such account", bob, "createProject", "name", "x", "account", "alice");
        project(chief, "shop", "account", "alice", "domainid", west);
        assertThat(server.call(alice.keys(), "listProjects").all("project", "name"))
                .containsExactly("shop");
        assertThat(server.call(chief.keys(), "listProjects").body().size()).isZero();
    }
}
