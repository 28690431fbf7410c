/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One setting: its name, type, default and meaning. Used by drivers and by the framework alike.
 *
 * @param key full dotted name, such as {@code backup.plugin.dummy.delay}
 * @param type decides which values are accepted
 * @param defaultValue a value the type accepts; may be empty for {@code STRING} and {@code SECRET}
 * @param description one sentence, with the unit of numbers
 * @param scope where a value can be set
 * @param dynamic whether a change takes effect without a restart
 * @param options the only accepted values of a {@code SELECT}; otherwise empty
 */
public record SettingDefinition(
        String key,
        Type type,
        String defaultValue,
        String description,
        Scope scope,
        boolean dynamic,
        List<String> options) {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)+");

    /** What Double.parseDouble accepts is more than a number to people: {@code 0.5f}, {@code 0x1p-1}, {@code NaN}. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?([eE]-?[0-9]{1,3})?");

    private static final String NO_URL =
            "the value is not an http or https URL with a host, without user, password and fragment";

    /** Stricter than mail itself: no quotes, no comments, nothing that could end a header. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,20}"
                    + "@[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,62})){0,20}");

    public SettingDefinition {
        requireNonNull(key, "key is null");
        requireNonNull(type, "type is null");
        requireNonNull(defaultValue, "defaultValue is null");
        requireNonNull(description, "description is null");
        requireNonNull(scope, "scope is null");
        options = List.copyOf(options);
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("Setting key '" + key + "' is not a dotted name");
        }
        problemOf(type, options, defaultValue).ifPresent(problem -> {
            throw new IllegalArgumentException("Default of setting " + key + ": " + problem);
        });
    }

    /** A dynamic setting with a global default and an override per zone. */
    public static SettingDefinition perZone(String key, Type type, String defaultValue, String description) {
        return new SettingDefinition(key, type, defaultValue, description, Scope.ZONE, true, List.of());
    }

    /** A dynamic setting with one value for the whole installation. */
    public static SettingDefinition global(String key, Type type, String defaultValue, String description) {
        return new SettingDefinition(key, type, defaultValue, description, Scope.GLOBAL, true, List.of());
    }

    /** Why the value is not acceptable, as half a sentence that says what is allowed; empty when it is. */
    public Optional<String> problemOf(String value) {
        return problemOf(type, options, value);
    }

    /** Whether the value must be masked wherever it is shown. */
    public boolean isSecret() {
        return type == Type.SECRET;
    }

    private static Optional<String> problemOf(Type type, List<String> options, String value) {
        return switch (type) {
            case STRING, SECRET ->
                value.length() <= 4096
                        ? Optional.empty()
                        : Optional.of("the value has " + value.length() + " characters, at most 4096 are allowed");
            case BOOLEAN ->
                value.equals("true") || value.equals("false")
                        ? Optional.empty()
                        : Optional.of("'" + value + "' is not a boolean, allowed are true and false");
            case INTEGER -> numberProblem(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> numberProblem(value, Long.MIN_VALUE, Long.MAX_VALUE);
            case SECONDS -> numberProblem(value, 0, Integer.MAX_VALUE);
            case FRACTION -> fractionProblem(value);
            case SELECT ->
                options.contains(value)
                        ? Optional.empty()
                        : Optional.of("'" + value + "' is not one of " + String.join(", ", options));
            case POSITIVE -> numberProblem(value, 1, Integer.MAX_VALUE);
            case NOT_NEGATIVE -> numberProblem(value, 0, Integer.MAX_VALUE);
            case PORT -> numberProblem(value, 1, 65535);
            case URL -> urlProblem(value);
            case MAIL_ADDRESSES -> addressesProblem(value);
        };
    }

    private static Optional<String> numberProblem(String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return Optional.empty();
            }
        } catch (NumberFormatException e) {
            // The sentence below tells the user all that this exception knows.
            return Optional.of("'" + value + "' is not a whole number from " + least + " to " + most);
        }
        return Optional.of("'" + value + "' is not a whole number from " + least + " to " + most);
    }

    private static Optional<String> fractionProblem(String value) {
        boolean accepted = DECIMAL.matcher(value).matches() && Double.parseDouble(value) <= 1;
        return accepted ? Optional.empty() : Optional.of("'" + value + "' is not a number from 0 to 1");
    }

    /** The value is not repeated: a URL with a password in it is among those that are refused. */
    private static Optional<String> urlProblem(String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = new URI(value);
            boolean accepted = value.length() <= 2048
                    && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() != 0
                    && url.getPort() <= 65535;
            return accepted ? Optional.empty() : Optional.of(NO_URL);
        } catch (URISyntaxException e) {
            return Optional.of(NO_URL);
        }
    }

    private static Optional<String> addressesProblem(String value) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        if (value.length() > 4096) {
            return Optional.of("the value has " + value.length() + " characters, at most 4096 are allowed");
        }
        for (String address : value.split(",", -1)) {
            String bare = address.strip();
            if (bare.length() > 254 || !ADDRESS.matcher(bare).matches()) {
                return Optional.of("'" + bare + "' is not a mail address such as ops@example.org");
            }
        }
        return Optional.empty();
    }

    /** Where a value can be set. */
    public enum Scope {
        GLOBAL,
        /** A global default, and a value of its own for any zone. */
        ZONE
    }

    /** Which values are accepted. */
    public enum Type {
        STRING,
        /** A string that is masked wherever it is shown. */
        SECRET,
        BOOLEAN,
        INTEGER,
        LONG,
        /** A whole number of seconds, not negative. */
        SECONDS,
        /** A number from 0 to 1. */
        FRACTION,
        /** One of the definition's options. */
        SELECT,
        /** A whole number, at least 1. */
        POSITIVE,
        /** A whole number, at least 0. */
        NOT_NEGATIVE,
        /** The number of a TCP port. */
        PORT,
        /** An {@code http} or {@code https} URL with a host and without user, password and fragment; or empty. */
        URL,
        /** Bare mail addresses such as {@code ops@example.org}, separated by commas; or empty. */
        MAIL_ADDRESSES
    }
}
