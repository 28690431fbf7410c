/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.pxbackup.driver.PxBackupSettings;
import org.cloudstackbackup.server.inventory.InventoryStores;
import org.cloudstackbackup.server.simulator.DemoData;
import org.cloudstackbackup.server.simulator.EmulatedCluster;
import org.cloudstackbackup.spi.ProviderException;

/**
 * The demo zone whose VMs are machines of the emulated cluster and whose product is the emulator of PX-Backup, another process that
 * is spoken to over HTTP alone.
 */
record PxBackupDemo(URI api, EmulatedCluster cluster) {
    static final String ZONE = "sim-pxbackup";

    /** The emulator's own. */
    private static final String USER = "admin";

    PxBackupDemo(ServerOptions.Emulator emulator) {
        this(emulator.api(), new EmulatedCluster(emulator.admin()));
    }

    /**
     * Makes what is missing of the zone, here and at the emulator, and tells the zone's settings where the emulator is now.
     *
     * @throws StartFailure when the emulator does not answer
     */
    void load(DemoData data, InventoryStores stores, StoredSettings settings, long accountId) {
        try {
            cluster.prepare();
            data.load(new DemoData.Place(ZONE, EmulatedCluster.INVENTORY, PxBackupDemo::details), accountId)
                    .ifPresent(made -> {
                        if (made.isNew()) {
                            settings.set(
                                    FrameworkSettings.PROVIDER.key(),
                                    "pxbackup",
                                    made.zone().id());
                        }
                        connect(settings, made.zone());
                        data.machines(made.zone()).forEach(vm -> machine(stores, vm));
                    });
        } catch (ProviderException e) {
            throw new StartFailure("--demo-px-backup: " + e.text(), e);
        }
    }

    private static Map<String, String> details(String vmName) {
        return Map.of("kubevirt.namespace", EmulatedCluster.NAMESPACE, "kubevirt.name", vmName);
    }

    private void connect(StoredSettings settings, Zone zone) {
        settings.set(PxBackupSettings.URL, api.toString(), zone.id());
        settings.set(PxBackupSettings.AUTH_URL, api.toString(), zone.id());
        settings.set(PxBackupSettings.USER, USER, zone.id());
        settings.set(PxBackupSettings.PASSWORD, USER, zone.id());
        settings.set(PxBackupSettings.CLUSTER, EmulatedCluster.CLUSTER, zone.id());
        settings.set(PxBackupSettings.LOCATION, EmulatedCluster.LOCATION, zone.id());
    }

    /** An emulator that was started anew has forgotten everything. */
    private void machine(InventoryStores stores, Vm vm) {
        List<Volume> volumes = stores.volumes().ofVm(vm.id());
        for (Volume volume : volumes) {
            String own = EmulatedCluster.NAMESPACE + "/vol-" + volume.uuid();
            if (own.equals(volume.path())) {
                cluster.createVolume(volume.uuid(), volume.sizeBytes(), "volume " + volume.uuid());
            }
        }
        List<String> paths = volumes.stream()
                .map(volume -> String.valueOf(volume.path()))
                .sorted()
                .toList();
        cluster.ensureMachine(vm.name(), vm.uuid(), paths);
    }
}
