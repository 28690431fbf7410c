/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.limit;

import java.util.Arrays;
import java.util.Optional;

/** What is limited; numbers and names are CloudStack's. */
public enum ResourceType {
    BACKUP(12, "backup", 1),
    /** Bytes here, GiB in the API. */
    BACKUP_STORAGE(13, "backup_storage", 1L << 30);

    /** A limit that refuses nothing. */
    public static final long UNLIMITED = -1;

    private final int number;
    private final String wireName;
    private final long apiUnit;

    ResourceType(int number, String wireName, long apiUnit) {
        this.number = number;
        this.wireName = wireName;
        this.apiUnit = apiUnit;
    }

    /** The {@code resourcetype} of CloudStack's commands. */
    public int number() {
        return number;
    }

    /** The {@code resourcetypename} of CloudStack's answers. */
    public String wireName() {
        return wireName;
    }

    /** How many of our units one of the API's has. */
    public long apiUnit() {
        return apiUnit;
    }

    /** The type of that number. */
    public static Optional<ResourceType> ofNumber(int number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    /** The type of that name, ignoring case. */
    public static Optional<ResourceType> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equalsIgnoreCase(name))
                .findFirst();
    }
}
