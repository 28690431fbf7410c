/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A selector with Kubernetes' full grammar: {@code k=v}, {@code k==v}, {@code k!=v}, {@code k in (a,b)}, {@code k notin (a,b)}, {@code k},
 * {@code !k}, joined by commas that mean "and". As in Kubernetes, {@code !=} and {@code notin} also match objects without the key.
 */
public final class Selector {
    private static final String KEY =
            "(?:[A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?";
    private static final Pattern SET = Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("(" + KEY + ")\\s*(==|=|!=)\\s*(.*)", Pattern.DOTALL);
    private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*(" + KEY + ")");
    private static final Pattern LABEL_VALUE = Pattern.compile("(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private final String text;
    private final List<Requirement> requirements;

    private record Requirement(String key, boolean keyNeeded, boolean negated, Set<String> values, boolean anyValue) {
        boolean matches(Map<String, ?> marks) {
            Object value = marks.get(key);
            if (value == null) {
                return !keyNeeded;
            }
            if (anyValue) {
                return !negated;
            }
            return values.contains(value.toString()) != negated;
        }
    }

    private Selector(String text, List<Requirement> requirements) {
        this.text = text;
        this.requirements = List.copyOf(requirements);
    }

    /** A selector of labels, whose values Kubernetes restricts. */
    public static Selector ofLabels(String text) {
        Selector selector = parse(text);
        for (Requirement requirement : selector.requirements) {
            for (String value : requirement.values()) {
                if (!LABEL_VALUE.matcher(value).matches()) {
                    throw new IllegalArgumentException("'" + value + "' cannot be the value of a label");
                }
            }
        }
        return selector;
    }

    /** A selector of annotations, whose values may be any text without comma and parentheses. */
    public static Selector ofAnnotations(String text) {
        return parse(text);
    }

    /** Whether labels or annotations satisfy every requirement. */
    public boolean matches(Map<String, ?> marks) {
        return requirements.stream().allMatch(requirement -> requirement.matches(marks));
    }

    /** Whether everything matches. */
    public boolean isEmpty() {
        return requirements.isEmpty();
    }

    /** The selector as it was written, which is also how the API server takes it. */
    @Override
    public String toString() {
        return text;
    }

    private static Selector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        if (!text.isBlank()) {
            for (String part : parts(text)) {
                requirements.add(requirement(part.strip()));
            }
        }
        return new Selector(text.strip(), requirements);
    }

    /** Splits at commas outside of parentheses. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Requirement requirement(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            boolean in = set.group(2).equals("in");
            return new Requirement(set.group(1), in, !in, values(set.group(3)), false);
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            boolean equal = !equality.group(2).equals("!=");
            return new Requirement(
                    equality.group(1), equal, !equal, Set.of(equality.group(3).strip()), false);
        }
        Matcher existence = EXISTENCE.matcher(part);
        if (existence.matches()) {
            boolean exists = existence.group(1).isEmpty();
            return new Requirement(existence.group(2), exists, !exists, Set.of(), true);
        }
        throw new IllegalArgumentException(
                "'" + part + "' is none of k=v, k==v, k!=v, k in (a,b), k notin (a,b), k and !k");
    }

    private static Set<String> values(String list) {
        Set<String> values = new LinkedHashSet<>();
        for (String value : list.split(",", -1)) {
            values.add(value.strip());
        }
        return values;
    }
}
