/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.backup.BackupFramework;
import org.cloudstackbackup.framework.backup.BackupFramework.Stores;
import org.cloudstackbackup.framework.backup.Backups;
import org.cloudstackbackup.framework.backup.NewInstances;
import org.cloudstackbackup.framework.backup.Protection;
import org.cloudstackbackup.framework.backup.Restores;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;
import org.cloudstackbackup.server.api.EntityLookup.Found;

/** Commands of backup and recovery. Registered always: whether the framework is enabled is asked at each call. */
public final class BackupCommands implements CommandModule {
    private final BackupFramework framework;
    private final Stores stores;
    private final Drivers drivers;
    private final VmView vms;

    public BackupCommands(BackupFramework framework, Stores stores, Drivers drivers, VmView vms) {
        this.framework = framework;
        this.stores = stores;
        this.drivers = drivers;
        this.vms = vms;
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ListBackupProvidersCommand.class,
                ListBackupProviderOfferingsCommand.class,
                ImportBackupOfferingCommand.class,
                ListBackupOfferingsCommand.class,
                UpdateBackupOfferingCommand.class,
                DeleteBackupOfferingCommand.class,
                AssignVirtualMachineToBackupOfferingCommand.class,
                RemoveVirtualMachineFromBackupOfferingCommand.class,
                CreateBackupCommand.class,
                ListBackupsCommand.class,
                DeleteBackupCommand.class,
                RestoreBackupCommand.class,
                RestoreVolumeFromBackupAndAttachToVmCommand.class,
                CreateVmFromBackupCommand.class);
    }

    /** Names of old documents that CloudStack itself never had. */
    @Override
    public Map<String, String> aliases() {
        return Map.of(
                "importBackupProviderOfferings", "importBackupOffering",
                "deleteVMBackup", "deleteBackup",
                "restoreVolumeFromBackup", "restoreVolumeFromBackupAndAttachToVM");
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(
                BackupOfferings.class, framework.offerings(),
                Protection.class, framework.protection(),
                Backups.class, framework.backups(),
                Restores.class, framework.restores(),
                NewInstances.class, framework.newInstances(),
                OfferingView.class, new OfferingView(drivers),
                VmView.class, vms);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(
                new EntityLookup(BackupResponse.class, this::backup),
                new EntityLookup(BackupOfferingResponse.class, this::offering));
    }

    private Optional<Found> backup(String uuid) {
        return stores.backups().findByUuid(uuid).map(backup -> new Found(backup.id(), backup.uuid(), backup.owner()));
    }

    private Optional<Found> offering(String uuid) {
        return stores.offerings().findByUuid(uuid).map(found -> new Found(found.id(), found.uuid(), null));
    }
}
