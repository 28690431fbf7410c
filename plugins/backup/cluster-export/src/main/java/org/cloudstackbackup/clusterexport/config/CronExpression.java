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
import java.util.List;
import java.util.Locale;

/**
 * A schedule as of cron, in UTC: minute, hour, day of month, month, day of week; {@code * a a-b a,b *}{@code /n a-b/n a/n}. Months and weekdays may be
 * names of three letters; Sunday is 0 and 7. Immutable.
 */
public final class CronExpression {
    /** So far apart are the 29ths of February that are a certain weekday, where a century's end is between them. */
    private static final int LONGEST_SEARCH_DAYS = 366 * 41;

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final int SUNDAY_AT_THE_END = 7;
    private static final String VALUE = "(\\d{1,2}|[A-Za-z]{3})";

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private CronExpression(String[] fields) {
        minutes = field(fields[0], 0, 59, List.of());
        hours = field(fields[1], 0, 23, List.of());
        days = field(fields[2], 1, 31, List.of());
        months = field(fields[3], 1, 12, MONTHS);
        weekdays = field(fields[4], 0, SUNDAY_AT_THE_END, WEEKDAYS);
        if (weekdays.get(SUNDAY_AT_THE_END)) {
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

    private static BitSet field(String text, int least, int most, List<String> names) {
        BitSet set = new BitSet(most + 1);
        for (String part : text.split(",", -1)) {
            if (!part.matches("(\\*|" + VALUE + "(-" + VALUE + ")?)(/\\d{1,2})?")) {
                throw new IllegalArgumentException("'" + text + "' is no field of a schedule");
            }
            String[] rangeAndStep = part.split("/", -1);
            boolean stepped = rangeAndStep.length > 1;
            int step = stepped ? Integer.parseInt(rangeAndStep[1]) : 1;
            if (step < 1) {
                throw new IllegalArgumentException("the step in '" + text + "' is not at least 1");
            }
            int from = least;
            int to = most;
            if (!rangeAndStep[0].equals("*")) {
                String[] range = rangeAndStep[0].split("-", -1);
                from = value(range[0], least, names);
                to = range.length > 1 ? end(range[1], from, least, names) : stepped ? most : from;
            }
            if (from < least || to > most || from > to) {
                throw new IllegalArgumentException("'" + text + "' is not between " + least + " and " + most);
            }
            for (int value = from; value <= to; value += step) {
                set.set(value);
            }
        }
        return set;
    }

    private static int value(String text, int least, List<String> names) {
        if (Character.isDigit(text.charAt(0))) {
            return Integer.parseInt(text);
        }
        int index = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException("'" + text + "' is no name in this field of a schedule");
        }
        return least + index;
    }

    /** The end of a range; Sunday by name ends a week that begins before it. */
    private static int end(String text, int from, int least, List<String> names) {
        boolean sunday = names.equals(WEEKDAYS) && text.equalsIgnoreCase(WEEKDAYS.get(0)) && from > 0;
        return sunday ? SUNDAY_AT_THE_END : value(text, least, names);
    }
}
