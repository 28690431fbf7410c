/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.operation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where operations are kept. Every write is atomic and joins an open transaction. */
public interface OperationStore {
    /**
     * Writes a new operation; its {@code id} and {@code version} are ignored.
     *
     * @throws org.cloudstackbackup.spi.ProviderException {@code CONFLICT} when the VM has another open exclusive operation, or
     *     the uuid is taken
     */
    Operation add(Operation operation);

    Optional<Operation> find(String uuid);

    /** The open exclusive operation of the VM. */
    Optional<Operation> openOfVm(long vmId);

    /** Open operations that work with the backup. */
    List<Operation> openOfBackup(long backupId);

    /** Uuids of all open operations, oldest first. */
    List<String> openUuids();

    /** Forgets operations that ended before; at most so many, and none that a removal by retention still names. */
    int removeEndedBefore(Instant before, int limit);

    /** Ids of VMs that are {@code Restoring} although no open operation holds them. */
    List<Long> strandedVms();

    /**
     * Writes phase, reference, plan, progress, failure, attempts and end.
     *
     * @return the operation with its new version; empty, and nothing changed, when it has another version by now or has ended
     */
    Optional<Operation> update(Operation changed);
}
