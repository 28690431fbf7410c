/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.spi.Capability;

/** Shows backup offerings. */
record OfferingView(Drivers drivers) {
    /** An offering of a product that is not there any more is shown too. */
    BackupOfferingResponse of(BackupOffering offering) {
        boolean acrossZones = drivers.factories().stream()
                .filter(factory -> factory.name().equals(offering.provider()))
                .anyMatch(factory -> factory.capabilities().contains(Capability.RESTORE_ACROSS_ZONES));
        return new BackupOfferingResponse(offering, acrossZones);
    }
}
