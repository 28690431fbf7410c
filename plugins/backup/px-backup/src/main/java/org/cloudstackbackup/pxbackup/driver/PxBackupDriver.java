/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.cloudstackbackup.pxbackup.client.BackupInfo;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderOffering;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.StorageUse;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/** PX-Backup as seen from one zone. Keeps connections, nothing else. For many threads. */
final class PxBackupDriver implements BackupDriver {
    private final ZoneContext zone;
    private final PxBackupClient client;
    private final Locks locks;
    private final Site site;
    private final Assignments assignments;
    private final BackupRuns backups;
    private final RestoreRuns restores;
    private final VolumeRuns volumes;
    private final Deletions deletions;
    private final StorageCount storage = new StorageCount();
    private final PointListing listing;

    PxBackupDriver(ZoneContext zone, PxBackupClient client, Locks locks) {
        this.zone = zone;
        this.client = client;
        this.locks = locks;
        var product = new Product(zone, client);
        this.site = product.site();
        this.backups = new BackupRuns(product);
        this.assignments = new Assignments(product, backups);
        this.restores = new RestoreRuns(product, backups);
        this.volumes = new VolumeRuns(product, restores);
        this.deletions = new Deletions(product);
        this.listing = new PointListing(product, storage);
    }

    @Override
    public List<ProviderOffering> offerings() {
        return PxBackupFailures.call(
                "zone " + zone.name(),
                () -> site.policies().stream().map(Site::offering).toList());
    }

    @Override
    public Optional<ProviderOffering> offering(String externalId) {
        return PxBackupFailures.call(
                "offering " + externalId, () -> site.policy(externalId).map(Site::offering));
    }

    @Override
    public Optional<String> assign(VmRef vm, String offeringExternalId) {
        return alone(vm, () -> Optional.of(assignments.assign(vm, offeringExternalId)));
    }

    @Override
    public void remove(VmRef vm, String offeringExternalId) {
        alone(vm, () -> {
            assignments.remove(vm, offeringExternalId);
            return vm;
        });
    }

    @Override
    public OperationRef startBackup(BackupRequest request) {
        return alone(
                request.vm(),
                () -> Handle.of(Handle.Kind.BACKUP, backups.start(request)).ref());
    }

    @Override
    public OperationRef startRestore(RestoreRequest request) {
        ObjectId point = point(request.restorePointId());
        return alone(request.vm(), () -> restores.start(request, point).ref());
    }

    @Override
    public OperationRef startVolumeRestore(VolumeRestoreRequest request) {
        ObjectId point = point(request.restorePointId());
        return alone(
                request.vm(),
                () -> Handle.of(Handle.Kind.VOLUME, volumes.start(request, point))
                        .ref());
    }

    @Override
    public OperationRef startDelete(DeleteRequest request) {
        // What has no id of the product's form was never there; its deletion ends at once.
        ObjectId point = ObjectId.of(request.restorePointId())
                .orElseGet(() -> new ObjectId(Names.brief(request.restorePointId()), "none"));
        return PxBackupFailures.call("restore point " + request.restorePointId(), () -> {
            deletions.start(point);
            return Handle.of(Handle.Kind.DELETE, point).ref();
        });
    }

    @Override
    public OperationStatus status(OperationRef operation) {
        Handle handle = Handle.of(operation);
        return PxBackupFailures.call("operation " + operation.value(), () -> switch (handle.kind()) {
            case BACKUP -> backups.status(handle.id());
            case DELETE -> deletions.status(handle.id());
            case VOLUME -> volumes.status(handle.id());
            case RESTORE -> locks.alone(handle.vmUuid(), () -> restores.status(handle));
        });
    }

    /** The product has no way to stop what it has begun, but to delete it. */
    @Override
    public void cancel(OperationRef operation) {}

    @Override
    public RestorePointPage restorePoints(@Nullable String cursor, int limit) {
        return PxBackupFailures.call("zone " + zone.name(), () -> listing.page(cursor, limit));
    }

    /** The product tells no capacity; what its backups at the location take is counted. */
    @Override
    public StorageUse storageUse() {
        return PxBackupFailures.call("zone " + zone.name(), () -> {
            String location = site.location().uid();
            long used = storage.take(location, zone.clock().instant()).orElseGet(() -> count(location));
            return new StorageUse(used, Math.max(0, Long.parseLong(zone.setting(PxBackupSettings.CAPACITY))));
        });
    }

    private long count(String location) {
        var used = new AtomicLong();
        client.backups().forEach(Parameters.none(), backup -> {
            BackupInfo info = backup.backupInfo();
            ObjectRef where = info == null ? null : info.backupLocationRef();
            if (info != null && where != null && location.equals(where.uid())) {
                used.addAndGet(StorageCount.stored(info));
            }
        });
        return used.get();
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T alone(VmRef vm, java.util.function.Supplier<T> action) {
        return PxBackupFailures.call("vm " + vm.name(), () -> locks.alone(vm.uuid(), action));
    }

    private static ObjectId point(String id) {
        return ObjectId.of(id).orElseThrow(() -> RestoreRuns.gone(id));
    }
}
