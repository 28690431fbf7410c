/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup.wire;

import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the server, such as 2.10.0; what it knows is what had come up to it. */
public record Line(int major, int minor, int patch) implements Comparable<Line> {
    /** The oldest and the newest line that can be imitated. */
    public static final Line OLDEST = new Line(2, 8, 3);

    public static final Line NEWEST = new Line(3, 1, 1);

    private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");
    /** The patch that stands for a line when none is said: the last one in which fields came. */
    private static final Map<String, Integer> PATCHES = Map.of("2.8", 4, "3.1", 1);

    /**
     * Reads the line to imitate.
     *
     * @throws IllegalArgumentException when the text is no version that can be imitated
     */
    public static Line imitated(String text) {
        Line line = parse(text, PATCHES.getOrDefault(text, 0));
        if (line.compareTo(OLDEST) < 0 || line.major > NEWEST.major || line.compareTo(new Line(3, 1, 99)) > 0) {
            throw new IllegalArgumentException(
                    "The dialect is one of 2.8 (2.8.3, 2.8.4), 2.9, 2.10, 2.11, 3.0, 3.1, not " + text);
        }
        return line;
    }

    static Line since(String text) {
        return parse(text, 0);
    }

    private static Line parse(String text, int patch) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("A version is written like 2.10 or 2.8.4, not " + text);
        }
        int told = form.group(3) == null ? patch : Integer.parseInt(form.group(3));
        return new Line(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), told);
    }

    /** True when what came with the version is there. */
    public boolean has(int sinceMajor, int sinceMinor) {
        return knows(new Line(sinceMajor, sinceMinor, 0));
    }

    boolean knows(Line since) {
        return compareTo(since) >= 0;
    }

    @Override
    public int compareTo(Line other) {
        return Comparator.comparingInt(Line::major)
                .thenComparingInt(Line::minor)
                .thenComparingInt(Line::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
