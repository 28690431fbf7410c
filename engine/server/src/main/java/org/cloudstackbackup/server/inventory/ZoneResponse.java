/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.inventory.Zone;
import org.jspecify.annotations.Nullable;

/** A zone. */
@SuppressWarnings("UnusedVariable")
public final class ZoneResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the zone")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("description")
    @Param(description = "description")
    private @Nullable String description;

    @SerializedName("networktype")
    @Param(description = "Basic or Advanced")
    private @Nullable String networktype;

    @SerializedName("allocationstate")
    @Param(description = "Enabled or Disabled")
    private @Nullable String allocationstate;

    @SerializedName("securitygroupsenabled")
    @Param(description = "whether security groups are used; always false")
    private @Nullable Boolean securitygroupsenabled;

    @SerializedName("localstorageenabled")
    @Param(description = "whether volumes live on hosts; always false")
    private @Nullable Boolean localstorageenabled;

    @SerializedName("dhcpprovider")
    @Param(description = "who gives addresses to VMs")
    private @Nullable String dhcpprovider;

    @SerializedName("type")
    @Param(description = "kind of the zone; always Core")
    private @Nullable String type;

    @SerializedName("inventory")
    @Param(
            description = "where its VMs really run, such as simulator",
            authorized = {RoleType.Admin})
    private @Nullable String inventory;

    ZoneResponse(Zone zone) {
        setObjectName("zone");
        this.id = zone.uuid();
        this.name = zone.name();
        this.description = zone.description();
        this.networktype = zone.networkType();
        this.allocationstate = zone.allocationState();
        this.securitygroupsenabled = false;
        this.localstorageenabled = false;
        this.dhcpprovider = "VirtualRouter";
        this.type = "Core";
        this.inventory = zone.inventory();
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
