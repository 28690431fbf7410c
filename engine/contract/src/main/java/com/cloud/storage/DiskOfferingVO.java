/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.storage;

import com.cloud.offering.DiskOffering;
import java.util.UUID;

/** The row of a disk offering. */
public class DiskOfferingVO implements DiskOffering {
    private long id;
    private String uuid = UUID.randomUUID().toString();
    private final Storage.ProvisioningType provisioningType = Storage.ProvisioningType.THIN;

    public DiskOfferingVO() {}

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
    public Storage.ProvisioningType getProvisioningType() {
        return provisioningType;
    }
}
