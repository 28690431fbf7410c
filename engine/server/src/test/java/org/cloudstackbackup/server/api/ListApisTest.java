/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cloudstackbackup.framework.identity.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
final class ListApisTest {
    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RunningApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Map<String, JsonObject> apis(Caller caller) {
        HttpResponse<String> reply = api.get(caller, "listApis");
        assertThat(reply.body()).doesNotContain("\n");
        JsonObject answer =
                JsonParser.parseString(reply.body()).getAsJsonObject().getAsJsonObject("listapisresponse");
        return byName(answer.getAsJsonArray("api"));
    }

    private static Map<String, JsonObject> byName(JsonArray array) {
        Map<String, JsonObject> byName = new TreeMap<>();
        for (JsonElement each : array) {
            byName.put(each.getAsJsonObject().get("name").getAsString(), each.getAsJsonObject());
        }
        return byName;
    }

    @Test
    void everybodySeesWhatTheyMayCall() {
        assertThat(apis(People.ADMIN).keySet())
                .containsExactly(
                        "createThing",
                        "deployThing",
                        "failThing",
                        "getThing",
                        "listApis",
                        "listThings",
                        "removeThings",
                        "useThing");
        assertThat(apis(People.USER).keySet())
                .containsExactly("createThing", "failThing", "getThing", "listApis", "listThings", "useThing");
        assertThat(apis(People.READING_USER).keySet()).containsExactly("getThing", "listApis", "listThings");
    }

    @Test
    void aCommandIsDescribed() {
        JsonObject create = java.util.Objects.requireNonNull(apis(People.USER).get("createThing"));

        assertThat(create.get("description").getAsString()).isEqualTo("Makes a thing.");
        assertThat(create.get("isasync").getAsBoolean()).isTrue();
        assertThat(create.get("related").getAsString()).isEqualTo("getThing,listThings");
        assertThat(create.has("since")).isFalse();
        assertThat(create.getAsJsonArray("params"))
                .isEqualTo(
                        JsonParser.parseString("[{\"name\":\"name\",\"description\":\"its name\",\"type\":\"string\","
                                + "\"length\":255,\"required\":true}]"));
    }

    @Test
    void parametersOfAncestorsAreDescribedToo() {
        Map<String, JsonObject> params =
                byName(java.util.Objects.requireNonNull(apis(People.USER).get("listThings"))
                        .getAsJsonArray("params"));

        assertThat(params.keySet())
                .containsExactly(
                        "account",
                        "domainid",
                        "id",
                        "isrecursive",
                        "keyword",
                        "listall",
                        "page",
                        "pagesize",
                        "projectid");
        assertThat(params.get("id"))
                .isEqualTo(JsonParser.parseString("{\"name\":\"id\",\"description\":\"one thing\",\"type\":\"uuid\","
                        + "\"length\":255,\"required\":false,\"related\":\"createThing,getThing,listThings\"}"));
        assertThat(java.util.Objects.requireNonNull(params.get("listall")).get("type"))
                .isEqualTo(JsonParser.parseString("\"boolean\""));
    }

    @Test
    void parametersForOtherRolesAreNotShown() {
        JsonObject use = java.util.Objects.requireNonNull(apis(People.USER).get("useThing"));
        assertThat(byName(use.getAsJsonArray("params")))
                .doesNotContainKey("adminonly")
                .containsKey("details");
        JsonObject forAdmin =
                java.util.Objects.requireNonNull(apis(People.ADMIN).get("useThing"));
        assertThat(byName(forAdmin.getAsJsonArray("params"))).containsKey("adminonly");
    }

    @Test
    void answersAreDescribedEvenWhenTheyHoldThemselves() {
        JsonObject list = java.util.Objects.requireNonNull(apis(People.USER).get("listThings"));
        Map<String, JsonObject> fields = byName(list.getAsJsonArray("response"));

        assertThat(fields.keySet())
                .containsExactly("created", "details", "good", "jobid", "jobstatus", "name", "nothing", "part", "size");
        assertThat(fields.get("name"))
                .isEqualTo(
                        JsonParser.parseString("{\"name\":\"name\",\"description\":\"its name\",\"type\":\"string\"}"));
    }

    @Test
    void oneCommandCanBeAskedFor() {
        assertThat(api.get(People.USER, "listApis", "name", "getThing").body())
                .startsWith("{\"listapisresponse\":{\"count\":1,\"api\":[{\"name\":\"getThing\"");
        for (String name : List.of("noSuchThing", "removeThings")) {
            HttpResponse<String> reply = api.get(People.USER, "listApis", "name", name);
            assertThat(reply.statusCode()).isEqualTo(530);
            assertThat(reply.body()).contains(name, "\"cserrorcode\":9999");
        }
    }
}
