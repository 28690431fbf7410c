/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

/** CloudStack's volume states as far as they occur here; {@link #wireName()} is how they are stored and shown. */
public enum VolumeState {
    ALLOCATED("Allocated"),
    CREATING("Creating"),
    READY("Ready"),
    RESTORING("Restoring"),
    /** Its owner has no more use for it, but the data is there; can be recovered. */
    DESTROY("Destroy"),
    /** Its data is being deleted. */
    EXPUNGING("Expunging"),
    EXPUNGED("Expunged");

    private final String wireName;

    VolumeState(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The state with this name, ignoring case. */
    public static java.util.Optional<VolumeState> ofWireName(String name) {
        return java.util.Arrays.stream(values())
                .filter(state -> state.wireName.equalsIgnoreCase(name))
                .findFirst();
    }
}
