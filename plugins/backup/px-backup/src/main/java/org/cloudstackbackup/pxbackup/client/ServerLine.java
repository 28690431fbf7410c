/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.jspecify.annotations.Nullable;

/** The version of a server, such as 2.10.0; it decides which calls and fields there are. */
public record ServerLine(int major, int minor, int patch) implements Comparable<ServerLine> {
    /** The oldest that is spoken. */
    public static final ServerLine OLDEST = new ServerLine(2, 8, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\.(\\d{1,4}))?");
    private static final Pattern DIGITS = Pattern.compile("(\\d{1,4}).*");

    /** Reads 2, 2.9 or 2.8.4. */
    static ServerLine of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("No version: " + text);
        }
        return new ServerLine(number(form.group(1)), number(form.group(2)), number(form.group(3)));
    }

    static ServerLine of(Version version, String told) {
        if (version.major() == null || !DIGITS.matcher(version.major()).matches()) {
            throw new PxBackupException(Reason.MALFORMED, told + " tells no version; is it PX-Backup?", null);
        }
        return new ServerLine(part(version.major()), part(version.minor()), part(version.patch()));
    }

    private static int part(@Nullable String text) {
        Matcher digits = DIGITS.matcher(text == null ? "" : text);
        return digits.matches() ? Integer.parseInt(digits.group(1)) : 0;
    }

    private static int number(@Nullable String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    public boolean has(ServerLine since) {
        return compareTo(since) >= 0;
    }

    public boolean has(int sinceMajor, int sinceMinor) {
        return has(new ServerLine(sinceMajor, sinceMinor, 0));
    }

    /** Refuses with a sentence what this line lacks. */
    void require(String what, String since) {
        if (!has(of(since))) {
            throw PxBackupException.unsupported(
                    what + " needs PX-Backup " + since + " or newer; this server is " + this);
        }
    }

    @Override
    public int compareTo(ServerLine other) {
        return Comparator.comparingInt(ServerLine::major)
                .thenComparingInt(ServerLine::minor)
                .thenComparingInt(ServerLine::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
