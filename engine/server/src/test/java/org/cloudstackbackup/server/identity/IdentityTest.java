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
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.server.api.Sessions;
import org.cloudstackbackup.server.identity.RunningIdentity.Person;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Identity commands and proofs, over HTTP and an embedded database. */
class IdentityTest {
    private RunningIdentity server;

    @BeforeEach
    void start() throws IOException {
        server = new RunningIdentity();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theFirstStartMakesRolesAndAdminOnce() {
        assertThat(server.bootstrap.run("other")).isEmpty();
        assertThat(server.admin.passwordGenerated()).isFalse();
        assertThat(server.admin.toString()).doesNotContain(RunningIdentity.ADMIN_PASSWORD);
        assertThat(server.stores.roles().all())
                .extracting(Role::name)
                .containsExactly(
                        "Root Admin",
                        "Resource Admin",
                        "Domain Admin",
                        "User",
                        "Read-Only Admin - Default",
                        "Read-Only User - Default");
        assertThat(server.root("listUsers").all("user", "username")).containsExactly("admin");
        assertThat(server.root("listDomains").all("domain", "path")).containsExactly("ROOT");
        assertThat(server.root("listRoles", "type", "user").all("role", "name"))
                .containsExactly("User", "Read-Only User - Default");
        assertThat(server.root("listRoles", "page", "2", "pagesize", "4").all("role", "name"))
                .hasSize(2);
    }

    @Test
    void aPasswordOpensOnlyItsUserAndOnlyWhileEnabled() throws Exception {
        String west = server.domain("west");
        server.domain("ROOT");
        Person alice = server.person("alice", west, 0);
        String password = "password of alice";
        assertThat(server.logins.authenticate("admin", RunningIdentity.ADMIN_PASSWORD, null, null))
                .isPresent();
        assertThat(server.logins.authenticate("Admin", RunningIdentity.ADMIN_PASSWORD, "/", null))
                .isPresent();
        assertThat(server.logins.authenticate("admin", "wrong", null, null)).isEmpty();
        assertThat(server.logins.authenticate("nobody", "wrong", null, null)).isEmpty();
        assertThat(server.logins.authenticate("system", Passwords.NONE, null, null))
                .isEmpty();
        assertThat(server.logins.authenticate("alice", password, null, null)).isEmpty();
        for (String domain : List.of("west", "/west", "west/", "/WEST/", "ROOT/west")) {
            assertThat(server.logins.authenticate("alice", password, domain, null))
                    .as(domain)
                    .isPresent();
        }
        assertThat(server.logins.authenticate("alice", password, null, west)).isPresent();
        assertThat(server.logins.authenticate("alice", password, "/west/../", null))
                .isEmpty();
        assertThat(server.logins.authenticate("alice", password, null, "' OR 1=1"))
                .isEmpty();

        server.root("disableUser", "id", alice.user());
        server.finish();
        assertThat(server.logins.authenticate("alice", password, "west", null)).isEmpty();
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(401);
        server.root("enableUser", "id", alice.user());
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(200);
        server.root("disableAccount", "account", "alice", "domainid", west, "lock", "false");
        server.finish();
        assertThat(server.logins.authenticate("alice", password, "west", null)).isEmpty();
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(401);
        assertThat(server.root("enableAccount", "id", alice.account()).text("account.state"))
                .isEqualTo("enabled");
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(200);
    }

    @Test
    void aSessionEndsWhenItIsIdleOrItsKeyIsWrong() {
        var admin = server.directory.find(2).orElseThrow();
        Sessions.Session session = server.sessions.create(admin);
        server.clock.advance(Duration.ofMinutes(29));
        assertThat(server.sessions.find(session.id(), session.key()).map(Caller::user))
                .contains(admin.user());
        server.clock.advance(Duration.ofMinutes(29));
        assertThat(server.sessions.find(session.id(), session.key()).map(Caller::user))
                .contains(admin.user());
        server.clock.advance(Duration.ofMinutes(31));
        assertThat(server.sessions.find(session.id(), session.key())).isEmpty();

        Sessions.Session replayed = server.sessions.create(admin);
        assertThat(server.sessions.find(replayed.id(), session.key())).isEmpty();
        assertThat(server.sessions.find(replayed.id(), replayed.key())).isEmpty();

        Sessions.Session left = server.sessions.create(admin);
        server.sessions.destroy(left.id());
        server.sessions.destroy(left.id());
        assertThat(server.sessions.find(left.id(), left.key())).isEmpty();

        server.sessions.create(admin);
        assertThat(server.sessions.purge()).isZero();
        server.clock.advance(Duration.ofMinutes(31));
        assertThat(server.sessions.purge()).isEqualTo(1);
        assertThat(server.eventTypes())
                .containsExactly("USER.LOGIN", "USER.LOGIN", "USER.LOGIN", "USER.LOGOUT", "USER.LOGIN");
    }

    @Test
    void newKeysReplaceTheOldOnesAtOnce() {
        Person alice = server.person("alice", server.domain("west"), 0);
        var answer = server.call(alice.keys(), "registerUserKeys", "id", alice.user());
        assertThat(answer.text("userkeys.apikey")).hasSize(86);
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(401);
        assertThat(server.root("getUserKeys", "id", alice.user()).text("userkeys.secretkey"))
                .isEqualTo(answer.text("userkeys.secretkey"));
        assertThat(server.root("getUser", "userapikey", answer.text("userkeys.apikey"))
                        .text("user.username"))
                .isEqualTo("alice");
        assertThat(server.root("getUser", "userapikey", "nothing").status()).isEqualTo(431);
    }

    @Test
    void othersLookLikeThoseThatDoNotExist() {
        Person alice = server.person("alice", server.domain("west"), 0);
        String east = server.domain("east");
        Person bob = server.person("bob", east, 0);
        Person chief = server.person("chief", east, 2);
        String nowhere = UUID.randomUUID().toString();
        for (String command : List.of("getUserKeys", "registerUserKeys", "listUsers")) {
            assertThat(server.call(bob.keys(), command, "id", alice.user()).error())
                    .isEqualTo(server.call(bob.keys(), command, "id", nowhere)
                            .error()
                            .replace(nowhere, alice.user()));
        }
        for (String command : List.of("deleteUser", "enableUser", "updateUser")) {
            assertThat(server.call(chief.keys(), command, "id", alice.user()).error())
                    .startsWith("431 ")
                    .contains("entity does not exist");
        }
        assertThat(server.call(bob.keys(), "listUsers").all("user", "username")).containsExactly("bob");
        assertThat(server.call(bob.keys(), "listAccounts", "listall", "true").all("account", "name"))
                .containsExactly("bob");
        assertThat(server.call(chief.keys(), "listAccounts", "listall", "true").all("account", "name"))
                .containsExactly("bob", "chief");
        assertThat(server.call(chief.keys(), "listUsers").all("user", "username"))
                .containsExactly("bob", "chief");
        assertThat(server.call(chief.keys(), "listDomains", "listall", "true").all("domain", "name"))
                .containsExactly("east");
        assertThat(server.root("listAccounts", "listall", "true").all("account", "name"))
                .containsExactly("admin", "alice", "bob", "chief");
        assertThat(server.call(
                                chief.keys(),
                                "createUser",
                                "username",
                                "spy",
                                "password",
                                "p",
                                "firstname",
                                "f",
                                "lastname",
                                "l",
                                "email",
                                "e",
                                "account",
                                "alice")
                        .error())
                .startsWith("431 Parameter account");
    }

    @Test
    void rolesGiveNoWayUp() {
        String east = server.domain("east");
        Person chief = server.person("chief", east, 2);
        Person bob = server.person("bob", east, 0);
        Person rootChief = server.person(
                "rootchief", server.root("listDomains").all("domain", "id").get(0), 2);
        String adminUser =
                server.root("listUsers", "username", "admin").all("user", "id").get(0);
        assertThat(server.call(rootChief.keys(), "getUserKeys", "id", adminUser).status())
                .isEqualTo(531);
        assertThat(server.call(rootChief.keys(), "updateUser", "id", adminUser, "password", "x")
                        .status())
                .isEqualTo(531);
        assertThat(server.call(rootChief.keys(), "listUsers", "id", adminUser)
                        .body()
                        .toString())
                .doesNotContain("apikey");
        assertThat(account(chief, "accounttype", "1").error()).startsWith("531 ");
        assertThat(account(chief, "accounttype", "0").status()).isEqualTo(200);
        assertThat(account(bob, "accounttype", "0").status()).isNotEqualTo(200);
        String readerRole = server.root("listRoles", "name", "Read-Only Admin - Default")
                .all("role", "id")
                .get(0);
        String reader = server.root(
                        "createAccount",
                        "username",
                        "reader",
                        "password",
                        "p",
                        "firstname",
                        "f",
                        "lastname",
                        "l",
                        "email",
                        "e",
                        "roleid",
                        readerRole)
                .body()
                .getAsJsonObject("account")
                .getAsJsonArray("user")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
        var keys = server.root("registerUserKeys", "id", reader);
        var readerKeys = new org.cloudstackbackup.framework.identity.ApiKeys(
                keys.text("userkeys.apikey"), keys.text("userkeys.secretkey"));
        assertThat(server.call(readerKeys, "listUsers").all("user", "username")).contains("admin", "chief");
        assertThat(server.call(readerKeys, "getUserKeys", "id", adminUser).status())
                .isEqualTo(531);
        assertThat(server.call(readerKeys, "createDomain", "name", "x").status())
                .isNotEqualTo(200);
    }

    private RunningIdentity.Answer account(Person caller, String... more) {
        String[] params = {
            "username",
            "new-" + UUID.randomUUID(),
            "password",
            "p",
            "firstname",
            "f",
            "lastname",
            "l",
            "email",
            "e",
            more[0],
            more[1]
        };
        return server.call(caller.keys(), "createAccount", params);
    }

    @Test
    void aUserChangesItselfAndNeedsItsPasswordForANewOne() {
        String west = server.domain("west");
        Person alice = server.person("alice", west, 0);
        server.root(
                "createUser",
                "username",
                "second",
                "password",
                "p",
                "firstname",
                "f",
                "lastname",
                "l",
                "email",
                "e",
                "account",
                "alice",
                "domainid",
                west);
        String second =
                server.root("listUsers", "username", "SECOND").all("user", "id").get(0);
        assertThat(server.call(alice.keys(), "updateUser", "id", second, "firstname", "x")
                        .status())
                .isEqualTo(531);
        assertThat(server.call(alice.keys(), "getUserKeys", "id", second).status())
                .isEqualTo(531);
        assertThat(server.call(alice.keys(), "updateUser", "id", alice.user(), "password", "new")
                        .error())
                .startsWith("431 Parameter currentpassword");
        assertThat(server.call(
                                alice.keys(),
                                "updateUser",
                                "id",
                                alice.user(),
                                "password",
                                "new",
                                "currentpassword",
                                "x")
                        .error())
                .startsWith("431 Parameter currentpassword");
        assertThat(server.call(
                                alice.keys(),
                                "updateUser",
                                "id",
                                alice.user(),
                                "password",
                                "new",
                                "currentpassword",
                                "password of alice",
                                "timezone",
                                "Europe/Berlin",
                                "email",
                                "new@example.org")
                        .text("user.timezone"))
                .isEqualTo("Europe/Berlin");
        assertThat(server.logins.authenticate("alice", "new", "west", null)).isPresent();
        assertThat(server.logins.authenticate("alice", "password of alice", "west", null))
                .isEmpty();
        Sessions.Session session = server.sessions.create(
                server.logins.authenticate("alice", "new", "west", null).orElseThrow());
        server.root("updateUser", "id", alice.user(), "password", "newer");
        assertThat(server.sessions.find(session.id(), session.key())).isEmpty();
        assertThat(server.root("updateUser", "id", second, "username", "ALICE").error())
                .startsWith("431 Parameter username");
        assertThat(server.root("updateUser", "id", second, "timezone", "Nowhere")
                        .error())
                .startsWith("431 Parameter timezone");
        assertThat(server.root("deleteUser", "id", second).text("success")).isEqualTo("true");
        assertThat(server.root("deleteUser", "id", second).status()).isEqualTo(431);
        assertThat(server.root("listAccounts", "name", "alice", "listall", "true")
                        .body()
                        .toString())
                .doesNotContain("second");
    }

    @Test
    void whoIsLockedCannotActUntilEnabled() throws Exception {
        String west = server.domain("west");
        Person alice = server.person("alice", west, 0);
        assertThat(server.root("lockUser", "id", alice.user()).text("user.state"))
                .isEqualTo("locked");
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(401);
        assertThat(server.logins.authenticate("alice", "password of alice", "west", null))
                .isEmpty();
        server.root("enableUser", "id", alice.user());
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(200);
        assertThat(server.root("lockAccount", "account", "alice", "domainid", west)
                        .text("account.state"))
                .isEqualTo("locked");
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(401);
        assertThat(server.root(
                                "lockUser",
                                "id",
                                server.root("listUsers", "username", "admin")
                                        .all("user", "id")
                                        .get(0))
                        .error())
                .contains("cannot be locked");
        assertThat(server.eventTypes()).contains("USER.LOCK");
    }

    @Test
    void aDomainGoesWithEverythingInItWhenThatIsAskedFor() throws Exception {
        String west = server.domain("west");
        Person alice = server.person("alice", west, 0);
        String inner = server.root("createDomain", "name", "inner", "parentdomainid", west)
                .text("domain.id");
        server.person("bob", inner, 2);
        server.call(alice.keys(), "createProject", "name", "team");
        server.finish();
        server.root("deleteDomain", "id", west);
        assertThatThrownBy(() -> server.finish()).hasMessageContaining("account(s)");

        server.root("deleteDomain", "id", west, "cleanup", "true");
        server.finish();
        assertThat(server.root("listDomains", "listall", "true").all("domain", "path"))
                .containsExactly("ROOT");
        assertThat(server.root("listAccounts", "listall", "true").all("account", "name"))
                .containsExactly("admin");
        assertThat(server.root("listProjects", "listall", "true").body().size()).isZero();
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(401);
        assertThat(server.belongings.asked)
                .as("of the project and two accounts")
                .hasSize(3);
        server.finish();
    }

    @Test
    void theRootDomainIsNeverEmptied() throws Exception {
        server.person("alice", server.domain("west"), 0);
        String root =
                server.root("listDomains", "level", "0").all("domain", "id").get(0);
        server.root("deleteDomain", "id", root, "cleanup", "true");
        assertThatThrownBy(() -> server.finish()).hasMessageContaining("own account is in that domain");
        assertThat(server.belongings.asked).isEmpty();
        assertThat(server.root("listAccounts", "listall", "true").all("account", "name"))
                .containsExactly("admin", "alice");
    }

    @Test
    void domainsAreMadeRenamedAndDeletedOnlyWhenEmpty() throws Exception {
        String west = server.domain("west");
        String inner = server.root("createDomain", "name", "inner", "parentdomainid", west)
                .text("domain.id");
        assertThat(server.root("createDomain", "name", "WEST").error()).startsWith("431 Parameter name");
        for (String bad : List.of("a/b", "../x", "line\nbreak", "nul\0", " ", "x".repeat(256), "\u202Eabc")) {
            assertThat(server.root("createDomain", "name", bad).status())
                    .as(bad)
                    .isBetween(400, 431);
        }
        assertThat(server.root("createDomain", "name", "x".repeat(250), "parentdomainid", west)
                        .error())
                .contains("path");
        assertThat(server.root("createDomain", "name", "Größe & <Co> 100%_'\"").text("domain.name"))
                .isEqualTo("Größe & <Co> 100%_'\"");
        assertThat(server.root("updateDomain", "id", west, "name", "east").text("domain.path"))
                .isEqualTo("ROOT/east");
        assertThat(server.root("listDomains", "id", inner).all("domain", "path"))
                .containsExactly("ROOT/east/inner");
        assertThat(server.root("listDomainChildren", "isrecursive", "true").all("domain", "name"))
                .hasSize(3);
        assertThat(server.root("listDomainChildren", "id", west).all("domain", "name"))
                .containsExactly("inner");
        Person chief = server.person("chief", west, 2);
        assertThat(server.call(chief.keys(), "updateDomain", "id", west, "name", "mine")
                        .status())
                .isEqualTo(531);
        assertThat(server.call(chief.keys(), "updateDomain", "id", inner, "name", "core")
                        .text("domain.path"))
                .isEqualTo("ROOT/east/core");
        assertThat(server.root("deleteDomain", "id", west).status()).isEqualTo(200);
        assertThatThrownBy(server::finish).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
            assertThat(e.text()).contains("1 account(s) and 1 domain(s)");
        });
        server.root("deleteDomain", "id", inner);
        server.finish();
        server.finish();
        server.root("deleteAccount", "id", chief.account());
        server.finish();
        server.finish();
        assertThat(server.call(chief.keys(), "listUsers").status()).isEqualTo(401);
        server.root("deleteDomain", "id", west);
        server.finish();
        assertThat(server.root("listDomains", "name", "east").body().toString()).isEqualTo("{}");
        assertThat(server.domain("east")).isNotEqualTo(west);
        assertThat(server.eventTypes())
                .contains("DOMAIN.CREATE", "DOMAIN.UPDATE", "DOMAIN.DELETE", "ACCOUNT.CREATE", "ACCOUNT.DELETE")
                .contains("USER.CREATE", "USER.DELETE", "REGISTER.USER.KEY");
    }

    @Test
    void accountsAreRefusedWhatTheyMustNotBe() throws Exception {
        String west = server.domain("west");
        Person alice = server.person("alice", west, 0);
        assertThat(made("alice", "0", west).error())
                .startsWith("431 Parameter account")
                .contains("already");
        assertThat(made("boss", "1", west).error()).contains("root domain");
        assertThat(made("boss", "7", west).error()).startsWith("431 Parameter accounttype");
        assertThat(made("x".repeat(101), "0", west).error()).contains("100");
        assertThat(made("a\tb", "0", west).status()).isBetween(400, 431);
        assertThat(server.root("listAccounts", "listall", "true").all("account", "name"))
                .containsExactly("admin", "alice");
        assertThat(server.root("updateAccount", "id", alice.account(), "newname", "Alicia")
                        .text("account.name"))
                .isEqualTo("Alicia");
        String adminAccount = server.root("listAccounts").all("account", "id").get(0);
        server.root("deleteAccount", "id", adminAccount);
        assertThatThrownBy(server::finish).hasMessageContaining("first administrator");
        server.database.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO data_center (id, uuid, name, inventory, created) VALUES (1, 'z', 'z', 's', NOW())");
            handle.execute(
                    "INSERT INTO volumes (uuid, name, volume_type, state, size, disk_offering_id, data_center_id,"
                            + " account_id, domain_id, created) SELECT 'v', 'v', 'ROOT', 'Ready', 1, 1, 1, id, domain_id, created"
                            + " FROM account WHERE account_name = 'Alicia'");
        });
        server.root("deleteAccount", "id", alice.account());
        assertThatThrownBy(server::finish).hasMessageContaining("0 VM(s), 1 volume(s) and 0 backup(s)");
        assertThat(server.call(alice.keys(), "listUsers").status()).isEqualTo(200);
    }

    private RunningIdentity.Answer made(String name, String type, String domain) {
        return server.root(
                "createAccount",
                "username",
                "first",
                "account",
                name,
                "password",
                "p",
                "firstname",
                "f",
                "lastname",
                "l",
                "email",
                "e",
                "accounttype",
                type,
                "domainid",
                domain);
    }

    @Test
    void listedUsersHaveWhatClientsNeed() {
        var user = server.root("listUsers").body().getAsJsonArray("user").get(0).getAsJsonObject();
        assertThat(user.keySet())
                .contains(
                        "id",
                        "account",
                        "accountid",
                        "accounttype",
                        "domainid",
                        "domain",
                        "firstname",
                        "lastname",
                        "username",
                        "roletype",
                        "rolename",
                        "roleid",
                        "state",
                        "created",
                        "apikey",
                        "iscallerchilddomain",
                        "usersource")
                .doesNotContain("secretkey", "password");
        assertThat(user.get("roletype").getAsString()).isEqualTo("Admin");
        var account = server.root("listAccounts")
                .body()
                .getAsJsonArray("account")
                .get(0)
                .getAsJsonObject();
        assertThat(account.keySet())
                .contains("id", "name", "roleid", "rolename", "roletype", "state", "domainpath", "user", "accounttype");
        assertThat(account.get("domainpath").getAsString()).isEqualTo("ROOT");
        assertThat(account.toString()).doesNotContain(server.admin.keys().secretKey());
    }
}
