/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.inventory.BackupUse;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;
import org.cloudstackbackup.server.api.EntityLookup.Found;
import org.cloudstackbackup.server.identity.Belongings;

/** Commands of VMs and volumes. */
public final class InventoryCommands implements CommandModule {
    private static final List<Class<? extends BaseCmd>> COMMANDS = List.of(
            ListVirtualMachinesCommand.class,
            ListVirtualMachinesMetricsCommand.class,
            DeployVirtualMachineCommand.class,
            StartVirtualMachineCommand.class,
            StopVirtualMachineCommand.class,
            RebootVirtualMachineCommand.class,
            DestroyVirtualMachineCommand.class,
            ExpungeVirtualMachineCommand.class,
            RecoverVirtualMachineCommand.class,
            UpdateVirtualMachineCommand.class,
            ListVolumesCommand.class,
            ListVolumesMetricsCommand.class,
            CreateVolumeCommand.class,
            AttachVolumeCommand.class,
            DetachVolumeCommand.class,
            ResizeVolumeCommand.class,
            UpdateVolumeCommand.class,
            DestroyVolumeCommand.class,
            RecoverVolumeCommand.class,
            DeleteVolumeCommand.class);

    private final InventoryStores stores;
    private final VmService vms;
    private final VolumeService volumes;

    public InventoryCommands(
            InventoryStores stores,
            InventoryPlatform platform,
            VmProvisioning provisioning,
            Settings settings,
            BackupUse backups) {
        this.stores = requireNonNull(stores, "stores is null");
        requireNonNull(platform, "platform is null");
        this.vms = new VmService(stores, platform, provisioning, backups);
        this.volumes = new VolumeService(stores, platform, provisioning, settings, backups);
    }

    /**
     * The VM as listVirtualMachines shows it, for the results of other concepts' jobs.
     *
     * @throws org.cloudstackbackup.spi.ProviderException {@code NOT_FOUND} when it was removed
     */
    public UserVmResponse show(String vmUuid) {
        Vm vm = stores.vms().findByUuid(vmUuid).orElseThrow(() -> Require.gone("VM", vmUuid));
        return new UserVmResponse(vms.describe(vm.id()));
    }

    /** What goes along with an account or a project. */
    public Belongings belongings() {
        return new OwnedInventory(stores, vms, volumes);
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return COMMANDS;
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(InventoryStores.class, stores, VmService.class, vms, VolumeService.class, volumes);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(
                new EntityLookup(
                        UserVmResponse.class,
                        uuid -> stores.vms().findByUuid(uuid).map(vm -> new Found(vm.id(), vm.uuid(), vm.owner()))),
                new EntityLookup(
                        VolumeResponse.class,
                        uuid -> stores.volumes()
                                .findByUuidIncludingRemoved(uuid)
                                .map(volume -> new Found(volume.id(), volume.uuid(), volume.owner()))));
    }
}
