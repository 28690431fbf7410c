/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge.fake;

import com.cloud.storage.Volume;
import com.cloud.vm.VirtualMachine;
import com.google.gson.Gson;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.backup.Backup;

/** The few things that CloudStack's backup framework does for a provider. */
public final class Manager extends Table<Object> {
    /** Uuid of the disk offering that every volume has. */
    public static final String DISK_OFFERING = "2f4f6b0e-5b0e-4b4e-9d53-9a3a2a1f7c11";

    public Map<String, String> getBackupDetailsFromVM(VirtualMachine vm) {
        return Map.of("serviceofferingid", "small", "templateid", "linux", "vmsettings", "{}", "nics", "[]");
    }

    public String getBackupNameFromVM(VirtualMachine vm) {
        return vm.getHostName() + "-backup";
    }

    public String createVolumeInfoFromVolumes(List<Volume> volumes) {
        return new Gson()
                .toJson(volumes.stream()
                        .map(volume -> new Backup.VolumeInfo(
                                volume.getUuid(),
                                volume.getPath(),
                                volume.getVolumeType(),
                                volume.getSize(),
                                volume.getDeviceId(),
                                DISK_OFFERING,
                                volume.getMinIops(),
                                volume.getMaxIops()))
                        .toArray());
    }
}
