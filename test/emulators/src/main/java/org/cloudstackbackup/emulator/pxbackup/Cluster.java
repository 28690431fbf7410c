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
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;

/** A registered cluster with what is on it. */
final class Cluster extends Entity {
    private final KubeCluster inventory;

    Cluster(Identity identity, Instant created, JsonObject info, KubeCluster inventory) {
        super(Kind.CLUSTER, identity, created, info);
        this.inventory = requireNonNull(inventory, "inventory is null");
    }

    KubeCluster inventory() {
        return inventory;
    }

    boolean isOnline() {
        return status().equals("Online");
    }
}
