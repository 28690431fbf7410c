/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;

/** A label selector in Kubernetes' language: a=b, a!=b, a in (b, c), a notin (b), a, !a; commas mean and. */
final class Selector {
    private static final Pattern SETS = Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
    private static final Pattern EQUALS = Pattern.compile("\\s*([^=!\\s]+)\\s*(=|==|!=)\\s*([^=!\\s]*)\\s*");
    private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*([\\w./-]+)\\s*");
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    private final List<Predicate<Map<String, String>>> parts = new ArrayList<>();

    /** @throws ApiFailure 400 when the text is no selector */
    static Selector of(String text) {
        Selector selector = new Selector();
        if (!text.isBlank()) {
            for (String part : COMMA.split(text, -1)) {
                selector.parts.add(part(part));
            }
        }
        return selector;
    }

    static Selector of(Map<String, String> labels) {
        Selector selector = new Selector();
        labels.forEach((key, value) -> selector.parts.add(all -> value.equals(all.get(key))));
        return selector;
    }

    boolean matches(Map<String, String> labels) {
        return parts.stream().allMatch(part -> part.test(labels));
    }

    private static Predicate<Map<String, String>> part(String text) {
        Matcher sets = SETS.matcher(text);
        if (sets.matches()) {
            String key = sets.group(1);
            Set<String> values =
                    Arrays.stream(sets.group(3).split(",")).map(String::strip).collect(Collectors.toSet());
            boolean within = sets.group(2).equals("in");
            return labels -> within == (labels.containsKey(key) && values.contains(labels.get(key)));
        }
        Matcher equals = EQUALS.matcher(text);
        if (equals.matches()) {
            String key = equals.group(1);
            boolean same = !equals.group(2).equals("!=");
            String value = equals.group(3);
            return labels -> same == value.equals(labels.get(key));
        }
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            boolean there = exists.group(1).isEmpty();
            String key = exists.group(2);
            return labels -> there == labels.containsKey(key);
        }
        throw ApiFailure.invalid("unable to parse label selector: \"" + text + "\"");
    }
}
