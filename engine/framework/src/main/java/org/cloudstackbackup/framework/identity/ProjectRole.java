/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.util.Optional;
import java.util.stream.Stream;

/** What a member of a project may: everybody uses what it owns, admins also change the project and who belongs to it. */
public enum ProjectRole {
    ADMIN("Admin"),
    REGULAR("Regular");

    private final String wireName;

    ProjectRole(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The role of that name, whatever the case. */
    public static Optional<ProjectRole> ofWireName(String name) {
        return Stream.of(values())
                .filter(role -> role.wireName.equalsIgnoreCase(name))
                .findFirst();
    }
}
