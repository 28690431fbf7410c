/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;

/** A schedule as of cron, in UTC: minute, hour, day of month, month, day of week; {@code * a-b a,b *}{@code /n}. */
public final class CronExpression {
    private static final int LONGEST_SEARCH_DAYS = 366 * 8;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private CronExpression(String[] fields) {
        minutes = field(fields[0], 0, 59);
        hours = field(fields[1], 0, 23);
        days = field(fields[2], 1, 31);
        months = field(fields[3], 1, 12);
        weekdays = field(fields[4], 0, 7);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        anyDay = fields[2].startsWith("*");
        anyWeekday = fields[4].startsWith("*");
    }

    /** Reads five fields. */
    public static CronExpression parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("a schedule has five fields: minute hour day month weekday");
        }
        CronExpression expression = new CronExpression(fields);
        try {
            expression.next(Instant.EPOCH);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("no day ever fits '" + text.strip() + "'", e);
        }
        return expression;
    }

    /** The first whole minute after the given time that fits. */
    public Instant next(Instant after) {
        ZonedDateTime time =
                after.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime end = time.plusDays(LONGEST_SEARCH_DAYS);
        while (time.isBefore(end)) {
            if (!fitsDay(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return time.toInstant();
            }
        }
        throw new IllegalStateException("No time fits the schedule");
    }

    private boolean fitsDay(ZonedDateTime time) {
        if (!months.get(time.getMonthValue())) {
            return false;
        }
        boolean day = days.get(time.getDayOfMonth());
        boolean weekday = weekdays.get(time.getDayOfWeek().getValue() % 7);
        // As in cron: where both days are restricted, either suffices.
        return anyDay || anyWeekday ? day && weekday : day || weekday;
    }

    private static BitSet field(String text, int least, int most) {
        BitSet set = new BitSet(most + 1);
        for (String part : text.split(",", -1)) {
            if (!part.matches("(\\*|\\d{1,2}(-\\d{1,2})?)(/\\d{1,2})?")) {
                throw new IllegalArgumentException("'" + text + "' is no field of a schedule");
            }
            String[] rangeAndStep = part.split("/", -1);
            String[] range = rangeAndStep[0].equals("*")
                    ? new String[] {String.valueOf(least), String.valueOf(most)}
                    : rangeAndStep[0].split("-", -1);
            int from = Integer.parseInt(range[0]);
            int to = range.length > 1 ? Integer.parseInt(range[1]) : rangeAndStep.length > 1 ? most : from;
            int step = rangeAndStep.length > 1 ? Integer.parseInt(rangeAndStep[1]) : 1;
            if (from < least || to > most || from > to || step < 1) {
                throw new IllegalArgumentException("'" + text + "' is not between " + least + " and " + most);
            }
            for (int value = from; value <= to; value += step) {
                set.set(value);
            }
        }
        return set;
    }
}
