/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.testkit;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cloudstackbackup.spi.BackupRequest;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;

/** Requests to drivers as the framework would write them, each with a client token of its own. */
public final class Requests {
    private Requests() {}

    /** A backup without freezing the guest. */
    public static BackupRequest backup(VmRef vm, String offeringExternalId) {
        return new BackupRequest(token(), vm, offeringExternalId, vm.name() + " by hand", false);
    }

    /** A restore of every volume over the VM that was backed up, matched by the volumes' uuids. */
    public static RestoreRequest restore(RestorePoint point, VmRef vm) {
        Map<String, VolumeRef> byUuid =
                vm.volumes().stream().collect(Collectors.toMap(VolumeRef::uuid, Function.identity()));
        Map<String, VolumeRef> targets = point.volumes().stream()
                .filter(volume -> byUuid.containsKey(volume.uuid()))
                .collect(Collectors.toMap(VolumeRef::uuid, volume -> target(byUuid, volume.uuid())));
        return new RestoreRequest(token(), point.id(), vm, targets);
    }

    /** A restore of every volume into another VM, matched by device id. */
    public static RestoreRequest restoreInto(RestorePoint point, VmRef other) {
        Map<Long, VolumeRef> byDevice =
                other.volumes().stream().collect(Collectors.toMap(VolumeRef::deviceId, Function.identity()));
        Map<String, VolumeRef> targets = point.volumes().stream()
                .filter(volume -> byDevice.containsKey(volume.deviceId()))
                .collect(Collectors.toMap(VolumeRef::uuid, volume -> target(byDevice, volume.deviceId())));
        return new RestoreRequest(token(), point.id(), other, targets);
    }

    /** A restore of one volume as a new one, to be attached to the VM. */
    public static VolumeRestoreRequest volumeRestore(RestorePoint point, VolumeRef volume, VmRef vm) {
        return new VolumeRestoreRequest(token(), point.id(), volume.uuid(), token(), vm);
    }

    /** The deletion of one point by itself. */
    public static DeleteRequest delete(RestorePoint point) {
        return new DeleteRequest(token(), point.id(), false);
    }

    /** A new client token. */
    public static String token() {
        return UUID.randomUUID().toString();
    }

    private static <K> VolumeRef target(Map<K, VolumeRef> volumes, K key) {
        VolumeRef target = volumes.get(key);
        if (target == null) {
            throw new IllegalArgumentException("No target volume for " + key);
        }
        return target;
    }
}
