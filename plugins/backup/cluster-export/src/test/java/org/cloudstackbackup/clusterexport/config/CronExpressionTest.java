/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a schedule comes; the 1st of January 2026 was a Thursday. */
class CronExpressionTest {
    private static Instant at(String text) {
        return Instant.parse(text + ":00Z");
    }

    /** The next times after the first, as {@code yyyy-mm-ddThh:mm}. */
    private static List<String> next(String schedule, String after, int count) {
        CronExpression expression = CronExpression.parse(schedule);
        List<String> times = new ArrayList<>();
        Instant time = at(after);
        for (int i = 0; i < count; i++) {
            time = expression.next(time);
            times.add(time.toString().substring(0, 16));
        }
        return times;
    }

    @Test
    void aTimeThatFitsIsNotItsOwnNextOne() {
        assertThat(next("0 2 * * *", "2026-01-01T01:59", 1)).containsExactly("2026-01-01T02:00");
        assertThat(next("0 2 * * *", "2026-01-01T02:00", 1)).containsExactly("2026-01-02T02:00");
        CronExpression expression = CronExpression.parse("* * * * *");
        assertThat(expression.next(Instant.parse("2026-01-01T02:00:59.999Z"))).isEqualTo(at("2026-01-01T02:01"));
        assertThat(expression.next(Instant.parse("2026-12-31T23:59:00Z"))).isEqualTo(at("2027-01-01T00:00"));
    }

    @Test
    void stepsRangesAndListsMeanWhatTheyMeanInCron() {
        assertThat(next("*/20 * * * *", "2026-01-01T00:00", 4))
                .containsExactly("2026-01-01T00:20", "2026-01-01T00:40", "2026-01-01T01:00", "2026-01-01T01:20");
        assertThat(next("5/25 3 * * *", "2026-01-01T00:00", 4))
                .containsExactly("2026-01-01T03:05", "2026-01-01T03:30", "2026-01-01T03:55", "2026-01-02T03:05");
        assertThat(next("0 8-12/2,22 * * *", "2026-01-01T00:00", 5))
                .containsExactly(
                        "2026-01-01T08:00",
                        "2026-01-01T10:00",
                        "2026-01-01T12:00",
                        "2026-01-01T22:00",
                        "2026-01-02T08:00");
        assertThat(next("  30   6\t1,15 * * ", "2026-01-01T06:30", 2))
                .containsExactly("2026-01-15T06:30", "2026-02-01T06:30");
    }

    @Test
    void monthsAndWeekdaysHaveNames() {
        assertThat(next("0 0 1 jan,JUL *", "2026-01-01T00:00", 2))
                .containsExactly("2026-07-01T00:00", "2027-01-01T00:00");
        assertThat(next("0 0 * * Mon-Fri", "2026-01-02T00:00", 2))
                .as("from Friday to Monday")
                .containsExactly("2026-01-05T00:00", "2026-01-06T00:00");
        assertThat(next("0 0 * * sat-sun", "2026-01-01T00:00", 3))
                .containsExactly("2026-01-03T00:00", "2026-01-04T00:00", "2026-01-10T00:00");
        for (String sunday : List.of("0", "7", "SUN", "sun-sun", "7-7")) {
            assertThat(next("0 0 * * " + sunday, "2026-01-01T00:00", 2))
                    .as(sunday)
                    .containsExactly("2026-01-04T00:00", "2026-01-11T00:00");
        }
        assertThat(next("0 0 * mar-apr *", "2026-04-30T00:00", 1)).containsExactly("2027-03-01T00:00");
    }

    @Test
    void whereBothDaysAreRestrictedEitherSuffices() {
        assertThat(next("0 0 13 * 5", "2026-01-01T00:00", 4))
                .as("Fridays, and the 13th, which is a Tuesday")
                .containsExactly("2026-01-02T00:00", "2026-01-09T00:00", "2026-01-13T00:00", "2026-01-16T00:00");
        assertThat(next("0 0 13 * *", "2026-01-01T00:00", 2)).containsExactly("2026-01-13T00:00", "2026-02-13T00:00");
        assertThat(next("0 0 * * 5", "2026-01-01T00:00", 2)).containsExactly("2026-01-02T00:00", "2026-01-09T00:00");
        assertThat(next("0 0 */10 * 5", "2026-01-01T00:00", 1))
                .as(
                        "a field that begins with a star restricts the other, as in cron: a Friday that is the 1st, 11th, 21st or 31st")
                .containsExactly("2026-05-01T00:00");
    }

    @Test
    void monthsEndWhereTheyDo() {
        assertThat(next("0 0 31 * *", "2026-01-31T00:00", 3))
                .containsExactly("2026-03-31T00:00", "2026-05-31T00:00", "2026-07-31T00:00");
        assertThat(next("0 0 30 2,4 *", "2026-01-01T00:00", 1)).containsExactly("2026-04-30T00:00");
        assertThat(next("0 0 29 2 *", "2026-01-01T00:00", 2)).containsExactly("2028-02-29T00:00", "2032-02-29T00:00");
        assertThat(next("0 0 29 2 *", "2096-02-29T00:00", 1))
                .as("the year 2100 is no leap year")
                .containsExactly("2104-02-29T00:00");
    }

    @Test
    void aDayThatComesOnceInDecadesIsFoundEachTime() {
        assertThat(next("0 0 29 2 */7", "2026-01-01T00:00", 4))
                .as("29ths of February that are Sundays")
                .containsExactly("2032-02-29T00:00", "2060-02-29T00:00", "2088-02-29T00:00", "2128-02-29T00:00");
    }

    @Test
    void timesAreUtcAndNoDayIsLongerOrShorter() {
        // Clocks in Europe go forward on the 29th of March 2026 at 01:00 UTC, and back on the 25th of October.
        for (String day : List.of("2026-03-28", "2026-10-24")) {
            CronExpression expression = CronExpression.parse("30 1 * * *");
            Instant first = expression.next(at(day + "T00:00"));
            Instant second = expression.next(first);
            assertThat(first).isEqualTo(at(day + "T01:30"));
            assertThat(Duration.between(first, second)).isEqualTo(Duration.ofDays(1));
            assertThat(Duration.between(second, expression.next(second))).isEqualTo(Duration.ofDays(1));
        }
    }

    @Test
    void whatNeverComesIsRefused() {
        for (String never : List.of("0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "0 0 31 apr *", "59 23 30-31 2 *")) {
            assertThatThrownBy(() -> CronExpression.parse(never))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no day ever fits '" + never + "'");
        }
    }

    @Test
    void whatIsNoScheduleIsRefused() {
        for (String wrong : List.of(
                "",
                "@daily",
                "0 2 * *",
                "0 0 2 * * *",
                "CRON_TZ=Europe/Berlin 0 2 * * *",
                "60 2 * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 32 * *",
                "0 0 * 0 *",
                "0 0 * 13 *",
                "0 0 * * 8",
                "*/0 * * * *",
                "5-3 * * * *",
                "0 0 * * 6-0",
                "0 0 * * sun-",
                "1,,2 * * * *",
                ", * * * *",
                "-1 * * * *",
                "1-2-3 * * * *",
                "*/5/5 * * * *",
                "100 * * * *",
                "? * * * *",
                "mon * * * *",
                "0 0 jan * *",
                "0 0 * mon *",
                "0 0 * * jan",
                "0 0 * janu *",
                "0 0 L * *",
                "0 0 * * 5#2")) {
            assertThatThrownBy(() -> CronExpression.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("no day ever fits");
        }
    }
}
