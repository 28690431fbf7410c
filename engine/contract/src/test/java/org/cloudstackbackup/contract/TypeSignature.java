/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.contract;

import java.util.Map;
import java.util.Set;

/**
 * One type with its public and protected members.
 *
 * @param kind {@code class}, {@code abstract class}, {@code interface}, {@code enum} or {@code @interface}; what the list
 *     does not know, such as {@code final class}, can be read from class files only
 * @param name binary name
 * @param members by {@link MemberSignature#key}
 */
record TypeSignature(
        String kind, String name, String superclass, Set<String> interfaces, Map<String, MemberSignature> members) {
    TypeSignature {
        interfaces = Set.copyOf(interfaces);
        members = Map.copyOf(members);
    }
}
