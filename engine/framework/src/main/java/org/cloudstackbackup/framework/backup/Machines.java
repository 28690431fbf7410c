/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import com.google.gson.Gson;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.framework.inventory.Nic;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/** VMs in the terms of drivers and of backups. */
final class Machines {
    private static final Gson GSON = new Gson();

    private final Surroundings around;

    Machines(Surroundings around) {
        this.around = around;
    }

    /** The VM's volumes, the root volume first, then by device id. */
    List<Volume> volumesOf(Vm vm) {
        return around.volumes().ofVm(vm.id()).stream()
                .sorted(Comparator.comparing((Volume volume) -> volume.type() != VolumeType.ROOT)
                        .thenComparing(Machines::position)
                        .thenComparing(Volume::id))
                .toList();
    }

    /** As {@link #volumesOf}, and refuses when there is none or one is not ready. */
    List<Volume> readyVolumesOf(Vm vm) {
        List<Volume> volumes = volumesOf(vm);
        if (volumes.isEmpty()) {
            throw Checks.conflict("vm " + vm.name(), "VM " + vm.name() + " has no volumes");
        }
        for (Volume volume : volumes) {
            if (volume.state() != VolumeState.READY || volume.path() == null) {
                throw Checks.conflict(
                        "vm " + vm.name(),
                        "Volume " + volume.name() + " (" + volume.uuid() + ") of VM " + vm.name() + " is "
                                + volume.state().wireName() + ", not " + VolumeState.READY.wireName());
            }
        }
        return volumes;
    }

    VmRef reference(Vm vm, List<Volume> volumes) {
        return new VmRef(
                vm.uuid(),
                vm.name(),
                vm.instanceName(),
                vm.backupExternalId(),
                volumes.stream().map(Machines::reference).toList(),
                around.vms().details(vm.id()));
    }

    static VolumeRef reference(Volume volume) {
        String path = volume.path();
        return new VolumeRef(
                volume.uuid(),
                path == null ? "" : path,
                volume.type() == VolumeType.ROOT,
                volume.sizeBytes(),
                position(volume));
    }

    List<BackedVolume> backed(List<Volume> volumes) {
        return volumes.stream()
                .map(volume -> new BackedVolume(
                        volume.uuid(),
                        volume.type(),
                        volume.sizeBytes(),
                        volume.path(),
                        volume.deviceId(),
                        around.volumes()
                                .diskOfferingUuid(volume.diskOfferingId())
                                .orElse(null),
                        volume.minIops(),
                        volume.maxIops()))
                .toList();
    }

    /** A protected VM's list of volumes follows each attachment, as in CloudStack. */
    void rememberVolumes(Vm vm) {
        Long offering = vm.backupOfferingId();
        if (offering != null) {
            String json = BackedVolume.toJson(backed(volumesOf(vm)));
            around.vms().setBackupOffering(vm.id(), offering, offering, vm.backupExternalId(), json);
        }
    }

    /** CloudStack's details of a backup. */
    Map<String, String> details(Vm vm) {
        return new VmDetails(around.catalog(), around.vms()).of(Set.of(vm.id())).getOrDefault(vm.id(), Map.of());
    }

    static List<BackedNic> nics(Map<String, String> details) {
        @Nullable String json = details.get("nics");
        return json == null ? List.of() : List.of(GSON.fromJson(json, BackedNic[].class));
    }

    static Map<String, String> settings(Map<String, String> details) {
        @Nullable String json = details.get("vmsettings");
        Map<String, String> settings = new HashMap<>();
        if (json != null) {
            com.google.gson.JsonParser.parseString(json)
                    .getAsJsonObject()
                    .entrySet()
                    .forEach(entry ->
                            settings.put(entry.getKey(), entry.getValue().getAsString()));
        }
        return settings;
    }

    private static long position(Volume volume) {
        Long device = volume.deviceId();
        return device == null ? Long.MAX_VALUE : device;
    }

    /** An interface as it was; the names are those of CloudStack's JSON. */
    record BackedNic(
            String networkid,
            String networkname,
            String ipaddress,
            @Nullable String ip6address,
            String macaddress) {
        static BackedNic of(Nic nic) {
            return new BackedNic(nic.networkUuid(), nic.networkName(), nic.ipAddress(), null, nic.macAddress());
        }
    }
}
