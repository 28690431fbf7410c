/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;

/** A restore: what it brings back from a backup, and how each part went. */
final class Restore extends Entity {
    private final Backup backup;
    private final List<VirtualMachine> machines = new ArrayList<>();
    private final List<Backup.Volume> volumes = new ArrayList<>();

    Restore(Identity identity, Instant created, JsonObject info, Backup backup) {
        super(Kind.RESTORE, identity, created, info);
        this.backup = requireNonNull(backup, "backup is null");
    }

    Backup backup() {
        return backup;
    }

    List<VirtualMachine> machines() {
        return machines;
    }

    List<Backup.Volume> volumes() {
        return volumes;
    }

    boolean replaces() {
        return Tree.text(info(), "replace_policy").equals("Delete");
    }

    /** Where a namespace of the backup goes; empty when it is left out. */
    String target(String namespace) {
        JsonObject mapping = Tree.object(info(), "namespace_mapping");
        String prefix = Tree.text(info(), "target_namespace_prefix");
        if (mapping.isEmpty()) {
            return prefix + namespace;
        }
        return mapping.has(namespace) ? mapping.get(namespace).getAsString() : "";
    }
}
