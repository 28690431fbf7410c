/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values that were given, by setting, and the problems found while reading them.
 *
 * <p>A setting has one name in two spellings: {@code BATCH_SIZE} and {@code batch-size}. The environment wins over the ConfigMap; both spellings
 * in one place with different values are a problem.
 */
final class Given {
    private final Map<String, String> environment;
    private final Map<String, String> configMap;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final boolean whole;

    Given(Map<String, String> environment, Map<String, String> configMap) {
        this(environment, configMap, true);
    }

    private Given(Map<String, String> environment, Map<String, String> configMap, boolean whole) {
        this.environment = Map.copyOf(environment);
        this.configMap = Map.copyOf(configMap);
        this.whole = whole;
    }

    /** Where the ConfigMap cannot be read: nothing is missing then, as it may be in there. */
    static Given ofEnvironmentAlone(Map<String, String> environment) {
        return new Given(environment, Map.of(), false);
    }

    /** The text as it was given, perhaps empty; absent when neither place has it. */
    Optional<String> text(String name) {
        known.add(name);
        String given = in(environment, name, "environment");
        return Optional.ofNullable(given != null ? given : in(configMap, name, "ConfigMap"));
    }

    /** Notes a setting that only the environment can have, as it is read before the ConfigMap. */
    void environmentOnly(String name) {
        known.add(name);
        in(environment, name, "environment");
        if (configMap.containsKey(name) || configMap.containsKey(kebab(name))) {
            problem(name, "is given in the ConfigMap or CONFIG_FILE, but is read from the environment only");
        }
    }

    /** The parsed value, or the default when there is none or it is wrong (then a problem is noted). */
    <T> T value(String name, T defaultValue, Function<String, T> parser) {
        Optional<String> text = text(name).map(String::strip);
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            return parser.apply(text.get());
        } catch (IllegalArgumentException e) {
            problem(name, describe(name, text.get()) + e.getMessage());
            return defaultValue;
        }
    }

    /** The value, which must be there and not empty. */
    String required(String name) {
        String text = text(name).map(String::strip).orElse("");
        if (text.isEmpty()) {
            missing(name, "is required");
        }
        return text;
    }

    /** Notes that a setting is not given. */
    void missing(String name, String text) {
        if (whole || environment.containsKey(name) || environment.containsKey(kebab(name))) {
            problem(name, text);
        }
    }

    boolean flag(String name, boolean defaultValue) {
        return value(name, defaultValue, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it is true or false");
        });
    }

    int number(String name, int defaultValue, int least, int most) {
        return value(name, defaultValue, text -> {
            if (!text.matches("-?\\d{1,9}")) {
                throw new IllegalArgumentException("it is a number from " + least + " to " + most);
            }
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("it is a number from " + least + " to " + most);
            }
            return number;
        });
    }

    Duration duration(String name, Duration defaultValue, Duration least, Duration most) {
        return value(name, defaultValue, text -> {
            Duration duration = DurationText.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("it is from " + plain(least) + " to " + plain(most));
            }
            return duration;
        });
    }

    <E extends Enum<E>> E choice(String name, E defaultValue, Class<E> type) {
        return value(name, defaultValue, text -> {
            List<String> names = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                String label = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
                if (label.equals(text.toLowerCase(Locale.ROOT))) {
                    return constant;
                }
                names.add(label);
            }
            throw new IllegalArgumentException("it is one of " + String.join(", ", names));
        });
    }

    /** Lines and commas separate; what follows {@code #} on a line is a comment. An empty text is an empty list. */
    <T> List<T> list(String name, List<T> defaultValue, Function<String, T> parser) {
        return value(name, defaultValue, text -> {
            List<T> items = new ArrayList<>();
            text.lines()
                    .map(line -> line.replaceFirst("(^|\\s)#.*", ""))
                    .flatMap(line -> java.util.Arrays.stream(line.split(",", -1)))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .forEach(item -> items.add(parser.apply(item)));
            return List.copyOf(items);
        });
    }

    void problem(String name, String text) {
        problems.add(name + " (" + kebab(name) + ") " + text);
    }

    /** Fails with every problem noted so far, and with each key of the ConfigMap that no setting has. */
    void check() {
        for (String key : configMap.keySet()) {
            if (!known.contains(upper(key))) {
                problems.add("'" + key + "' in the ConfigMap is no setting" + nearest(key));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
    }

    private @Nullable String in(Map<String, String> place, String name, String placeName) {
        String upper = place.get(name);
        String kebab = place.get(kebab(name));
        if (upper != null && kebab != null && !upper.strip().equals(kebab.strip())) {
            problem(name, "is given in both spellings in the " + placeName + ", with different values");
        }
        return upper != null ? upper : kebab;
    }

    private String nearest(String key) {
        return known.stream()
                .map(Given::kebab)
                .filter(name -> distance(name, key.toLowerCase(Locale.ROOT)) <= 3)
                .min(java.util.Comparator.comparingInt(name -> distance(name, key.toLowerCase(Locale.ROOT))))
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(cost, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    /** Names the value, unless it could be a secret. */
    private static String describe(String name, String text) {
        boolean secret = name.contains("KEY") || name.contains("TOKEN") || text.contains("@");
        return secret ? "is wrong: " : "is '" + text.replace('\n', ' ') + "', but ";
    }

    static String plain(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String upper(String key) {
        return key.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
