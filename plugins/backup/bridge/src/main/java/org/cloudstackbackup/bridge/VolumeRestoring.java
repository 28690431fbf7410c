/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.storage.DiskOfferingVO;
import com.cloud.storage.Volume;
import com.cloud.storage.VolumeVO;
import com.cloud.utils.Pair;
import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.Backup.VolumeInfo;
import org.apache.cloudstack.storage.datastore.db.StoragePoolVO;
import org.cloudstackbackup.bridge.Marks.Begun;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VolumeRestoreRequest;
import org.jspecify.annotations.Nullable;

/**
 * Restores one volume as a new one.
 *
 * <p>CloudStack calls with up to four spellings of host and pool until one succeeds, and shows what the last call said. Only the
 * host's address with the pool's uuid is taken; the others are refused without effect, with the reason why the right one failed.
 *
 * <p>The new volume's uuid is the operation's client token. It is kept with the backup until CloudStack has the volume's row,
 * so a call that is made again, also after a crash, makes no second volume.
 */
final class VolumeRestoring {
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final CloudStack cloudStack;
    private final Machines machines;
    private final Marks marks;
    private final Waiting waiting;
    private final Clock clock;
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();

    VolumeRestoring(CloudStack cloudStack, Machines machines, Marks marks, Waiting waiting, Clock clock) {
        this.cloudStack = cloudStack;
        this.machines = machines;
        this.marks = marks;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** Where the hypervisor's layer of CloudStack finds the new volume, or what went wrong. */
    Pair<Boolean, String> restore(
            Backup backup, VolumeInfo volume, @Nullable String host, @Nullable String pool, @Nullable String vmName) {
        String subject = backup.getUuid() + " " + volume.getUuid() + " " + vmName;
        Optional<String> misspelled = misspelling(host, pool);
        if (misspelled.isPresent()) {
            return new Pair<>(false, misspelled.get() + lastFailure(subject));
        }
        try {
            StoragePoolVO target = pool == null ? null : cloudStack.pools().findByUuid(pool);
            String location = restore(backup, volume, target, vmName);
            failures.remove(subject);
            return new Pair<>(true, location);
        } catch (ProviderException e) {
            failures.put(subject, new Failure(e.text(), clock.instant()));
            throw e;
        }
    }

    private Optional<String> misspelling(@Nullable String host, @Nullable String pool) {
        if (host != null && cloudStack.hosts().findByIp(host) == null) {
            return Optional.of("Nothing was done: '" + host + "' is not the address of a host.");
        }
        if (pool == null || cloudStack.pools().findByUuid(pool) == null) {
            return Optional.of("Nothing was done: '" + pool + "' is not the uuid of a storage pool.");
        }
        return Optional.empty();
    }

    private String lastFailure(String subject) {
        failures.values().removeIf(failure -> failure.at().plus(MEMORY).isBefore(clock.instant()));
        Failure last = failures.get(subject);
        return last == null ? "" : " The attempt with the right names failed: " + last.reason();
    }

    private String restore(Backup backup, VolumeInfo volume, @Nullable StoragePoolVO pool, @Nullable String vmName) {
        String what = "restore of volume " + volume.getUuid() + " of backup " + backup.getName();
        VMInstanceVO vm = vmName == null ? null : cloudStack.vms().findVMByInstanceName(vmName);
        if (vm == null) {
            throw new ProviderException(
                    ErrorKind.NOT_FOUND, what, "The " + what + " was refused: there is no VM " + vmName);
        }
        String mark = Marks.VOLUME + volume.getUuid() + "." + vm.getUuid();
        Begun begun = marks.begun(backup.getId(), mark)
                .filter(earlier -> !isInUse(earlier.token()))
                .orElseGet(Begun::fresh);
        String path = copied(backup, volume, vm, begun, mark, what);
        String location = vm.getHypervisorType() != null
                        && "VMware".equals(vm.getHypervisorType().toString())
                ? path
                : row(backup, volume, pool, begun.token(), path).getUuid();
        marks.clear(backup.getId(), mark);
        return location;
    }

    private String copied(Backup backup, VolumeInfo volume, VirtualMachine vm, Begun begun, String mark, String what) {
        boolean running = false;
        try {
            OperationRef operation = begun.reference().orElseGet(() -> {
                marks.starting(backup.getId(), mark, begun.token());
                var request = new VolumeRestoreRequest(
                        begun.token(), backup.getExternalId(), volume.getUuid(), begun.token(), machines.reference(vm));
                OperationRef started = waiting.started(
                        backup.getZoneId(), "start of the " + what, driver -> driver.startVolumeRestore(request));
                marks.begun(backup.getId(), mark, begun.as(started));
                return started;
            });
            running = true;
            var ended = waiting.end(backup.getZoneId(), operation, what, () -> {});
            running = false;
            return Endings.successOf(ended, what)
                    .restoredVolumePath()
                    .orElseThrow(() -> Endings.silent(what, "path of the new volume"));
        } catch (ProviderException e) {
            if (!running && !e.kind().isRetryable()) {
                marks.clear(backup.getId(), mark);
            }
            throw e;
        }
    }

    /** CloudStack has this volume already; the next one is another. */
    private boolean isInUse(String newVolumeUuid) {
        VolumeVO row = cloudStack.volumes().findByUuidIncludingRemoved(newVolumeUuid);
        return row != null
                && (row.getRemoved() != null || row.getInstanceId() != null || row.getState() != Volume.State.Copying);
    }

    private VolumeVO row(Backup backup, VolumeInfo volume, @Nullable StoragePoolVO pool, String uuid, String path) {
        VolumeVO present = cloudStack.volumes().findByUuid(uuid);
        if (present != null) {
            return present;
        }
        VolumeVO original = cloudStack.volumes().findByUuidIncludingRemoved(volume.getUuid());
        DiskOfferingVO offering = cloudStack.diskOfferings().findByUuidIncludingRemoved(volume.getDiskOfferingId());
        if (offering == null) {
            throw new ProviderException(
                    ErrorKind.NOT_FOUND,
                    "volume " + volume.getUuid(),
                    "Volume " + volume.getUuid() + " was restored as " + path + ", but CloudStack has no disk offering "
                            + volume.getDiskOfferingId() + " for it");
        }
        VolumeVO row = new VolumeVO(
                Volume.Type.DATADISK,
                "RestoredVol-" + (original == null ? volume.getUuid() : original.getName()),
                backup.getZoneId(),
                backup.getDomainId(),
                backup.getAccountId(),
                offering.getId(),
                offering.getProvisioningType(),
                Objects.requireNonNullElse(volume.getSize(), 0L),
                volume.getMinIops(),
                volume.getMaxIops(),
                null);
        row.setUuid(uuid);
        row.setPath(path);
        row.setUpdated(Date.from(clock.instant()));
        row.setDisplayVolume(true);
        row.setState(Volume.State.Copying);
        if (original != null && original.getFormat() != null) {
            row.setFormat(original.getFormat());
        }
        if (pool != null) {
            row.setPoolId(pool.getId());
            row.setPoolType(pool.getPoolType());
        }
        return cloudStack.volumes().persist(row);
    }

    private record Failure(String reason, Instant at) {}
}
