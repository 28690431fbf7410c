/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.inventory.ServiceOffering;
import org.jspecify.annotations.Nullable;

/** A service offering. */
@SuppressWarnings("UnusedVariable")
public final class ServiceOfferingResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the service offering")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("displaytext")
    @Param(description = "description")
    private @Nullable String displaytext;

    @SerializedName("cpunumber")
    @Param(description = "number of processors")
    private @Nullable Integer cpunumber;

    @SerializedName("cpuspeed")
    @Param(description = "speed of a processor in MHz")
    private @Nullable Integer cpuspeed;

    @SerializedName("memory")
    @Param(description = "memory in MiB")
    private @Nullable Integer memory;

    @SerializedName("created")
    @Param(description = "when it was made")
    private @Nullable Date created;

    @SerializedName("state")
    @Param(description = "always Active")
    private @Nullable String state;

    @SerializedName("storagetype")
    @Param(description = "always shared")
    private @Nullable String storagetype;

    @SerializedName("provisioningtype")
    @Param(description = "always thin")
    private @Nullable String provisioningtype;

    @SerializedName("offerha")
    @Param(description = "whether VMs are kept running; always false")
    private @Nullable Boolean offerha;

    @SerializedName("limitcpuuse")
    @Param(description = "whether processor use is capped; always false")
    private @Nullable Boolean limitcpuuse;

    @SerializedName("isvolatile")
    @Param(description = "whether root volumes are made anew at each start; always false")
    private @Nullable Boolean isvolatile;

    @SerializedName("issystem")
    @Param(description = "whether it is for system VMs; always false")
    private @Nullable Boolean issystem;

    @SerializedName("defaultuse")
    @Param(description = "whether it is the default of system VMs; always false")
    private @Nullable Boolean defaultuse;

    @SerializedName("iscustomized")
    @Param(description = "whether numbers are chosen with each VM; always false")
    private @Nullable Boolean iscustomized;

    @SerializedName("dynamicscalingenabled")
    @Param(description = "whether running VMs can be resized; always false")
    private @Nullable Boolean dynamicscalingenabled;

    ServiceOfferingResponse(ServiceOffering offering) {
        setObjectName("serviceoffering");
        this.id = offering.uuid();
        this.name = offering.name();
        this.displaytext = offering.displayText();
        this.cpunumber = offering.cpuNumber();
        this.cpuspeed = offering.cpuSpeedMhz();
        this.memory = offering.memoryMib();
        this.created = Date.from(offering.created());
        this.state = "Active";
        this.storagetype = "shared";
        this.provisioningtype = "thin";
        this.offerha = false;
        this.limitcpuuse = false;
        this.isvolatile = false;
        this.issystem = false;
        this.defaultuse = false;
        this.iscustomized = false;
        this.dynamicscalingenabled = false;
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
