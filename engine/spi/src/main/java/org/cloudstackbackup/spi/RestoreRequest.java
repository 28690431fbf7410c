/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Which restore point to write over which volumes.
 *
 * @param clientToken makes the start idempotent; a uuid
 * @param restorePointId the product's id of the point
 * @param vm the VM that receives the data: the one that was backed up, or a new one
 * @param targets from the uuid of a volume in the restore point to the volume of {@code vm} that receives its content;
 *     every volume of the point is named
 */
public record RestoreRequest(String clientToken, String restorePointId, VmRef vm, Map<String, VolumeRef> targets) {
    public RestoreRequest {
        requireNonNull(clientToken, "clientToken is null");
        requireNonNull(restorePointId, "restorePointId is null");
        requireNonNull(vm, "vm is null");
        targets = Map.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("A restore names at least one target volume");
        }
    }
}
