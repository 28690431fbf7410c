/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.storage.datastore.db;

import com.cloud.storage.Storage;
import com.cloud.storage.StoragePool;

/** The row of a storage pool. */
public class StoragePoolVO implements StoragePool {
    private long id;
    private String uuid;
    private String name;
    private Storage.StoragePoolType poolType;

    public StoragePoolVO() {}

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
    public Storage.StoragePoolType getPoolType() {
        return poolType;
    }

    public void setPoolType(Storage.StoragePoolType poolType) {
        this.poolType = poolType;
    }
}
