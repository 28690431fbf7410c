/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.util.Optional;
import java.util.stream.Stream;

/** What may be done in a project: everything, nothing new, or nothing at all because it is being made. */
public enum ProjectState {
    ACTIVE("Active"),
    SUSPENDED("Suspended"),
    DISABLED("Disabled");

    private final String wireName;

    ProjectState(String wireName) {
        this.wireName = wireName;
    }

    /** CloudStack's name, in its spelling. */
    public String wireName() {
        return wireName;
    }

    /** The state of that name, whatever the case. */
    public static Optional<ProjectState> ofWireName(String name) {
        return Stream.of(values())
                .filter(state -> state.wireName.equalsIgnoreCase(name))
                .findFirst();
    }
}
