/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.backup;

import java.util.Date;
import java.util.UUID;

/** The row of a backup offering. */
public class BackupOfferingVO implements BackupOffering {
    private long id;
    private final String uuid = UUID.randomUUID().toString();
    private final String externalId;
    private final String name;
    private final String description;
    private final long zoneId;
    private final boolean userDrivenBackupAllowed;
    private final String provider;
    private final Date created = new Date();

    public BackupOfferingVO(
            long zoneId,
            String externalId,
            String provider,
            String name,
            String description,
            boolean userDrivenBackupAllowed) {
        this.zoneId = zoneId;
        this.externalId = externalId;
        this.provider = provider;
        this.name = name;
        this.description = description;
        this.userDrivenBackupAllowed = userDrivenBackupAllowed;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public String getUuid() {
        return uuid;
    }

    @Override
    public String getExternalId() {
        return externalId;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public long getZoneId() {
        return zoneId;
    }

    @Override
    public boolean isUserDrivenBackupAllowed() {
        return userDrivenBackupAllowed;
    }

    @Override
    public String getProvider() {
        return provider;
    }

    @Override
    public Date getCreated() {
        return created;
    }
}
