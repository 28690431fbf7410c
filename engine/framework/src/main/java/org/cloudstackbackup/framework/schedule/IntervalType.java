/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/** How often a schedule comes round. Stored by {@link #number()}, shown by name. */
public enum IntervalType {
    HOURLY(0, "MM"),
    DAILY(1, "MM:HH"),
    WEEKLY(2, "MM:HH:D"),
    MONTHLY(3, "MM:HH:D");

    private final int number;
    private final String form;

    IntervalType(int number, String form) {
        this.number = number;
        this.form = form;
    }

    /** CloudStack's number. */
    public int number() {
        return number;
    }

    /** How the times of such a schedule are written. */
    String form() {
        return form;
    }

    /** @throws IllegalArgumentException for a number that is none of the four */
    public static IntervalType ofNumber(int number) {
        return Arrays.stream(values())
                .filter(type -> type.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no interval type " + number));
    }

    /**
     * The type with that name, ignoring case.
     *
     * @throws ProviderException {@code USER} when there is none
     */
    public static IntervalType parse(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.USER,
                        "intervaltype",
                        "Parameter intervaltype: '" + name + "' is not one of "
                                + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
