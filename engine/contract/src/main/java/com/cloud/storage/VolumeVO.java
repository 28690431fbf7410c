/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.storage;

import java.util.Date;
import java.util.UUID;

/** The row of a volume. */
public class VolumeVO implements Volume {
    private long id;
    private String uuid = UUID.randomUUID().toString();
    private String name;
    private final Type volumeType;
    private final long dataCenterId;
    private long domainId;
    private long accountId;
    private Long diskOfferingId;
    private Storage.ProvisioningType provisioningType;
    private Long size;
    private final Long minIops;
    private final Long maxIops;
    private final String iScsiName;
    private Long instanceId;
    private Long deviceId;
    private Long poolId;
    private Storage.StoragePoolType poolType;
    private Storage.ImageFormat format;
    private String path;
    private State state = State.Allocated;
    private boolean displayed = true;
    private Date updated;
    private Date removed;

    public VolumeVO(
            Type type,
            String name,
            long dcId,
            long domainId,
            long accountId,
            long diskOfferingId,
            Storage.ProvisioningType provisioningType,
            long size,
            Long minIops,
            Long maxIops,
            String iScsiName) {
        this.volumeType = type;
        this.name = name;
        this.dataCenterId = dcId;
        this.domainId = domainId;
        this.accountId = accountId;
        this.diskOfferingId = diskOfferingId;
        this.provisioningType = provisioningType;
        this.size = size;
        this.minIops = minIops;
        this.maxIops = maxIops;
        this.iScsiName = iScsiName;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public String getUuid() {
        return uuid;
    }

    public void setUuid(String uuid) {
        this.uuid = uuid;
    }

    @Override
    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    @Override
    public Type getVolumeType() {
        return volumeType;
    }

    public long getDataCenterId() {
        return dataCenterId;
    }

    @Override
    public long getDomainId() {
        return domainId;
    }

    @Override
    public long getAccountId() {
        return accountId;
    }

    @Override
    public Long getDiskOfferingId() {
        return diskOfferingId;
    }

    @Override
    public Storage.ProvisioningType getProvisioningType() {
        return provisioningType;
    }

    @Override
    public Long getSize() {
        return size;
    }

    public void setSize(Long size) {
        this.size = size;
    }

    @Override
    public Long getMinIops() {
        return minIops;
    }

    @Override
    public Long getMaxIops() {
        return maxIops;
    }

    public String get_iScsiName() {
        return iScsiName;
    }

    @Override
    public Long getInstanceId() {
        return instanceId;
    }

    public void setInstanceId(Long instanceId) {
        this.instanceId = instanceId;
    }

    @Override
    public Long getDeviceId() {
        return deviceId;
    }

    public void setDeviceId(Long deviceId) {
        this.deviceId = deviceId;
    }

    @Override
    public Long getPoolId() {
        return poolId;
    }

    public void setPoolId(Long poolId) {
        this.poolId = poolId;
    }

    public Storage.StoragePoolType getPoolType() {
        return poolType;
    }

    public void setPoolType(Storage.StoragePoolType poolType) {
        this.poolType = poolType;
    }

    @Override
    public Storage.ImageFormat getFormat() {
        return format;
    }

    public void setFormat(Storage.ImageFormat format) {
        this.format = format;
    }

    @Override
    public String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    @Override
    public State getState() {
        return state;
    }

    public void setState(State state) {
        this.state = state;
    }

    @Override
    public boolean isDisplay() {
        return displayed;
    }

    public void setDisplayVolume(boolean displayed) {
        this.displayed = displayed;
    }

    @Override
    public Date getUpdated() {
        return updated;
    }

    public void setUpdated(Date updated) {
        this.updated = updated;
    }

    public Date getRemoved() {
        return removed;
    }

    public void setRemoved(Date removed) {
        this.removed = removed;
    }

    @Override
    public Long getTemplateId() {
        return null;
    }

    @Override
    public Class<?> getEntityType() {
        return Volume.class;
    }
}
