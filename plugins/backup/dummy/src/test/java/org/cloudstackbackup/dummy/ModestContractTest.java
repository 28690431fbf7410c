/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.util.Set;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.cloudstackbackup.testkit.DriverContract;
import org.cloudstackbackup.testkit.DriverHarness;

/** The contract for a product that can do no more than take backups: the other side of each capability. */
final class ModestContractTest extends DriverContract {
    @Override
    protected DriverHarness newHarness() {
        return new ChangedHarness(Set.of(Capability.AD_HOC_BACKUP), ModestDriver::new);
    }

    private static final class ModestDriver extends ForwardingDriver {
        ModestDriver(BackupDriver driver) {
            super(driver);
        }

        @Override
        public OperationRef startBackup(BackupRequest request) {
            if (request.quiesce()) {
                throw refused("freezing");
            }
            return super.startBackup(request);
        }

        @Override
        public OperationRef startRestore(RestoreRequest request) {
            throw refused("restoring");
        }

        @Override
        public OperationRef startVolumeRestore(VolumeRestoreRequest request) {
            throw refused("restoring volumes");
        }

        @Override
        public OperationRef startDelete(DeleteRequest request) {
            throw refused("deleting");
        }

        @Override
        public void cancel(OperationRef operation) {
            // Without the capability it is a no-op.
        }

        private static ProviderException refused(String what) {
            return new ProviderException(ErrorKind.USER, "modest", "The modest product does no " + what);
        }
    }
}
