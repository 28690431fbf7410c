/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

/** A command that runs as a job; callers get the job's id at once. */
public abstract class BaseAsyncCmd extends BaseCmd {
    public static final String gslbSyncObject = "globalserverloadbalancer";
    public static final String ipAddressSyncObject = "ipaddress";
    public static final String migrationSyncObject = "migration";
    public static final String networkSyncObject = "network";
    public static final String snapshotHostSyncObject = "snapshothost";
    public static final String vpcSyncObject = "vpc";

    private Object job;
    private Long startEventId;

    @Parameter(
            name = ApiConstants.CUSTOM_JOB_ID,
            type = CommandType.STRING,
            includeInApiDoc = false,
            description = "uuid that the job shall have")
    private String injectedJobId;

    /** One of {@code EventTypes}. */
    public abstract String getEventType();

    /** A sentence for people; never holds a secret. */
    public abstract String getEventDescription();

    /** Internal id of the object on which jobs queue, or null for no queue. */
    public Long getSyncObjId() {
        return null;
    }

    /** Kind of the object on which jobs queue, or null for no queue. */
    public String getSyncObjType() {
        return null;
    }

    /** The job's uuid that the caller asked for, or null. */
    public String getInjectedJobId() {
        return injectedJobId;
    }

    public Long getStartEventId() {
        return startEventId;
    }

    public void setStartEventId(Long startEventId) {
        this.startEventId = startEventId;
    }

    public Object getJob() {
        return job;
    }

    public void setJob(Object job) {
        this.job = job;
    }
}
