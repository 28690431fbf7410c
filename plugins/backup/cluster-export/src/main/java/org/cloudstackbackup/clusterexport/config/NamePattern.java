/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import java.util.regex.Pattern;

/** A name, or a glob of names: {@code *} is any text, {@code ?} one character, {@code [abc]} and {@code [!abc]} one of a set. */
public final class NamePattern {
    private final String text;
    private final boolean glob;
    private final Pattern pattern;

    private NamePattern(String text, boolean glob, Pattern pattern) {
        this.text = text;
        this.glob = glob;
        this.pattern = pattern;
    }

    /** Reads a pattern of namespaces; refuses what no namespace can be called. */
    public static NamePattern parse(String text) {
        if (!text.matches("[-a-z0-9*?!\\[\\]]{1,253}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no name of a namespace (small letters, digits, -) and no pattern (*, ?, [abc])");
        }
        StringBuilder regex = new StringBuilder();
        boolean inSet = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '[' && !inSet) {
                inSet = true;
                regex.append('[');
                if (i + 1 < text.length() && text.charAt(i + 1) == '!') {
                    regex.append('^');
                    i++;
                }
            } else if (c == ']' && inSet) {
                inSet = false;
                regex.append(']');
            } else if (inSet) {
                regex.append(c);
            } else {
                regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return new NamePattern(text, text.matches(".*[*?\\[\\]].*"), Pattern.compile(regex.toString()));
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no pattern: " + e.getDescription(), e);
        }
    }

    public boolean matches(String name) {
        return glob ? pattern.matcher(name).matches() : text.equals(name);
    }

    /** Whether it can stand for more than the one name it spells. */
    public boolean isGlob() {
        return glob;
    }

    @Override
    public String toString() {
        return text;
    }
}
