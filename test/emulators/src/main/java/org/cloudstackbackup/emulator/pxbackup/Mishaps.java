/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The mishaps in force; each knows to whom it has happened, so that it happens to them wholly and to no others. */
final class Mishaps {
    private final List<Armed> armed = new ArrayList<>();

    void add(Mishap mishap) {
        armed.add(new Armed(mishap, new HashSet<>()));
    }

    void clear() {
        armed.clear();
    }

    /** The mishap of that kind for the object, with any target. */
    Optional<Mishap> of(Mishap.Kind kind, Entity entity) {
        return of(kind, entity, null);
    }

    /** The mishap of that kind for a part of the object. */
    Optional<Mishap> of(Mishap.Kind kind, Entity entity, @org.jspecify.annotations.Nullable String target) {
        return armed.stream()
                .filter(each -> each.mishap.kind() == kind
                        && Pattern.matches(each.mishap.name(), entity.name())
                        && (target == null || Pattern.matches(each.mishap.target(), target)))
                .filter(each -> each.takes(entity.uid()))
                .map(Armed::mishap)
                .findFirst();
    }

    JsonArray json() {
        return Tree.array(armed.stream().map(each -> each.mishap.json()).toList());
    }

    private record Armed(Mishap mishap, Set<String> happenedTo) {
        boolean takes(String uid) {
            if (happenedTo.contains(uid)) {
                return true;
            }
            return (mishap.times() == 0 || happenedTo.size() < mishap.times()) && happenedTo.add(uid);
        }
    }
}
