/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
final class CallerScopesTest {
    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RunningApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Object seen(String what, Caller caller, String... params) {
        HttpResponse<String> reply = api.get(caller, "listThings", params);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        Map<String, ?> saw = api.things.seen.get(api.things.seen.size() - 1);
        return java.util.Objects.requireNonNull(saw.get(what));
    }

    private OwnerScope scope(Caller caller, String... params) {
        return (OwnerScope) seen("scope", caller, params);
    }

    private static OwnerScope own(Caller caller) {
        return new OwnerScope.OneAccount(caller.account().id());
    }

    private static OwnerScope besidesProjects(OwnerScope scope) {
        return new OwnerScope.WithoutProjects(scope);
    }

    @Test
    void membersListWhatAProjectOwnsWhenTheyAskForIt() {
        long own = People.MEMBER.account().id();
        assertThat(scope(People.MEMBER, "listall", "true")).isEqualTo(own(People.MEMBER));
        assertThat(scope(People.MEMBER, "projectid", "project-70")).isEqualTo(new OwnerScope.OneAccount(700));
        assertThat(scope(People.MEMBER, "projectid", "-1")).isEqualTo(new OwnerScope.Accounts(Set.of(700L)));
        assertThat(scope(People.MEMBER, "projectid", "-1", "listall", "true"))
                .isEqualTo(new OwnerScope.Accounts(Set.of(own, 700L)));
        assertThat(scope(People.MEMBER, "id", Things.OF_PROJECT)).isEqualTo(new OwnerScope.Accounts(Set.of(own, 700L)));
    }

    @Test
    void adminsListTheProjectsOfTheirReach() {
        assertThat(scope(People.ADMIN, "projectid", "-1")).isEqualTo(new OwnerScope.OnlyProjects(new OwnerScope.All()));
        assertThat(scope(People.ADMIN, "projectid", "-1", "listall", "true")).isEqualTo(new OwnerScope.All());
        assertThat(scope(People.CHIEF, "projectid", "-1"))
                .isEqualTo(new OwnerScope.OnlyProjects(new OwnerScope.DomainTree("/a/")));
        assertThat(scope(People.CHIEF, "projectid", "project-70")).isEqualTo(new OwnerScope.OneAccount(700));
    }

    @Test
    void whoDoesNotBelongToAProjectListsNothingOfIt() {
        assertThat(scope(People.USER, "projectid", "-1")).isEqualTo(new OwnerScope.Accounts(Set.of()));
        HttpResponse<String> foreign = api.get(People.USER, "listThings", "projectid", "project-70");
        HttpResponse<String> unknown = api.get(People.USER, "listThings", "projectid", "project-77");

        assertThat(foreign.statusCode()).isEqualTo(431);
        assertThat(foreign.body().replace("project-70", "project-77")).isEqualTo(unknown.body());
    }

    @Test
    void aProjectAndAnAccountTogetherAreRefused() {
        HttpResponse<String> reply =
                api.get(People.MEMBER, "listThings", "projectid", "project-70", "account", "member");

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(431);
        assertThat(reply.body()).contains("cannot be given together");
    }

    @Test
    void usersListTheirOwnWhateverTheyAsk() {
        assertThat(scope(People.USER)).isEqualTo(own(People.USER));
        assertThat(scope(People.USER, "listall", "true")).isEqualTo(own(People.USER));
        assertThat(scope(People.USER, "id", Things.MINE)).isEqualTo(own(People.USER));
        assertThat(scope(People.USER, "domainid", "domain-3", "isrecursive", "true"))
                .isEqualTo(own(People.USER));
        assertThat(scope(People.USER, "account", "user")).isEqualTo(own(People.USER));
    }

    @Test
    void adminsListTheirOwnUnlessTheyAskForMore() {
        assertThat(scope(People.ADMIN)).isEqualTo(own(People.ADMIN));
        assertThat(scope(People.ADMIN, "listall", "true")).isEqualTo(besidesProjects(new OwnerScope.All()));
        assertThat(scope(People.ADMIN, "id", Things.FOREIGN)).isEqualTo(new OwnerScope.All());
        assertThat(scope(People.CHIEF)).isEqualTo(own(People.CHIEF));
        assertThat(scope(People.CHIEF, "listall", "true")).isEqualTo(besidesProjects(new OwnerScope.DomainTree("/a/")));
    }

    @Test
    void aDomainIsListedWithOrWithoutThoseBelow() {
        assertThat(scope(People.ADMIN, "domainid", "domain-2")).isEqualTo(besidesProjects(new OwnerScope.OneDomain(2)));
        assertThat(scope(People.CHIEF, "domainid", "domain-2", "isrecursive", "true"))
                .isEqualTo(besidesProjects(new OwnerScope.DomainTree("/a/")));
        assertThat(scope(People.CHIEF, "domainid", "domain-3")).isEqualTo(besidesProjects(new OwnerScope.OneDomain(3)));
    }

    @Test
    void anAccountIsListedWithinReach() {
        assertThat(scope(People.ADMIN, "account", "user", "domainid", "domain-3"))
                .isEqualTo(own(People.USER));
        assertThat(scope(People.CHIEF, "account", "user", "domainid", "domain-3"))
                .isEqualTo(own(People.USER));
    }

    @ParameterizedTest
    @CsvSource({"domain-4", "domain-1", "domain-77"})
    void aDomainOutOfReachIsRefusedLikeOneThatIsNotThere(String domain) {
        for (Caller caller : java.util.List.of(People.CHIEF, People.USER)) {
            HttpResponse<String> reply = api.get(caller, "listThings", "domainid", domain);
            assertThat(reply.statusCode()).isEqualTo(531);
            assertThat(reply.body())
                    .contains("\"cserrorcode\":4365", "there is no such domain that the caller may list");
        }
    }

    @Test
    void anAccountOutOfReachIsRefusedLikeOneThatIsNotThere() {
        HttpResponse<String> foreign = api.get(People.USER, "listThings", "account", "admin", "domainid", "domain-1");
        HttpResponse<String> unknown = api.get(People.USER, "listThings", "account", "ghost", "domainid", "domain-1");

        assertThat(foreign.statusCode()).isEqualTo(531);
        assertThat(foreign.body().replace("admin", "ghost")).isEqualTo(unknown.body());
    }

    @Test
    void pagesAreBoundedByTheDefault() {
        assertThat(seen("page", People.USER)).isEqualTo(new PageRequest(0, 500));
        assertThat(seen("page", People.USER, "page", "3", "pagesize", "20")).isEqualTo(new PageRequest(40, 20));
        assertThat(seen("page", People.USER, "pagesize", "-1")).isEqualTo(PageRequest.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "1, '', 431",
        "'', 20, 431",
        "0, 20, 431",
        "-1, 20, 431",
        "1, 0, 431",
        "1, -5, 431",
        "1, -1, 431",
        "1, x, 431",
        "1, 501, 530",
        "1, 99999999999, 431",
    })
    void impossiblePagesAreRefused(String page, String size, int code) {
        HttpResponse<String> reply = api.get(People.USER, "listThings", "page", page, "pagesize", size);

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(code);
        if (code == 530) {
            assertThat(reply.body()).contains("\"cserrorcode\":9999", "500");
        }
    }
}
