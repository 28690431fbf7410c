/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the recorded list: one block a type, a blank line between blocks, {@code #} for comments. */
final class SignatureList {
    private static final Pattern TYPE = Pattern.compile(
            "((?:abstract )?class|interface|enum|@interface) (\\S+)(?: extends (\\S+))?(?: implements (.+))?");
    private static final String MODIFIERS = "((?:(?:protected|static|final|abstract) )*)";
    private static final Pattern FIELD = Pattern.compile("  field " + MODIFIERS + "(\\S+) (\\S+)(?: = (.*))?");
    private static final Pattern METHOD = Pattern.compile(
            "  method " + MODIFIERS + "([^ (]+)(\\(\\S*\\)\\S+)(?:  generic (\\S+))?(?:  default (.*))?");

    private SignatureList() {}

    /**
     * The types by binary name.
     *
     * @throws IllegalArgumentException for a line that is none of the list's, which it quotes
     */
    static Map<String, TypeSignature> parse(String text) {
        Map<String, TypeSignature> types = new HashMap<>();
        List<String> block = new ArrayList<>();
        for (String line : (text + "\n\n").split("\n", -1)) {
            if (line.startsWith("#")) {
                continue;
            }
            if (!line.isEmpty()) {
                block.add(line);
            } else if (!block.isEmpty()) {
                TypeSignature type = type(block);
                types.put(type.name(), type);
                block.clear();
            }
        }
        return types;
    }

    private static TypeSignature type(List<String> block) {
        Matcher header = match(TYPE, block.get(0));
        Map<String, MemberSignature> members = new HashMap<>();
        for (String line : block.subList(1, block.size())) {
            MemberSignature member = line.startsWith("  field ") ? field(line) : method(line);
            members.put(member.key(), member);
        }
        String superclass = header.group(3) == null ? "java.lang.Object" : header.group(3);
        Set<String> interfaces =
                header.group(4) == null ? Set.of() : Set.of(header.group(4).split(", "));
        return new TypeSignature(header.group(1), header.group(2), superclass, interfaces, members);
    }

    private static MemberSignature field(String line) {
        Matcher field = match(FIELD, line);
        return new MemberSignature(
                "field " + field.group(2), field.group(3), modifiers(field.group(1)), field.group(4), null, null);
    }

    private static MemberSignature method(String line) {
        Matcher method = match(METHOD, line);
        return new MemberSignature(
                "method " + method.group(2) + method.group(3),
                method.group(3),
                modifiers(method.group(1)),
                null,
                method.group(4),
                method.group(5));
    }

    private static Set<String> modifiers(String words) {
        return words.isEmpty() ? Set.of() : new HashSet<>(List.of(words.trim().split(" ")));
    }

    private static Matcher match(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a line of the list of signatures: " + line);
        }
        return matcher;
    }
}
