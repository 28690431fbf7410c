/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.dc.dao.DataCenterDao;
import com.cloud.host.dao.HostDao;
import com.cloud.storage.dao.DiskOfferingDao;
import com.cloud.storage.dao.VolumeDao;
import com.cloud.vm.dao.VMInstanceDao;
import com.cloud.vm.dao.VMInstanceDetailsDao;
import org.apache.cloudstack.backup.BackupManager;
import org.apache.cloudstack.backup.dao.BackupDao;
import org.apache.cloudstack.backup.dao.BackupDetailsDao;
import org.apache.cloudstack.backup.dao.BackupOfferingDao;
import org.apache.cloudstack.storage.datastore.db.PrimaryDataStoreDao;

/** The parts of CloudStack that the bridge works with. */
record CloudStack(
        BackupManager manager,
        BackupDao backups,
        BackupDetailsDao details,
        BackupOfferingDao offerings,
        DataCenterDao zones,
        VMInstanceDao vms,
        VMInstanceDetailsDao vmDetails,
        VolumeDao volumes,
        DiskOfferingDao diskOfferings,
        PrimaryDataStoreDao pools,
        HostDao hosts) {}
