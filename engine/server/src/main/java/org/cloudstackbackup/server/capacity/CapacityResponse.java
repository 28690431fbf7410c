/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.capacity;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Locale;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.sync.ZoneCapacity;
import org.jspecify.annotations.Nullable;

/** A capacity of a zone. */
@SuppressWarnings("UnusedVariable")
public final class CapacityResponse extends BaseResponse {
    /** CloudStack's number of backup storage. */
    static final int BACKUP_STORAGE = 21;

    @SerializedName("type")
    @Param(description = "number of the kind of capacity; 21 is backup storage")
    private @Nullable Integer type;

    @SerializedName("name")
    @Param(description = "name of the kind of capacity")
    private @Nullable String name;

    @SerializedName("zoneid")
    @Param(description = "id of the zone")
    private @Nullable String zoneId;

    @SerializedName("zonename")
    @Param(description = "name of the zone")
    private @Nullable String zoneName;

    @SerializedName("capacityused")
    @Param(description = "used bytes")
    private @Nullable Long used;

    @SerializedName("capacitytotal")
    @Param(description = "bytes there are; 0 when no provider of the zone tells")
    private @Nullable Long total;

    @SerializedName("percentused")
    @Param(description = "used of total, in percent")
    private @Nullable String percentUsed;

    CapacityResponse(ZoneCapacity capacity) {
        setObjectName("capacity");
        this.type = BACKUP_STORAGE;
        this.name = "BACKUP_STORAGE";
        this.zoneId = capacity.zone().uuid();
        this.zoneName = capacity.zone().name();
        this.used = capacity.usedBytes();
        this.total = capacity.totalBytes();
        this.percentUsed = String.format(Locale.ROOT, "%.2f", capacity.fraction() * 100);
    }
}
