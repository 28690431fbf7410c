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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
final class ParameterBinderTest {
    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RunningApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Map<String, @Nullable Object> seen(Caller caller, String... params) {
        HttpResponse<String> reply = use(caller, params);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return api.things.seen.get(api.things.seen.size() - 1);
    }

    private HttpResponse<String> use(Caller caller, String... params) {
        Map<String, String> all = RunningApi.params("useThing", params);
        all.putIfAbsent("id", Things.MINE);
        return api.get(RunningApi.sign(caller, all));
    }

    private void refused(int code, String text, String... params) {
        HttpResponse<String> reply = use(People.USER, params);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(code);
        assertThat(reply.body()).contains(text).contains("\"cserrorcode\":9999");
        assertThat(api.things.seen).isEmpty();
    }

    @Test
    void whatIsAbsentStaysNull() {
        assertThat(seen(People.USER)).containsEntry("id", 1L);
        assertThat(api.things.seen.get(0).values())
                .filteredOn(java.util.Objects::nonNull)
                .hasSize(1);
    }

    @Test
    void everyTypeIsRead() {
        Map<String, @Nullable Object> saw = seen(
                People.USER,
                "flag",
                "TRUE",
                "number",
                "-7",
                "small",
                "8",
                "big",
                "9000000000",
                "part",
                "1.5",
                "text",
                "a, b",
                "items",
                "1,2, 3",
                "ids",
                Things.MINE);

        assertThat(saw)
                .containsEntry("flag", true)
                .containsEntry("number", -7)
                .containsEntry("small", (short) 8)
                .containsEntry("big", 9_000_000_000L)
                .containsEntry("part", 1.5f)
                .containsEntry("text", "a, b")
                .containsEntry("items", List.of(1, 2, 3))
                .containsEntry("ids", List.of(1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "yes", "1"})
    void whatIsNotTrueIsFalse(String value) {
        assertThat(seen(People.USER, "flag", value)).containsEntry("flag", false);
    }

    @ParameterizedTest
    @CsvSource({
        "number, 2147483648",
        "number, x",
        "number, 1.5",
        "small, 32768",
        "big, 9223372036854775808",
        "part, 1e400",
        "part, NaN",
        "items, '1,x'",
        "startdate, tomorrow",
        "startdate, 2025-13-01",
        "startdate, 2025-10-30T09:15:00",
    })
    void whatDoesNotFitIsRefused(String name, String value) {
        refused(431, "Unable to execute API command usething due to invalid value for parameter " + name, name, value);
    }

    @Test
    void textIsBounded() {
        refused(431, "it has 256 characters, at most 255 are allowed", "text", "x".repeat(256));
        assertThat(seen(People.USER, "text", "x".repeat(255), "longtext", "x".repeat(1000)))
                .containsEntry("longtext", "x".repeat(1000));
    }

    @Test
    void mapsAreGroupedByTheirIndex() {
        assertThat(seen(
                        People.USER,
                        "details[0].Key",
                        "a",
                        "details[0].other.key",
                        "b",
                        "DETAILS[10].k",
                        "c",
                        "details[2].k",
                        "d"))
                .containsEntry(
                        "details",
                        Map.of(
                                "0",
                                Map.of("Key", "a", "other.key", "b"),
                                "10",
                                Map.of("k", "c"),
                                "2",
                                Map.of("k", "d")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"details[0", "details[x].a", "details0].a", "details[0]", "details[0].", "details[-1].a", "[0].a"
            })
    void brokenMapsAreMalformed(String name) {
        refused(430, "Invalid parameter name", name, "v");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-10-30T09:15:00+0000, 2025-10-30T09:15:00Z",
        "2025-10-30T09:15:00Z, 2025-10-30T09:15:00Z",
        "2025-10-30T09:15:00+02:00, 2025-10-30T07:15:00Z",
        "2025-10-30T09:15:00.5-0100, 2025-10-30T10:15:00.5Z",
        "2025-10-30 09:15:00, 2025-10-30T09:15:00Z",
        "2025-10-30, 2025-10-30T00:00:00Z",
    })
    void datesHaveThreeForms(String text, Instant instant) {
        assertThat(seen(People.USER, "startdate", text)).containsEntry("startdate", instant);
    }

    @Test
    void aDayEndsAtItsLastSecond() {
        assertThat(seen(People.USER, "enddate", "2025-10-30"))
                .containsEntry("enddate", Instant.parse("2025-10-30T23:59:59Z"));
    }

    @Test
    void aForeignObjectIsRefusedAsAnUnknownOne() {
        HttpResponse<String> foreign = use(People.USER, "id", Things.FOREIGN);
        HttpResponse<String> unknown = use(People.USER, "id", Things.UNKNOWN);

        assertThat(unknown.statusCode()).isEqualTo(431);
        assertThat(unknown.body())
                .isEqualTo(
                        "{\"usethingresponse\":{\"uuidList\":[],\"errorcode\":431,\"cserrorcode\":9999,\"errortext\":"
                                + "\"Unable to execute API command usething due to invalid value. Invalid parameter id value="
                                + Things.UNKNOWN
                                + " due to incorrect long value format, or entity does not exist or due to incorrect "
                                + "parameter annotation for the field in api cmd class.\"}}");
        assertThat(foreign.statusCode()).isEqualTo(431);
        assertThat(foreign.body().replace(Things.FOREIGN, Things.UNKNOWN)).isEqualTo(unknown.body());
        assertThat(seen(People.ADMIN, "id", Things.FOREIGN)).containsEntry("id", 2L);
    }

    @Test
    void internalIdsAreForRootAdminsAndOldParameters() {
        assertThat(seen(People.ADMIN, "id", "2")).containsEntry("id", 2L);
        assertThat(use(People.USER, "id", "1").statusCode()).isEqualTo(431);
        assertThat(use(People.ADMIN, "newid", "2").statusCode()).isEqualTo(431);
        assertThat(seen(People.USER, "newid", "-1")).containsEntry("newid", -1L);
    }

    @Test
    void aParameterForOtherRolesIsIgnored() {
        assertThat(seen(People.USER, "adminonly", "x")).containsEntry("adminonly", null);
        assertThat(seen(People.ADMIN, "adminonly", "x")).containsEntry("adminonly", "x");
    }
}
