/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.cloudstackbackup.emulator.http.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
    private final Codec codec = new Codec(Line.NEWEST, false);

    private JsonObject read(String message, String json) {
        return codec.read(message, json.replace('\'', '"'));
    }

    private JsonObject query(String query) {
        return codec.readQuery("BackupEnumerateRequest", Call.form(query));
    }

    @Test
    void bothSpellingsOfAFieldAreRead() {
        JsonObject snake = read("BackupCreateRequest", "{'backup_location_ref':{'name':'a'},'direct_kdmp':true}");
        JsonObject camel = read("BackupCreateRequest", "{'backupLocationRef':{'name':'a'},'directKdmp':true}");
        assertThat(camel).isEqualTo(snake);
        assertThat(snake.toString()).isEqualTo("{\"backup_location_ref\":{\"name\":\"a\"},\"direct_kdmp\":true}");
    }

    @Test
    void enumerationsAreReadAsSymbolAndAsNumber() {
        assertThat(read("BackupCreateRequest", "{'backup_type':1}"))
                .isEqualTo(read("BackupCreateRequest", "{'backup_type':'Generic'}"));
        assertThat(read("BackupCreateRequest", "{'backup_type':0}").has("backup_type"))
                .isFalse();
        assertThat(read("BackupCreateRequest", "{'backup_type':77}")
                        .get("backup_type")
                        .getAsInt())
                .isEqualTo(77);
        assertThat(read("SortOption", "{'sortOrder':{'type':-1}}"))
                .isEqualTo(read("SortOption", "{'sortOrder':{'type':'Descending'}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'backup_type':'generic'}",
                "{'backup_type':true}",
                "{'direct_kdmp':'true'}",
                "{'namespaces':'a'}",
                "{'namespaces':[null]}",
                "{'namespaces':[1]}",
                "{'label_selectors':['a']}",
                "{'metadata':'a'}",
                "{'cluster':7}",
                "{'cluster':}",
                "{'cluster':'a'} x",
                "[]",
                "{cluster:'a'}"
            })
    void whatDoesNotFitIsRefused(String body) {
        assertThatThrownBy(() -> read("BackupCreateRequest", body))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT));
    }

    @Test
    void nullAndUnknownFieldsAreNothing() {
        String body = "{'namespaces':null,'label_selectors':null,'metadata':null,'direct_kdmp':null,'nobody':{'a':1}}";
        assertThat(read("BackupCreateRequest", body)).isEqualTo(new JsonObject());
        assertThat(codec.read("BackupCreateRequest", "")).isEqualTo(new JsonObject());
    }

    @ParameterizedTest
    @CsvSource({"5,5", "'5',5", "'18446744073709551615',18446744073709551615", "0,", "1.0,1"})
    void wideNumbersAreReadQuotedOrNot(String given, String expected) {
        String json = given.length() > 5 ? "\"" + given + "\"" : given;
        JsonObject read = codec.read("EnumerateOptions", "{\"max_objects\":" + json + "}");
        assertThat(read.has("max_objects") ? read.get("max_objects").getAsString() : null)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'None'", "-1", "'1.5'", "true", "'18446744073709551616'", "''"})
    void whatIsNoWideNumberIsRefused(String given) {
        assertThatThrownBy(() -> read("EnumerateOptions", "{'max_objects':" + given + "}"))
                .isInstanceOf(ApiFailure.class);
    }

    @Test
    void aLenientServerForgivesTheOfficialClient() {
        Codec lenient = new Codec(Line.NEWEST, true);
        assertThat(lenient.read("EnumerateOptions", "{\"max_objects\":\"None\"}"))
                .isEqualTo(new JsonObject());
        assertThat(lenient.readQuery("EnumerateOptions", Call.form("labels=a")).getAsJsonObject("labels"))
                .isEqualTo(new JsonObject());
    }

    @Test
    void whatIsZeroIsNotWritten() {
        String value = "{'metadata':{'name':'n','uid':'','create_time_in_sec':12,'labels':{}},"
                + "'backup_info':{'direct_kdmp':false,'total_size':0,'namespaces':[],'stage':'Invalid','resource_count':3}}";
        JsonObject written = codec.write(
                "BackupObject", JsonParser.parseString(value.replace('\'', '"')).getAsJsonObject());
        assertThat(written.toString())
                .isEqualTo("{\"metadata\":{\"name\":\"n\",\"create_time_in_sec\":\"12\"},"
                        + "\"backup_info\":{\"resource_count\":\"3\"}}");
    }

    @Test
    void anOlderLineNeitherReadsNorWritesWhatCameLater() {
        Codec older = new Codec(Line.imitated("2.8"), false);
        assertThat(older.read("BackupCreateRequest", "{\"volume_resource_only_policy_ref\":{\"name\":\"a\"}}"))
                .isEqualTo(new JsonObject());
        JsonObject info = new JsonObject();
        info.addProperty("virtual_machines_total_count", 3);
        info.addProperty("cluster", "c");
        assertThat(older.write("BackupInfo", info).toString()).isEqualTo("{\"cluster\":\"c\"}");
        assertThatThrownBy(() -> older.read("EnumerateOptions", "{\"object_index\":\"x\"}"))
                .isInstanceOf(ApiFailure.class);
        assertThat(older.read("EnumerateOptions", "{\"sort_option\":\"not looked at\"}"))
                .isEqualTo(new JsonObject());
    }

    @Test
    void queriesReachNestedFields() {
        JsonObject read = query("enumerate_options.max_objects=50&enumerateOptions.sortOption.sortBy.type=Name"
                + "&enumerate_options.status=Success&enumerate_options.status=Failed"
                + "&enumerate_options.labels%5Bapp.io/name%5D=a%20b&enumerate_options.include_detailed_resources=T"
                + "&enumerate_options.time_range.start_time=2026-01-01T01:00:00%2B01:00&nobody=1&org_id=&x.y=2");
        assertThat(read.toString())
                .isEqualTo(
                        "{\"enumerate_options\":{\"max_objects\":50,\"sort_option\":{\"sortBy\":{\"type\":\"Name\"}},"
                                + "\"status\":[\"Success\",\"Failed\"],\"labels\":{\"app.io/name\":\"a b\"},"
                                + "\"include_detailed_resources\":true,\"time_range\":{\"start_time\":\"2026-01-01T00:00:00Z\"}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enumerate_options=a",
                "enumerate_options.max_objects=None",
                "enumerate_options.include_detailed_resources=yes",
                "enumerate_options.sort_option.sortBy.type=name",
                "enumerate_options.schedule_policy_ref=a",
                "enumerate_options.schedule_policy_ref.name=a",
                "enumerate_options.labels=a",
                "enumerate_options.labels=a&enumerate_options.labels=b&enumerate_options.labels=c",
                "enumerate_options.time_range.start_time=yesterday"
            })
    void queriesThatCannotBeReadAreRefused(String text) {
        assertThatThrownBy(() -> query(text)).isInstanceOf(ApiFailure.class);
    }

    @Test
    void aPlainMapWithTwoValuesIsOneEntry() {
        assertThat(query("enumerate_options.labels=k&enumerate_options.labels=v")
                        .toString())
                .isEqualTo("{\"enumerate_options\":{\"labels\":{\"k\":\"v\"}}}");
    }

    @Test
    void onlyLinesThatExistCanBeImitated() {
        assertThat(Line.imitated("2.8")).hasToString("2.8.4");
        assertThat(Line.imitated("2.8.3")).hasToString("2.8.3");
        assertThat(Line.imitated("3.1").has(2, 11)).isTrue();
        assertThat(Line.imitated("2.9").has(2, 10)).isFalse();
        for (String wrong : new String[] {"2.7", "2.8.2", "3.2", "4.0", "", "2", "latest"}) {
            assertThatThrownBy(() -> Line.imitated(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
