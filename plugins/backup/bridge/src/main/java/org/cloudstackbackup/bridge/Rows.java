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
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.Backup.Status;
import org.apache.cloudstack.backup.BackupOfferingVO;
import org.apache.cloudstack.backup.BackupVO;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/**
 * Rows of backups, filled so that CloudStack can make an instance from them. Safe for use by many threads.
 *
 * <p>The external id is never null: CloudStack's sync compares it. A backup under way has one that no product gives.
 */
final class Rows {
    private static final String PENDING = "pending-";
    private static final String UNKNOWN_TYPE = "FULL";
    private static final int DESCRIPTION_LENGTH = 1024;

    private final CloudStack cloudStack;
    private final String provider;
    private final Clock clock;

    Rows(CloudStack cloudStack, String provider, Clock clock) {
        this.cloudStack = cloudStack;
        this.provider = provider;
        this.clock = clock;
    }

    /** Whether the offering, removed or not, is one of this provider. */
    boolean isOurs(@Nullable Long offeringId) {
        return offering(offeringId)
                .filter(offering -> provider.equalsIgnoreCase(offering.getProvider()))
                .isPresent();
    }

    Optional<BackupOfferingVO> offering(@Nullable Long offeringId) {
        return offeringId == null
                ? Optional.empty()
                : Optional.ofNullable(cloudStack.offerings().findByIdIncludingRemoved(offeringId));
    }

    List<Backup> of(VirtualMachine vm) {
        return cloudStack.backups().listByVmId(null, vm.getId());
    }

    /** Inside a transaction of CloudStack: lets nobody else make rows for the machine until its end. */
    void lock(VirtualMachine vm) {
        cloudStack.vms().lockRow(vm.getId(), true);
    }

    Optional<BackupVO> find(long id) {
        return Optional.ofNullable(cloudStack.backups().findById(id));
    }

    /** The external id of a backup whose point is not known yet. */
    static String pendingId(Backup row) {
        return PENDING + row.getUuid();
    }

    static boolean isPendingId(@Nullable String externalId) {
        return externalId != null && externalId.startsWith(PENDING);
    }

    static boolean isUnderWay(Backup row) {
        return row.getStatus() == Status.BackingUp && isPendingId(row.getExternalId());
    }

    /** Inserts a row in state {@code BackingUp}; its uuid is the client token of the product's operation. */
    BackupVO begin(VirtualMachine vm, long offeringId, List<VolumeVO> volumes) {
        BackupVO row = blank(vm, offeringId);
        row.setExternalId(pendingId(row));
        row.setType(UNKNOWN_TYPE);
        row.setDate(now());
        row.setSize(0L);
        row.setProtectedSize(volumes.stream()
                .map(volume -> Objects.requireNonNullElse(volume.getSize(), 0L))
                .reduce(0L, Long::sum));
        row.setStatus(Status.BackingUp);
        row.setBackedUpVolumes(json(volumes));
        Map<String, String> details = new HashMap<>(cloudStack.manager().getBackupDetailsFromVM(vm));
        details.put(Marks.ALIVE, clock.instant().toString());
        row.setDetails(details);
        return cloudStack.backups().persist(row);
    }

    /**
     * Writes what became of a backup under way.
     *
     * @return the row; empty when somebody else ended or removed it meanwhile
     */
    Optional<BackupVO> finish(long rowId, RestorePoint point) {
        Optional<BackupVO> found = find(rowId).filter(Rows::isUnderWay);
        found.ifPresent(row -> {
            cloudStack.backups().loadDetails(row);
            Map<String, String> details = detailsOf(row);
            details.remove(Marks.OPERATION);
            details.remove(Marks.ALIVE);
            row.setDetails(details);
            volumesIn(point).ifPresent(volumes -> row.setBackedUpVolumes(json(volumes)));
            fill(row, point);
            cloudStack.backups().update(rowId, row);
        });
        return found;
    }

    /** Takes back a row whose backup failed while somebody waited, and was told. */
    void discard(long rowId) {
        if (find(rowId).filter(Rows::isUnderWay).isPresent()) {
            cloudStack.backups().remove(rowId);
        }
    }

    /** Ends a row whose backup failed while nobody waited; the reason is in its description. */
    void fail(long rowId, String reason) {
        find(rowId).filter(Rows::isUnderWay).ifPresent(row -> {
            row.setStatus(Status.Error);
            row.setDescription(
                    reason.length() <= DESCRIPTION_LENGTH ? reason : reason.substring(0, DESCRIPTION_LENGTH));
            cloudStack.backups().update(rowId, row);
        });
    }

    /** Inserts the row of a backup that was found at the product; empty when a volume in it is unknown to CloudStack. */
    Optional<BackupVO> adopt(RestorePoint point, VirtualMachine vm, long offeringId) {
        return volumesIn(point).map(volumes -> {
            BackupVO row = blank(vm, offeringId);
            row.setBackedUpVolumes(json(volumes));
            row.setDetails(new HashMap<>(cloudStack.manager().getBackupDetailsFromVM(vm)));
            fill(row, point);
            return cloudStack.backups().persist(row);
        });
    }

    private BackupVO blank(VirtualMachine vm, long offeringId) {
        BackupVO row = new BackupVO();
        row.setVmId(vm.getId());
        row.setBackupOfferingId(offeringId);
        row.setAccountId(vm.getAccountId());
        row.setDomainId(vm.getDomainId());
        row.setZoneId(vm.getDataCenterId());
        row.setName(cloudStack.manager().getBackupNameFromVM(vm));
        return row;
    }

    private static void fill(BackupVO row, RestorePoint point) {
        row.setExternalId(point.id());
        row.setType(point.type());
        row.setDate(Date.from(point.created()));
        row.setSize(point.sizeBytes());
        row.setProtectedSize(point.protectedBytes());
        row.setStatus(Status.BackedUp);
    }

    /** The rows of the volumes in a restore point, removed ones too; empty when one was purged or never known here. */
    private Optional<List<VolumeVO>> volumesIn(RestorePoint point) {
        List<VolumeVO> volumes = new ArrayList<>();
        for (VolumeRef volume : point.volumes()) {
            VolumeVO row = cloudStack.volumes().findByUuidIncludingRemoved(volume.uuid());
            if (row == null) {
                return Optional.empty();
            }
            volumes.add(row);
        }
        return Optional.of(volumes);
    }

    private String json(List<VolumeVO> volumes) {
        return cloudStack.manager().createVolumeInfoFromVolumes(new ArrayList<Volume>(volumes));
    }

    /** CloudStack's own map may be null and may not be changed. */
    private static Map<String, String> detailsOf(BackupVO row) {
        Map<String, String> details = row.getDetails();
        return details == null ? new HashMap<>() : new HashMap<>(details);
    }

    private Date now() {
        return Date.from(clock.instant());
    }
}
