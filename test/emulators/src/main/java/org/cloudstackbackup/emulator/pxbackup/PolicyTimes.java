/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;

/** When the kinds of a schedule policy are due; times of day are those of the cluster's zone. */
final class PolicyTimes {
    /** In the order in which kinds that are due together run. */
    static final List<String> KINDS = List.of("interval", "daily", "weekly", "monthly");

    private static final DateTimeFormatter KITCHEN = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("h:mma")
            .toFormatter(Locale.US);
    private static final int FOUR_YEARS_OF_DAYS = 1500;

    private PolicyTimes() {}

    /** @throws ApiFailure 400 when the policy cannot be understood */
    static void check(JsonObject policy) {
        List<String> kinds = kinds(policy);
        if (kinds.isEmpty()) {
            throw ApiFailure.invalid("schedule policy needs an interval, daily, weekly or monthly policy");
        }
        for (String kind : kinds) {
            JsonObject part = part(policy, kind);
            if (kind.equals("interval")) {
                if (Tree.number(part, "minutes") < 1) {
                    throw ApiFailure.invalid("interval minutes must be at least 1");
                }
            } else {
                time(part);
            }
            if (kind.equals("weekly")) {
                days(Tree.text(part, "day"));
            }
            if (kind.equals("monthly") && !Tree.has(policy, "monthly.relative_monthly_policy")) {
                long date = Tree.number(part, "date");
                if (date < 1 || date > 31) {
                    throw ApiFailure.invalid("monthly date must be 1 to 31");
                }
            }
            if (Tree.flag(policy, "for_object_lock") && !kind.equals("interval") && !kind.equals("daily")) {
                throw ApiFailure.invalid("object lock policies support interval and daily only");
            }
        }
    }

    static List<String> kinds(JsonObject policy) {
        return KINDS.stream().filter(policy::has).toList();
    }

    /** How many successful backups of the kind are kept. */
    static long retain(JsonObject policy, String kind) {
        long told = Tree.number(part(policy, kind), "retain");
        if (told > 0) {
            return told;
        }
        return switch (kind) {
            case "weekly" -> 5;
            case "monthly" -> 12;
            default -> 10;
        };
    }

    static long incrementals(JsonObject policy, String kind) {
        return Tree.flag(policy, "for_object_lock") ? 5 : Tree.number(part(policy, kind), "incremental_count.count");
    }

    /** How many days a bucket must keep objects for the policy: one, all increments, and one more. */
    static long lockDays(JsonObject policy, String kind) {
        return Tree.flag(policy, "for_object_lock") ? 1 + incrementals(policy, kind) + 1 : 0;
    }

    /** The first time after another at which a daily, weekly or monthly policy is due. */
    static Optional<Instant> next(JsonObject policy, String kind, ZoneId zone, Instant created, Instant after) {
        JsonObject part = part(policy, kind);
        LocalTime time = time(part);
        LocalDate day = after.atZone(zone).toLocalDate();
        LocalDate first = created.atZone(zone).toLocalDate();
        for (int i = 0; i < FOUR_YEARS_OF_DAYS; i++, day = day.plusDays(1)) {
            if (isDue(policy, kind, first, day)) {
                Instant due = ZonedDateTime.of(day, time, zone).toInstant();
                if (due.isAfter(after)) {
                    return Optional.of(due);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isDue(JsonObject policy, String kind, LocalDate first, LocalDate day) {
        JsonObject part = part(policy, kind);
        return switch (kind) {
            case "daily" -> true;
            case "weekly" ->
                days(Tree.text(part, "day")).contains(day.getDayOfWeek())
                        && (!Tree.flag(part, "bi_weekly") || weeks(first, day) % 2 == 0);
            default -> isMonthlyDue(policy, part, day);
        };
    }

    private static boolean isMonthlyDue(JsonObject policy, JsonObject part, LocalDate day) {
        if (Tree.has(policy, "monthly.relative_monthly_policy")) {
            DayOfWeek weekday = days(Tree.text(part, "day")).iterator().next();
            int index = List.of("first", "second", "third", "fourth", "last").indexOf(Tree.text(part, "weekly_index"));
            LocalDate due = index == 4
                    ? day.with(TemporalAdjusters.lastInMonth(weekday))
                    : day.with(TemporalAdjusters.dayOfWeekInMonth(index + 1, weekday));
            return due.equals(day);
        }
        String months = Tree.text(part, "months");
        return day.getDayOfMonth() == Tree.number(part, "date")
                && (months.isEmpty() || months(months).contains(day.getMonth()));
    }

    private static long weeks(LocalDate first, LocalDate day) {
        return ChronoUnit.WEEKS.between(
                first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    private static JsonObject part(JsonObject policy, String kind) {
        for (String form : List.of("relative_monthly_policy", "selective_monthly_policy")) {
            if (Tree.has(policy, kind + "." + form)) {
                return Tree.object(policy, kind + "." + form);
            }
        }
        return Tree.object(policy, kind);
    }

    private static LocalTime time(JsonObject part) {
        String text = Tree.text(part, "time").replace(" ", "");
        try {
            return LocalTime.parse(text, KITCHEN);
        } catch (DateTimeParseException e) {
            throw ApiFailure.invalid("invalid time \"" + text + "\", expected like 03:04PM");
        }
    }

    private static Set<DayOfWeek> days(String text) {
        return Arrays.stream(text.split(","))
                .map(each -> named(DayOfWeek.values(), each))
                .collect(Collectors.toSet());
    }

    private static Set<Month> months(String text) {
        return Arrays.stream(text.split(",")).map(PolicyTimes::month).collect(Collectors.toSet());
    }

    private static Month month(String text) {
        try {
            return text.strip().matches("\\d+")
                    ? Month.of(Integer.parseInt(text.strip()))
                    : named(Month.values(), text);
        } catch (DateTimeException e) {
            throw ApiFailure.invalid("invalid month \"" + text + "\"");
        }
    }

    private static <E extends Enum<E>> E named(E[] values, String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        for (E each : values) {
            if (wanted.length() >= 3 && each.name().startsWith(wanted)) {
                return each;
            }
        }
        throw ApiFailure.invalid("invalid day or month \"" + text + "\"");
    }
}
