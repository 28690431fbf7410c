/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.storage.Volume;
import com.cloud.storage.VolumeVO;
import com.cloud.vm.VirtualMachine;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;

/** CloudStack's machines and volumes as drivers know them. Safe for use by many threads. */
final class Machines {
    private static final Comparator<Volume> ROOT_FIRST_THEN_BY_DEVICE = Comparator.comparing(
                    (Volume volume) -> volume.getVolumeType() != Volume.Type.ROOT)
            .thenComparing(Machines::deviceOf)
            .thenComparing(Volume::getId);

    private final CloudStack cloudStack;

    Machines(CloudStack cloudStack) {
        this.cloudStack = cloudStack;
    }

    /** The live volumes, the root volume first, then by device. */
    List<VolumeVO> volumesOf(VirtualMachine vm) {
        return cloudStack.volumes().findByInstance(vm.getId()).stream()
                .sorted(ROOT_FIRST_THEN_BY_DEVICE)
                .toList();
    }

    VmRef reference(VirtualMachine vm) {
        return reference(vm, volumesOf(vm));
    }

    VmRef reference(VirtualMachine vm, Collection<? extends Volume> volumes) {
        return reference(vm, volumes, detail -> false);
    }

    /** @param withoutDetail details that are not told */
    VmRef reference(VirtualMachine vm, Collection<? extends Volume> volumes, Predicate<String> withoutDetail) {
        Map<String, String> details = new HashMap<>(cloudStack.vmDetails().listDetailsKeyPairs(vm.getId()));
        details.keySet().removeIf(name -> name != null && withoutDetail.test(name));
        return new VmRef(
                vm.getUuid(),
                nameOf(vm),
                vm.getInstanceName(),
                vm.getBackupExternalId(),
                volumes.stream().map(Machines::reference).toList(),
                withoutNulls(details));
    }

    static VolumeRef reference(Volume volume) {
        return new VolumeRef(
                volume.getUuid(),
                Objects.requireNonNullElse(volume.getPath(), ""),
                volume.getVolumeType() == Volume.Type.ROOT,
                Objects.requireNonNullElse(volume.getSize(), 0L),
                deviceOf(volume));
    }

    /** The name that users know. */
    static String nameOf(VirtualMachine vm) {
        return Objects.requireNonNullElse(vm.getHostName(), vm.getInstanceName());
    }

    /** A volume that was detached since has no device; it comes last. */
    private static long deviceOf(Volume volume) {
        return Objects.requireNonNullElse(volume.getDeviceId(), Long.MAX_VALUE);
    }

    private static Map<String, String> withoutNulls(Map<String, String> details) {
        var clean = new HashMap<String, String>();
        details.forEach((name, value) -> {
            if (name != null && value != null) {
                clean.put(name, value);
            }
        });
        return clean;
    }
}
