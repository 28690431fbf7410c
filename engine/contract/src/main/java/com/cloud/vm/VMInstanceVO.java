/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.vm;

import com.cloud.hypervisor.Hypervisor.HypervisorType;
import com.cloud.utils.fsm.FiniteStateObject;
import java.util.Date;
import java.util.UUID;

/** The row of a virtual machine. */
public class VMInstanceVO implements VirtualMachine, FiniteStateObject<VirtualMachine.State, VirtualMachine.Event> {
    private final long id;
    private String uuid = UUID.randomUUID().toString();
    private String hostName;
    private String instanceName;
    private final HypervisorType hypervisorType;
    private final long domainId;
    private final long accountId;
    private long dataCenterId;
    private Long hostId;
    private Long backupOfferingId;
    private String backupExternalId;
    private Date removed;
    private State state = State.Stopped;

    public VMInstanceVO(
            long id,
            long serviceOfferingId,
            String name,
            String instanceName,
            Type type,
            Long vmTemplateId,
            HypervisorType hypervisorType,
            long guestOSId,
            long domainId,
            long accountId,
            long userId,
            boolean haEnabled) {
        this.id = id;
        this.hostName = name;
        this.instanceName = instanceName;
        this.hypervisorType = hypervisorType;
        this.domainId = domainId;
        this.accountId = accountId;
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

    /** The hypervisor's name, as in CloudStack. */
    @Override
    public String getName() {
        return instanceName;
    }

    @Override
    public String getHostName() {
        return hostName;
    }

    public void setHostName(String hostName) {
        this.hostName = hostName;
    }

    @Override
    public String getInstanceName() {
        return instanceName;
    }

    public void setInstanceName(String instanceName) {
        this.instanceName = instanceName;
    }

    @Override
    public HypervisorType getHypervisorType() {
        return hypervisorType;
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
    public long getDataCenterId() {
        return dataCenterId;
    }

    public void setDataCenterId(long dataCenterId) {
        this.dataCenterId = dataCenterId;
    }

    @Override
    public Long getHostId() {
        return hostId;
    }

    public void setHostId(Long hostId) {
        this.hostId = hostId;
    }

    @Override
    public Long getBackupOfferingId() {
        return backupOfferingId;
    }

    public void setBackupOfferingId(Long backupOfferingId) {
        this.backupOfferingId = backupOfferingId;
    }

    @Override
    public String getBackupExternalId() {
        return backupExternalId;
    }

    public void setBackupExternalId(String backupExternalId) {
        this.backupExternalId = backupExternalId;
    }

    @Override
    public Date getRemoved() {
        return removed;
    }

    public void setRemoved(Date removed) {
        this.removed = removed;
    }

    @Override
    public State getState() {
        return state;
    }

    @Override
    public void setState(State state) {
        this.state = state;
    }

    @Override
    public boolean isDisplay() {
        return true;
    }

    @Override
    public Class<?> getEntityType() {
        return VirtualMachine.class;
    }
}
