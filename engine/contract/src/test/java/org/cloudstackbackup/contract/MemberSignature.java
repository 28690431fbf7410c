/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.contract;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One public or protected field or method, as the list writes it.
 *
 * @param key {@code field name}, or {@code method name(parameters)result}: what identifies the member in its type
 * @param descriptor the JVM descriptor
 * @param modifiers those of protected, static, final and abstract that it has
 * @param constant the value of a compile-time constant
 * @param generic the generic signature; the list has none for fields
 * @param defaultValue the default of an annotation element
 */
record MemberSignature(
        String key,
        String descriptor,
        Set<String> modifiers,
        @Nullable String constant,
        @Nullable String generic,
        @Nullable String defaultValue) {
    MemberSignature {
        modifiers = Set.copyOf(modifiers);
    }
}
