/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.util.List;
import java.util.Optional;
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
import org.jspecify.annotations.Nullable;

/** A driver that does all that another one does; subclasses change a part. */
class ForwardingDriver implements BackupDriver {
    private final BackupDriver driver;

    ForwardingDriver(BackupDriver driver) {
        this.driver = driver;
    }

    @Override
    public List<ProviderOffering> offerings() {
        return driver.offerings();
    }

    @Override
    public Optional<ProviderOffering> offering(String externalId) {
        return driver.offering(externalId);
    }

    @Override
    public Optional<String> assign(VmRef vm, String offeringExternalId) {
        return driver.assign(vm, offeringExternalId);
    }

    @Override
    public void remove(VmRef vm, String offeringExternalId) {
        driver.remove(vm, offeringExternalId);
    }

    @Override
    public OperationRef startBackup(BackupRequest request) {
        return driver.startBackup(request);
    }

    @Override
    public OperationRef startRestore(RestoreRequest request) {
        return driver.startRestore(request);
    }

    @Override
    public OperationRef startVolumeRestore(VolumeRestoreRequest request) {
        return driver.startVolumeRestore(request);
    }

    @Override
    public OperationRef startDelete(DeleteRequest request) {
        return driver.startDelete(request);
    }

    @Override
    public OperationStatus status(OperationRef operation) {
        return driver.status(operation);
    }

    @Override
    public void cancel(OperationRef operation) {
        driver.cancel(operation);
    }

    @Override
    public RestorePointPage restorePoints(@Nullable String cursor, int limit) {
        return driver.restorePoints(cursor, limit);
    }

    @Override
    public StorageUse storageUse() {
        return driver.storageUse();
    }

    @Override
    public void close() {
        driver.close();
    }
}
