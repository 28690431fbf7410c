/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * The times of a schedule by the clocks of a place.
 *
 * <p>Where the clocks are put forward over the time of a day, week or month, the first instant after the change stands for it;
 * where they are put back over it, only its first occurrence counts. An hourly schedule comes whenever the clocks show its
 * minute, in both occurrences of an hour that comes twice; a change of less than an hour that leaves its minute out counts for
 * it.
 *
 * @param hour 0 for hourly schedules
 * @param day 1 (Sunday) to 7 for weekly, 1 to 28 for monthly schedules, 0 for the others
 */
public record ScheduleTimes(IntervalType type, int minute, int hour, int day, ZoneId zone) {
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,2}(:[0-9]{1,2}){0,2}");
    private static final int LONGEST_ECHO = 50;
    /** No clock was ever put forward by more than a day. */
    private static final int DAYS_BACK = 3;

    /** The JDK adds zones of its own under SystemV; they are in no other database. */
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> !id.startsWith("SystemV/"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Duration HOUR = Duration.ofHours(1);

    public ScheduleTimes {
        requireNonNull(type, "type is null");
        requireNonNull(zone, "zone is null");
    }

    /**
     * Reads CloudStack's form of times: {@code MM}, {@code MM:HH} or {@code MM:HH:D}, by interval type.
     *
     * @param timezone id of a region in the IANA time zone database, or {@code UTC} or {@code GMT}
     * @throws ProviderException {@code USER} naming the parameter, the value and what is allowed
     */
    public static ScheduleTimes parse(IntervalType type, String schedule, String timezone) {
        ZoneId zone = zone(timezone);
        String[] parts = schedule.split(":", -1);
        if (!NUMBERS.matcher(schedule).matches() || parts.length != type.form().split(":").length) {
            throw refused(
                    "schedule",
                    schedule,
                    "is not of the form " + type.form() + ", which " + type + " schedules have" + example(type));
        }
        int minute = number(schedule, parts, 0, "minute MM", 0, 59);
        int hour = type == IntervalType.HOURLY ? 0 : number(schedule, parts, 1, "hour HH", 0, 23);
        int day = switch (type) {
            case HOURLY, DAILY -> 0;
            case WEEKLY -> number(schedule, parts, 2, "day D (1 is Sunday)", 1, 7);
            case MONTHLY -> number(schedule, parts, 2, "day D", 1, 28);
        };
        return new ScheduleTimes(type, minute, hour, day, zone);
    }

    /** The first time strictly after the instant; a whole minute. */
    public Instant next(Instant after) {
        return type == IntervalType.HOURLY ? nextHourly(after) : nextByCalendar(after);
    }

    /**
     * The times from one on up to an instant, both included; counts no further than {@code most}.
     *
     * @param first a time of this schedule, not after {@code until}
     */
    Slots slots(Instant first, Instant until, int most) {
        int count = 1;
        Instant last = first;
        for (Instant time = next(first); !time.isAfter(until) && count < most; time = next(time)) {
            count++;
            last = time;
        }
        return new Slots(count, last);
    }

    private Instant nextHourly(Instant after) {
        ZoneRules rules = zone.getRules();
        Instant from = after;
        while (true) {
            Instant time = nextMinute(from, rules.getOffset(from));
            @Nullable ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || time.isBefore(change.getInstant())) {
                return time;
            }
            Instant changed = change.getInstant();
            boolean skipped = change.isGap()
                    && change.getDuration().compareTo(HOUR) < 0
                    && LocalDateTime.ofInstant(time, change.getOffsetBefore()).isBefore(change.getDateTimeAfter());
            if (skipped || change.getDateTimeAfter().getMinute() == minute) {
                return changed;
            }
            from = changed;
        }
    }

    /** The first instant after the given one at which clocks with this offset show the minute. */
    private Instant nextMinute(Instant after, ZoneOffset offset) {
        LocalDateTime local = LocalDateTime.ofInstant(after, offset);
        LocalDateTime time = local.toLocalDate().atTime(local.getHour(), minute);
        return (time.isAfter(local) ? time : time.plusHours(1)).toInstant(offset);
    }

    private Instant nextByCalendar(Instant after) {
        LocalDate date = first(LocalDate.ofInstant(after, zone).minusDays(DAYS_BACK));
        while (true) {
            Instant time = instant(date.atTime(LocalTime.of(hour, minute)));
            if (time.isAfter(after)) {
                return time;
            }
            date = following(date);
        }
    }

    private LocalDate first(LocalDate earliest) {
        return switch (type) {
            case WEEKLY -> earliest.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY.plus(day - 1L)));
            case MONTHLY -> YearMonth.from(earliest).atDay(day);
            case HOURLY, DAILY -> earliest;
        };
    }

    private LocalDate following(LocalDate date) {
        return switch (type) {
            case WEEKLY -> date.plusWeeks(1);
            case MONTHLY -> date.plusMonths(1);
            case HOURLY, DAILY -> date.plusDays(1);
        };
    }

    private Instant instant(LocalDateTime local) {
        @Nullable ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        ZoneOffset offset = change == null ? zone.getRules().getOffset(local) : change.getOffsetBefore();
        return local.toInstant(offset);
    }

    private static ZoneId zone(String timezone) {
        if (!ZONES.contains(timezone)) {
            throw refused(
                    "timezone",
                    timezone,
                    "is no time zone of the IANA database; allowed are names such as Europe/Berlin, America/New_York and UTC");
        }
        return ZoneId.of(timezone);
    }

    private static int number(String schedule, String[] parts, int index, String what, int least, int most) {
        int number = Integer.parseInt(parts[index]);
        if (number < least || number > most) {
            throw refused(
                    "schedule", schedule, "has the " + what + " " + number + ", allowed are " + least + " to " + most);
        }
        return number;
    }

    private static String example(IntervalType type) {
        return switch (type) {
            case HOURLY -> ", such as 15 for a quarter past every hour";
            case DAILY -> ", such as 30:02 for half past two every night";
            case WEEKLY -> ", such as 30:02:1 for half past two on Sundays";
            case MONTHLY -> ", such as 30:02:15 for half past two on each 15th";
        };
    }

    private static ProviderException refused(String parameter, String value, String problem) {
        String shown = value.length() <= LONGEST_ECHO ? value : value.substring(0, LONGEST_ECHO) + "...";
        return new ProviderException(
                ErrorKind.USER, parameter, "Parameter " + parameter + ": '" + shown + "' " + problem);
    }

    /** So many times, and the last of them. */
    record Slots(int count, Instant last) {}
}
