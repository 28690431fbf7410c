/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.List;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** Checks what admins enter into the catalog; failures are {@code USER} and name the parameter and what is allowed. */
final class CatalogValues {
    private static final int LONGEST_NAME = 255;

    private CatalogValues() {}

    /**
     * A name that can be shown, stored, and put into a path by a product without leaving its directory.
     *
     * @return the name without blanks around it
     */
    static String name(String parameter, String value) {
        String name = value.strip();
        boolean path = name.contains("/") || name.contains("\\") || name.contains("..");
        if (path || !isText(name, LONGEST_NAME)) {
            throw refused(
                    parameter,
                    "Parameter " + parameter + " must have 1 to " + LONGEST_NAME
                            + " characters, not all blank, no control characters, and none of /, \\ and ..");
        }
        return name;
    }

    /** A description; null stays null. */
    static @Nullable String text(String parameter, @Nullable String value, int longest) {
        if (value != null && !isText(value, longest)) {
            throw refused(
                    parameter,
                    "Parameter " + parameter + " must have 1 to " + longest
                            + " characters, not all blank and no control characters");
        }
        return value;
    }

    static long number(String parameter, long value, long least, long most) {
        if (value < least || value > most) {
            throw refused(
                    parameter,
                    "Parameter " + parameter + " must be a number from " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    /** One of the words, as it is written here, from the same in any case. */
    static String word(String parameter, String value, List<String> allowed) {
        return allowed.stream()
                .filter(word -> word.equalsIgnoreCase(value.strip()))
                .findFirst()
                .orElseThrow(() ->
                        refused(parameter, "Parameter " + parameter + " must be one of " + String.join(", ", allowed)));
    }

    static ProviderException refused(String subject, String message) {
        return new ProviderException(ErrorKind.USER, subject, message);
    }

    static ProviderException conflict(String subject, String message) {
        return new ProviderException(ErrorKind.CONFLICT, subject, message);
    }

    private static boolean isText(String value, int longest) {
        return !value.isBlank() && value.length() <= longest && value.chars().noneMatch(Character::isISOControl);
    }
}
