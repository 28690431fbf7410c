/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.backup;

import com.google.gson.Gson;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The row of a backup. */
public class BackupVO implements Backup {
    private long id;
    private final String uuid = UUID.randomUUID().toString();
    private String name;
    private String description;
    private Long vmId;
    private String externalId;
    private String type;
    private Date date;
    private Long size;
    private Long protectedSize;
    private Status status;
    private long backupOfferingId;
    private long accountId;
    private long domainId;
    private long zoneId;
    private Long backupScheduleId;
    private Date removed;
    protected String backedUpVolumes;
    private Map<String, String> details;

    public BackupVO() {}

    @Override
    public long getId() {
        return id;
    }

    @Override
    public String getUuid() {
        return uuid;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void setName(String name) {
        this.name = name;
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public void setDescription(String description) {
        this.description = description;
    }

    @Override
    public Long getVmId() {
        return vmId;
    }

    public void setVmId(Long vmId) {
        this.vmId = vmId;
    }

    @Override
    public String getExternalId() {
        return externalId;
    }

    public void setExternalId(String externalId) {
        this.externalId = externalId;
    }

    @Override
    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    @Override
    public Date getDate() {
        return date;
    }

    public void setDate(Date date) {
        this.date = date;
    }

    @Override
    public Long getSize() {
        return size;
    }

    public void setSize(Long size) {
        this.size = size;
    }

    @Override
    public Long getProtectedSize() {
        return protectedSize;
    }

    public void setProtectedSize(Long protectedSize) {
        this.protectedSize = protectedSize;
    }

    @Override
    public Status getStatus() {
        return status;
    }

    public void setStatus(Status status) {
        this.status = status;
    }

    @Override
    public long getBackupOfferingId() {
        return backupOfferingId;
    }

    public void setBackupOfferingId(long backupOfferingId) {
        this.backupOfferingId = backupOfferingId;
    }

    @Override
    public long getAccountId() {
        return accountId;
    }

    public void setAccountId(long accountId) {
        this.accountId = accountId;
    }

    @Override
    public long getDomainId() {
        return domainId;
    }

    public void setDomainId(long domainId) {
        this.domainId = domainId;
    }

    @Override
    public long getZoneId() {
        return zoneId;
    }

    public void setZoneId(long zoneId) {
        this.zoneId = zoneId;
    }

    @Override
    public Long getBackupScheduleId() {
        return backupScheduleId;
    }

    public Date getRemoved() {
        return removed;
    }

    public void setRemoved(Date removed) {
        this.removed = removed;
    }

    @Override
    public List<VolumeInfo> getBackedUpVolumes() {
        return backedUpVolumes == null || backedUpVolumes.isEmpty()
                ? List.of()
                : List.of(new Gson().fromJson(backedUpVolumes, VolumeInfo[].class));
    }

    /** The volumes as JSON. */
    public void setBackedUpVolumes(String backedUpVolumes) {
        this.backedUpVolumes = backedUpVolumes;
    }

    /** Null until they are loaded. */
    @Override
    public Map<String, String> getDetails() {
        return details;
    }

    @Override
    public String getDetail(String name) {
        return details == null ? null : details.get(name);
    }

    public void setDetails(Map<String, String> details) {
        this.details = details;
    }

    @Override
    public Class<?> getEntityType() {
        return Backup.class;
    }
}
