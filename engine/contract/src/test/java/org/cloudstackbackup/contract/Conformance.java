/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is declared with what was recorded. A declaration may leave members out; what it has must be the same, so
 * that code compiled against it links against CloudStack.
 */
final class Conformance {
    private final Map<String, TypeSignature> recorded;

    Conformance(Map<String, TypeSignature> recorded) {
        this.recorded = Map.copyOf(recorded);
    }

    /** One sentence a difference, in a stable order; empty when the declaration conforms. */
    List<String> differences(TypeSignature declared) {
        TypeSignature expected = recorded.get(declared.name());
        if (expected == null) {
            return List.of(declared.name() + " is not in the list");
        }
        List<String> found = new ArrayList<>();
        compare(found, declared.name() + " kind", expected.kind(), declared.kind());
        compare(found, declared.name() + " superclass", expected.superclass(), declared.superclass());
        compare(
                found,
                declared.name() + " interfaces",
                new TreeSet<>(expected.interfaces()),
                new TreeSet<>(declared.interfaces()));
        for (String key : new TreeSet<>(declared.members().keySet())) {
            String subject = declared.name() + " " + key;
            compareMember(
                    found,
                    subject,
                    expected.members().get(key),
                    Objects.requireNonNull(declared.members().get(key)));
        }
        return List.copyOf(found);
    }

    private static void compareMember(
            List<String> found, String subject, @Nullable MemberSignature expected, MemberSignature declared) {
        if (expected == null) {
            found.add(subject + " is not in the list");
            return;
        }
        compare(found, subject + " descriptor", expected.descriptor(), declared.descriptor());
        compare(
                found,
                subject + " modifiers",
                new TreeSet<>(expected.modifiers()),
                new TreeSet<>(declared.modifiers()));
        compare(found, subject + " constant", expected.constant(), declared.constant());
        compare(found, subject + " generic signature", expected.generic(), declared.generic());
        compare(found, subject + " default", expected.defaultValue(), declared.defaultValue());
    }

    private static void compare(
            List<String> found, String subject, @Nullable Object expected, @Nullable Object declared) {
        if (!Objects.equals(expected, declared)) {
            found.add(subject + " is " + declared + ", the list says " + expected);
        }
    }
}
