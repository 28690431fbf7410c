/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTimesTest {
    private static JsonObject policy(String json) {
        return JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
    }

    private static List<String> next(String json, String kind, String zone, String start, int count) {
        List<String> times = new ArrayList<>();
        Instant first = Instant.parse(start);
        Instant after = first;
        for (int i = 0; i < count; i++) {
            after = PolicyTimes.next(policy(json), kind, ZoneId.of(zone), first, after)
                    .orElseThrow();
            times.add(after.toString().replace(":00Z", ""));
        }
        return times;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'daily':{'time':'03:04PM'}}|daily|UTC|2026-11-21T15:04:00Z|2026-11-22T15:04 2026-11-23T15:04",
                "{'daily':{'time':'2:30am'}}|daily|Europe/Berlin|2027-03-26T12:00:00Z|2027-03-27T01:30 2027-03-28T01:30 2027-03-29T00:30",
                "{'weekly':{'day':'sunday','time':'12:00AM'}}|weekly|UTC|2026-11-21T08:00:00Z|2026-11-22T00:00 2026-11-29T00:00",
                "{'weekly':{'day':'mon, Fri','time':'12:00PM'}}|weekly|UTC|2026-11-21T08:00:00Z|2026-11-23T12:00 2026-11-27T12:00 2026-11-30T12:00",
                "{'weekly':{'day':'sat','time':'09:00AM','bi_weekly':true}}|weekly|UTC|2026-11-21T08:00:00Z|2026-11-21T09:00 2026-12-05T09:00",
                "{'monthly':{'date':31,'time':'01:00AM'}}|monthly|UTC|2027-01-01T00:00:00Z|2027-01-31T01:00 2027-03-31T01:00 2027-05-31T01:00",
                "{'monthly':{'date':29,'time':'01:00AM','selective_monthly_policy':{'date':29,'time':'02:00AM','months':'feb,7'}}}|monthly|UTC|2027-01-01T00:00:00Z|2027-07-29T02:00 2028-02-29T02:00",
                "{'monthly':{'relative_monthly_policy':{'day':'fri','weekly_index':'last','time':'01:00AM'}}}|monthly|UTC|2026-11-01T00:00:00Z|2026-11-27T01:00 2026-12-25T01:00",
                "{'monthly':{'relative_monthly_policy':{'day':'tuesday','weekly_index':'second','time':'01:00AM'}}}|monthly|UTC|2026-11-01T00:00:00Z|2026-11-10T01:00 2026-12-08T01:00"
            })
    void aPolicyIsDueAtItsTimes(String json, String kind, String zone, String start, String expected) {
        String[] times = expected.split(" ");
        assertThat(next(json, kind, zone, start, times.length)).containsExactly(times);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'interval':{'minutes':0}}",
                "{'daily':{'time':'15:04'}}",
                "{'daily':{}}",
                "{'weekly':{'day':'su','time':'1:00AM'}}",
                "{'weekly':{'day':'noday','time':'1:00AM'}}",
                "{'monthly':{'date':32,'time':'1:00AM'}}",
                "{'monthly':{'time':'1:00AM'}}",
                "{'weekly':{'day':'sun','time':'1:00AM'},'for_object_lock':true}"
            })
    void whatCannotBeDueIsRefused(String json) {
        assertThatThrownBy(() -> PolicyTimes.check(policy(json))).isInstanceOf(ApiFailure.class);
    }

    @Test
    void whatIsNotSaidAboutRetentionIsTheDocumentedNumber() {
        JsonObject policy = policy("{'interval':{'minutes':5},'daily':{},'weekly':{},'monthly':{'retain':3}}");
        assertThat(PolicyTimes.KINDS)
                .map(kind -> PolicyTimes.retain(policy, kind))
                .containsExactly(10L, 10L, 5L, 3L);
    }
}
