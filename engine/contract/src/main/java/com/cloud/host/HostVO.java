/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.host;

/** The row of a host. */
public class HostVO implements Host {
    private long id;
    private final String guid;
    private String uuid;

    public HostVO(String guid) {
        this.guid = guid;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public String getUuid() {
        return uuid;
    }

    public String getGuid() {
        return guid;
    }

    @Override
    public Status getState() {
        return Status.Up;
    }
}
