/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** What people may be, and things may be named. Every refusal says which parameter, and what is allowed. */
final class Names {
    private static final int LONGEST = 255;
    private static final int LONGEST_ACCOUNT = 100;
    private static final int LONGEST_TIMEZONE = 30;

    private Names() {}

    static String domain(String parameter, String value) {
        String name = text(parameter, value, LONGEST);
        if (name.indexOf('/') >= 0) {
            throw refuse(parameter, "must not have a / in it: that separates domains in a path");
        }
        return name;
    }

    static String account(String parameter, String value) {
        return text(parameter, value, LONGEST_ACCOUNT);
    }

    /** A user's name and other short texts, without blanks at the ends. */
    static String text(String parameter, String value) {
        return text(parameter, value, LONGEST);
    }

    static @Nullable String optional(String parameter, @Nullable String value) {
        return value == null || value.isBlank() ? null : text(parameter, value, LONGEST);
    }

    static String password(String parameter, String value) {
        if (value.isBlank()) {
            throw refuse(parameter, "must not be empty");
        }
        return value;
    }

    static @Nullable String timezone(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String name = text("timezone", value, LONGEST_TIMEZONE);
        try {
            ZoneId.of(name, ZoneId.SHORT_IDS);
            return name;
        } catch (DateTimeException e) {
            throw new ProviderException(
                    ErrorKind.USER,
                    "timezone",
                    "Parameter timezone: '" + name + "' is no known time zone; allowed are names such as Europe/Berlin",
                    e);
        }
    }

    /** A uuid that the caller chose, in its usual form. */
    static String uuid(String parameter, String value) {
        try {
            return UUID.fromString(value).toString().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new ProviderException(
                    ErrorKind.USER,
                    parameter,
                    "Parameter " + parameter + ": must be a uuid such as " + new UUID(0, 1),
                    e);
        }
    }

    private static String text(String parameter, String value, int longest) {
        String name = value.strip();
        if (name.isEmpty()) {
            throw refuse(parameter, "must not be empty");
        }
        if (name.length() > longest) {
            throw refuse(parameter, "has " + name.length() + " characters; allowed are " + longest);
        }
        if (name.codePoints().anyMatch(Names::isInvisible)) {
            throw refuse(parameter, "must not have control characters or other invisible ones in it");
        }
        return name;
    }

    /** Such characters break lines in logs and make two names look the same. */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    static ProviderException refuse(String parameter, String reason) {
        return new ProviderException(ErrorKind.USER, parameter, "Parameter " + parameter + ": " + reason);
    }
}
