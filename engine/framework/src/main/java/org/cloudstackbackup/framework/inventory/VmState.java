/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

/** CloudStack's VM states as far as they occur here; {@link #wireName()} is how they are stored and shown. */
public enum VmState {
    STARTING("Starting"),
    RUNNING("Running"),
    STOPPING("Stopping"),
    STOPPED("Stopped"),
    DESTROYED("Destroyed"),
    EXPUNGING("Expunging"),
    RESTORING("Restoring"),
    ERROR("Error");

    private final String wireName;

    VmState(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The state with this name, ignoring case. */
    public static java.util.Optional<VmState> ofWireName(String name) {
        return java.util.Arrays.stream(values())
                .filter(state -> state.wireName.equalsIgnoreCase(name))
                .findFirst();
    }
}
