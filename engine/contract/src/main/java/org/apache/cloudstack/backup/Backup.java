/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.backup;

import com.cloud.storage.Volume;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.cloudstack.acl.ControlledEntity;
import org.apache.cloudstack.api.Identity;
import org.apache.cloudstack.api.InternalIdentity;

/** A backup of a virtual machine. */
public interface Backup extends ControlledEntity, InternalIdentity, Identity {
    Long getVmId();

    long getBackupOfferingId();

    /** The product's id. */
    String getExternalId();

    String getType();

    Date getDate();

    Status getStatus();

    /** Bytes on backup storage. */
    Long getSize();

    /** Bytes of the volumes. */
    Long getProtectedSize();

    void setName(String name);

    String getDescription();

    void setDescription(String description);

    /** Never null. */
    List<VolumeInfo> getBackedUpVolumes();

    long getZoneId();

    Map<String, String> getDetails();

    String getDetail(String name);

    Long getBackupScheduleId();

    /** Where a backup stands. */
    enum Status {
        Allocated,
        Queued,
        BackingUp,
        BackedUp,
        Error,
        Failed,
        Restoring,
        Removed,
        Expunged
    }

    /** One backup as the product lists it; matched with rows by its id. */
    class RestorePoint {
        private final String id;
        private final Date created;
        private final String type;
        private final Long backupSize;
        private final Long dataSize;

        public RestorePoint(String id, Date created, String type) {
            this(id, created, type, null, null);
        }

        public RestorePoint(String id, Date created, String type, Long backupSize, Long dataSize) {
            this.id = id;
            this.created = created;
            this.type = type;
            this.backupSize = backupSize;
            this.dataSize = dataSize;
        }

        public String getId() {
            return id;
        }

        public Date getCreated() {
            return created;
        }

        public String getType() {
            return type;
        }

        /** Bytes on backup storage, or null. */
        public Long getBackupSize() {
            return backupSize;
        }

        /** Bytes of the volumes, or null. */
        public Long getDataSize() {
            return dataSize;
        }
    }

    /** A volume as it was when it was backed up; its fields are the members of the JSON in the row. */
    class VolumeInfo {
        private final String uuid;
        private Volume.Type type;
        private final Long size;
        private final String path;
        private final Long deviceId;
        private final String diskOfferingId;
        private final Long minIops;
        private final Long maxIops;

        public VolumeInfo(
                String uuid,
                String path,
                Volume.Type type,
                Long size,
                Long deviceId,
                String diskOfferingId,
                Long minIops,
                Long maxIops) {
            this.uuid = Objects.requireNonNull(uuid, "uuid is null");
            this.path = path;
            this.type = type;
            this.size = size;
            this.deviceId = deviceId;
            this.diskOfferingId = diskOfferingId;
            this.minIops = minIops;
            this.maxIops = maxIops;
        }

        public String getUuid() {
            return uuid;
        }

        public Volume.Type getType() {
            return type;
        }

        public void setType(Volume.Type type) {
            this.type = type;
        }

        public Long getSize() {
            return size;
        }

        public String getPath() {
            return path;
        }

        public Long getDeviceId() {
            return deviceId;
        }

        /** Uuid of the disk offering. */
        public String getDiskOfferingId() {
            return diskOfferingId;
        }

        public Long getMinIops() {
            return minIops;
        }

        public Long getMaxIops() {
            return maxIops;
        }
    }
}
