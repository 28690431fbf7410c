/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.spi.ProviderOffering;
import org.jspecify.annotations.Nullable;

/** A backup offering, or a policy that can become one. */
@SuppressWarnings("UnusedVariable")
public final class BackupOfferingResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the backup offering; of a policy not imported yet, its external id")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("description")
    @Param(description = "description")
    private @Nullable String description;

    @SerializedName("provider")
    @Param(description = "name of the backup provider")
    private @Nullable String provider;

    @SerializedName("externalid")
    @Param(description = "id at the provider")
    private @Nullable String externalid;

    @SerializedName("allowuserdrivenbackups")
    @Param(description = "whether users may back up on request and by schedule")
    private @Nullable Boolean allowuserdrivenbackups;

    @SerializedName("zoneid")
    @Param(description = "id of the zone")
    private @Nullable String zoneid;

    @SerializedName("zonename")
    @Param(description = "name of the zone")
    private @Nullable String zonename;

    @SerializedName("crosszoneinstancecreation")
    @Param(description = "true when backups can become VMs in other zones")
    private @Nullable Boolean crosszoneinstancecreation;

    @SerializedName("created")
    @Param(description = "when it was imported")
    private @Nullable Date created;

    BackupOfferingResponse(BackupOffering offering, boolean acrossZones) {
        setObjectName("backupoffering");
        this.id = offering.uuid();
        this.name = offering.name();
        this.description = offering.description();
        this.provider = offering.provider();
        this.externalid = offering.externalId();
        this.allowuserdrivenbackups = offering.userDriven();
        this.zoneid = offering.zoneUuid();
        this.zonename = offering.zoneName();
        this.crosszoneinstancecreation = acrossZones ? true : null;
        this.created = Date.from(offering.created());
    }

    BackupOfferingResponse(ProviderOffering offering) {
        setObjectName("backupoffering");
        this.id = offering.externalId();
        this.name = offering.name();
        this.description = offering.description();
        this.externalid = offering.externalId();
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
