/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One backup product as seen from one zone.
 *
 * <p>Implementations are safe for use by many threads and keep nothing in memory that they could not lose: the process may
 * be killed between any two calls, and another process goes on with the same {@link OperationRef}s. A driver translates; it
 * does not retry, schedule, or delete anything it was not asked to delete.
 *
 * <p>Every method may throw {@link ProviderException}. {@code UNAVAILABLE} means that the same call may be repeated.
 *
 * <p>What the factory's {@link Capability capabilities} do not promise is refused with kind {@code USER} before anything
 * happens at the product.
 *
 * <p>The {@code start...} methods return at once and are followed with {@link #status}. They are idempotent: a second call
 * with the same client token returns the reference of the first, also after a crash of either side, and does the work once.
 */
public interface BackupDriver extends AutoCloseable {
    /** The product's policies that can be imported as backup offerings, in a stable order. Never partial. */
    List<ProviderOffering> offerings();

    /** One policy by its external id; empty when the product says that there is none. */
    Optional<ProviderOffering> offering(String externalId);

    /**
     * Puts a VM under a policy. Idempotent.
     *
     * @return the product's id for the protected VM (a job, a schedule), to be handed back in later calls; empty when the
     *     product keeps none
     * @throws ProviderException {@code NOT_FOUND} when the policy or the VM is unknown to the product, {@code CONFLICT} when
     *     the VM is under another policy there
     */
    Optional<String> assign(VmRef vm, String offeringExternalId);

    /** Takes a VM out of its policy; the VM may be gone already. Idempotent. Keeps its restore points, unless {@link
     * Capability#REMOVAL_DELETES_BACKUPS}. */
    void remove(VmRef vm, String offeringExternalId);

    /**
     * Starts a backup of all volumes of the VM.
     *
     * @throws ProviderException {@code NOT_FOUND} when the product does not know the VM, {@code CONFLICT} when a backup of it
     *     runs already under another token
     */
    OperationRef startBackup(BackupRequest request);

    /**
     * Starts writing a restore point's volumes over existing volumes. Fails before touching a volume when the point is not
     * complete or a target is missing or too small; by an exception here, or as the operation's end where the product
     * finds out later.
     *
     * <p>A new VM that no detail ties to a machine at the hypervisor may be made elsewhere by the product: then the targets say
     * how many volumes of which sizes it has, and the success tells the {@linkplain RestoredMachine place}.
     *
     * @throws ProviderException {@code NOT_FOUND} when there is no such point or target volume, {@code USER} when a volume of
     *     the point has no target or one that is too small, {@code CONFLICT} when the VM is being backed up or restored under
     *     another token, {@code EXTERNAL} when the point is damaged
     */
    OperationRef startRestore(RestoreRequest request);

    /**
     * Starts restoring one volume of a restore point as a new volume; ends with the path of the new volume.
     *
     * @throws ProviderException {@code NOT_FOUND} when there is no such point or no such volume in it, {@code CONFLICT} when
     *     the new volume exists already
     */
    OperationRef startVolumeRestore(VolumeRestoreRequest request);

    /** Starts deleting a restore point. One that is gone already ends as a success. */
    OperationRef startDelete(DeleteRequest request);

    /**
     * The present state of an operation. Cheap: callers ask every few seconds.
     *
     * @throws ProviderException {@code NOT_FOUND} when the product no longer knows the operation
     */
    OperationStatus status(OperationRef operation);

    /**
     * Asks for an operation to stop; a no-op once it has ended, or without {@link Capability#CANCEL}. The end is still to be
     * awaited: an operation past the point of no return ends as what it is. A cancelled backup leaves no restore point.
     *
     * @throws ProviderException {@code NOT_FOUND} when the product no longer knows the operation
     */
    void cancel(OperationRef operation);

    /**
     * One page of all restore points of the zone, of every VM, oldest first within a VM.
     *
     * <p>Complete or an exception: an unreadable part of the catalogue is {@code EXTERNAL} or {@code UNAVAILABLE}, never a
     * shorter list, since rows missing from a complete listing are removed. What is still there but no good restore point now
     * is told as {@linkplain RestorePointPage#unusable() unusable}; and what a policy made that never was good as {@linkplain
     * RestorePointPage#incomplete() incomplete}.
     *
     * @param cursor the previous page's {@link RestorePointPage#next()}, null for the first
     * @param limit at least 1; a page may be shorter, also when it is not the last
     * @throws ProviderException {@code USER} when the cursor is not one of this driver or the limit is below 1
     */
    RestorePointPage restorePoints(@Nullable String cursor, int limit);

    /** Used and total bytes of the storage that backups of this zone go to. */
    StorageUse storageUse();

    /** Releases connections. Running operations at the product go on. */
    @Override
    void close();
}
