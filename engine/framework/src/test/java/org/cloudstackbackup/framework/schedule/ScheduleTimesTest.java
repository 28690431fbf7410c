/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random schedules are compared with a walk over every minute that asks only what the clocks show. */
class ScheduleTimesTest {
    private static final int RANDOM_CASES = 1500;
    private static final long SEED = Long.getLong("test.seed", System.nanoTime());
    /** Later than the last offsets that are no whole minutes. */
    private static final Instant EARLIEST = Instant.parse("1975-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2060-01-01T00:00:00Z");

    @Test
    void theNextTimeIsTheOneThatAWalkOverAllMinutesFinds() {
        System.out.println("ScheduleTimesTest: seed " + SEED + " (repeat with -Dtest.seed=" + SEED + ")");
        Random random = new Random(SEED);
        List<ZoneId> zones = zones();
        for (int i = 0; i < RANDOM_CASES; i++) {
            ScheduleTimes times = randomTimes(random, zones);
            Instant after = randomInstant(random, times.zone());
            Instant expected = walk(times, after);
            assertThat(times.next(after))
                    .as("%s after %s, seed %d", times, after, SEED)
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyDayHasOneTimeInEveryZoneOfAYearWithManyChanges() {
        for (ZoneId zone : zones()) {
            ScheduleTimes times = ScheduleTimes.parse(IntervalType.DAILY, "30:02", zone.getId());
            Instant time = Instant.parse("2025-01-01T00:00:00Z");
            Instant end = Instant.parse("2026-01-10T00:00:00Z");
            Set<Object> days = new HashSet<>();
            while ((time = times.next(time)).isBefore(end)) {
                assertThat(days.add(time.atZone(zone).toLocalDate()))
                        .as("%s has two times on the day of %s", zone, time)
                        .isTrue();
            }
            assertThat(days).as("days with a time in %s", zone).hasSizeGreaterThanOrEqualTo(373);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Forward at 02:00 to 03:00: half past two does not exist, three o'clock stands for it.
        "DAILY, 30:02, Europe/Berlin, 2025-03-29T01:30:00Z, 2025-03-30T01:00:00Z",
        "DAILY, 30:02, Europe/Berlin, 2025-03-30T01:00:00Z, 2025-03-31T00:30:00Z",
        // Back at 03:00 to 02:00: half past two comes twice, the first counts.
        "DAILY, 30:02, Europe/Berlin, 2025-10-25T00:30:00Z, 2025-10-26T00:30:00Z",
        "DAILY, 30:02, Europe/Berlin, 2025-10-26T00:30:00Z, 2025-10-27T01:30:00Z",
        "HOURLY, 30, Europe/Berlin, 2025-10-26T00:30:00Z, 2025-10-26T01:30:00Z",
        "HOURLY, 30, Europe/Berlin, 2025-03-30T00:30:00Z, 2025-03-30T01:30:00Z",
        // Half an hour forward at 02:00: a quarter past is left out once, half past stands for it.
        "HOURLY, 15, Australia/Lord_Howe, 2025-10-04T14:45:00Z, 2025-10-04T15:30:00Z",
        "HOURLY, 15, Australia/Lord_Howe, 2025-10-04T15:30:00Z, 2025-10-04T16:15:00Z",
        // Samoa left out the 30th of December.
        "DAILY, 00:00, Pacific/Apia, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z",
        "DAILY, 00:00, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z",
        "WEEKLY, 30:02:1, Europe/Berlin, 2025-03-24T00:00:00Z, 2025-03-30T01:00:00Z",
        "WEEKLY, 00:12:7, UTC, 2026-11-21T11:59:59.999Z, 2026-11-21T12:00:00Z",
        "WEEKLY, 00:12:7, UTC, 2026-11-21T12:00:00Z, 2026-11-28T12:00:00Z",
        "MONTHLY, 00:00:28, UTC, 2026-02-01T00:00:00Z, 2026-02-28T00:00:00Z",
        "MONTHLY, 59:23:28, Pacific/Kiritimati, 2026-02-28T09:59:00Z, 2026-03-28T09:59:00Z",
        "MONTHLY, 00:00:1, America/New_York, 2026-12-31T12:00:00Z, 2027-01-01T05:00:00Z"
    })
    void clocksAndCalendarsAreHeeded(IntervalType type, String schedule, String zone, Instant after, Instant next) {
        assertThat(ScheduleTimes.parse(type, schedule, zone).next(after)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOURLY|60|minute MM 60, allowed are 0 to 59",
                "HOURLY|-1|not of the form MM",
                "HOURLY|''|not of the form MM",
                "HOURLY|1:2|not of the form MM",
                "DAILY|30|not of the form MM:HH",
                "DAILY|30:24|hour HH 24, allowed are 0 to 23",
                "DAILY|30:|not of the form MM:HH",
                "DAILY|' 1:2'|not of the form MM:HH",
                "DAILY|001:2|not of the form MM:HH",
                "DAILY|١:٢|not of the form MM:HH",
                "WEEKLY|0:0:0|day D (1 is Sunday) 0, allowed are 1 to 7",
                "WEEKLY|0:0:8|day D (1 is Sunday) 8, allowed are 1 to 7",
                "WEEKLY|0:0|not of the form MM:HH:D",
                "MONTHLY|0:0:29|day D 29, allowed are 1 to 28",
                "MONTHLY|0:0:0|day D 0, allowed are 1 to 28",
                "MONTHLY|0:0:1:1|not of the form MM:HH:D"
            })
    void timesOutOfRangeAreRefusedInWords(IntervalType type, String schedule, String words) {
        assertThatThrownBy(() -> ScheduleTimes.parse(type, schedule, "UTC"))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER))
                .hasMessageContaining("Parameter schedule: '" + schedule + "'")
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"Mars/Olympus", "GMT+5", "+02:00", "UTC+1", "europe/berlin", "''", "Z", "SystemV/EST5", "PST"})
    void anUnknownZoneIsAnErrorAndNotGreenwich(String zone) {
        assertThatThrownBy(() -> ScheduleTimes.parse(IntervalType.DAILY, "0:0", zone))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("Parameter timezone: '" + zone + "'")
                .hasMessageContaining("Europe/Berlin");
    }

    @ParameterizedTest
    @CsvSource({"UTC", "GMT", "Europe/Berlin", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "Asia/Kathmandu"})
    void regionsOfTheDatabaseAreZones(String zone) {
        assertThat(ScheduleTimes.parse(IntervalType.DAILY, "0:0", zone).zone().getId())
                .isEqualTo(zone);
    }

    @Test
    void theKindsOfIntervalsIgnoreCaseAndNameTheirAlternatives() {
        assertThat(IntervalType.parse("hourly")).isEqualTo(IntervalType.HOURLY);
        assertThatThrownBy(() -> IntervalType.parse("yearly"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("Parameter intervaltype: 'yearly'")
                .hasMessageContaining("HOURLY, DAILY, WEEKLY, MONTHLY");
    }

    @Test
    void slotsAreCountedUpToABound() {
        ScheduleTimes times = ScheduleTimes.parse(IntervalType.HOURLY, "0", "UTC");
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(times.slots(first, first, 100)).isEqualTo(new ScheduleTimes.Slots(1, first));
        assertThat(times.slots(first, first.plusSeconds(3599), 100)).isEqualTo(new ScheduleTimes.Slots(1, first));
        assertThat(times.slots(first, first.plusSeconds(3600), 100))
                .isEqualTo(new ScheduleTimes.Slots(2, first.plusSeconds(3600)));
        assertThat(times.slots(first, first.plusSeconds(3_600_000), 100).count())
                .isEqualTo(100);
    }

    /** The first minute after the instant at which the schedule comes, by what the clocks show minute by minute. */
    private static Instant walk(ScheduleTimes times, Instant after) {
        ZoneId zone = times.zone();
        Instant minute = after.minus(Duration.ofDays(2)).truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        LocalDateTime previous = LocalDateTime.ofInstant(minute, zone);
        Set<LocalDateTime> seen = new HashSet<>();
        while (true) {
            minute = minute.plusSeconds(60);
            LocalDateTime shown = LocalDateTime.ofInstant(minute, zone);
            boolean first = seen.add(shown);
            LocalDateTime expected = previous.plusMinutes(1);
            boolean comes = times.type() == IntervalType.HOURLY
                    ? shown.getMinute() == times.minute() || leftOut(times, expected, shown, 59)
                    : (first && fits(times, shown)) || leftOut(times, expected, shown, Integer.MAX_VALUE);
            if (comes && minute.isAfter(after)) {
                return minute;
            }
            previous = shown;
        }
    }

    /** Whether clocks that were put forward passed over a time of the schedule; changes of more minutes than that do not count. */
    private static boolean leftOut(ScheduleTimes times, LocalDateTime from, LocalDateTime until, int longest) {
        return Duration.between(from, until).toMinutes() <= longest
                && Stream.iterate(from, time -> time.isBefore(until), time -> time.plusMinutes(1))
                        .anyMatch(time -> fits(times, time));
    }

    private static boolean fits(ScheduleTimes times, LocalDateTime shown) {
        boolean minute = shown.getMinute() == times.minute();
        boolean hour = shown.getHour() == times.hour();
        return switch (times.type()) {
            case HOURLY -> minute;
            case DAILY -> minute && hour;
            case WEEKLY -> minute && hour && shown.getDayOfWeek().getValue() % 7 + 1 == times.day();
            case MONTHLY -> minute && hour && shown.getDayOfMonth() == times.day();
        };
    }

    private static ScheduleTimes randomTimes(Random random, List<ZoneId> zones) {
        IntervalType type = IntervalType.values()[random.nextInt(4)];
        int minute = random.nextInt(60);
        // Most changes of clocks are at night.
        int hour = random.nextBoolean() ? random.nextInt(4) : random.nextInt(24);
        String schedule = switch (type) {
            case HOURLY -> String.valueOf(minute);
            case DAILY -> minute + ":" + hour;
            case WEEKLY -> minute + ":" + hour + ":" + (1 + random.nextInt(7));
            case MONTHLY -> minute + ":" + hour + ":" + (1 + random.nextInt(28));
        };
        String zone = random.nextInt(10) == 0
                ? "Australia/Lord_Howe"
                : zones.get(random.nextInt(zones.size())).getId();
        return ScheduleTimes.parse(type, schedule, zone);
    }

    /** Every other one is near a change of the zone's clocks. */
    private static Instant randomInstant(Random random, ZoneId zone) {
        long range = LATEST.getEpochSecond() - EARLIEST.getEpochSecond();
        Instant any = EARLIEST.plusSeconds((long) (random.nextDouble() * range)).plusMillis(random.nextInt(1000));
        ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        if (change == null || random.nextBoolean() || change.getInstant().isAfter(LATEST)) {
            return any;
        }
        return change.getInstant().plusSeconds(60L * (random.nextInt(4 * 1440) - 2 * 1440));
    }

    private static List<ZoneId> zones() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> !id.startsWith("SystemV/"))
                .sorted()
                .map(ZoneId::of)
                .filter(zone -> !(zone instanceof ZoneOffset))
                .toList();
    }
}
