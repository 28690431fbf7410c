/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import com.cloud.exception.ResourceAllocationException;

/** A job that first makes a row; callers get the new entity's id with the job's id. */
public abstract class BaseAsyncCreateCmd extends BaseAsyncCmd {
    @Parameter(name = ApiConstants.ID, type = CommandType.LONG, expose = false)
    private Long id;

    private String uuid;

    /** Makes the row and calls {@link #setEntityId} and {@link #setEntityUuid}; runs before the job is queued. */
    public abstract void create() throws ResourceAllocationException;

    public Long getEntityId() {
        return id;
    }

    public void setEntityId(Long id) {
        this.id = id;
    }

    public String getEntityUuid() {
        return uuid;
    }

    public void setEntityUuid(String uuid) {
        this.uuid = uuid;
    }

    /** Type of the event for {@link #create}, or null for none. */
    public String getCreateEventType() {
        return null;
    }

    public String getCreateEventDescription() {
        return null;
    }
}
