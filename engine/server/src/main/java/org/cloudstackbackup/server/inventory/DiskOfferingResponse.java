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
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.jspecify.annotations.Nullable;

/** A disk offering. */
@SuppressWarnings("UnusedVariable")
public final class DiskOfferingResponse extends BaseResponse {
    private static final long GIB = 1L << 30;

    @SerializedName("id")
    @Param(description = "id of the disk offering")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("displaytext")
    @Param(description = "description")
    private @Nullable String displaytext;

    @SerializedName("disksize")
    @Param(description = "size of its volumes in GiB, rounded up; 0 when customized")
    private @Nullable Long disksize;

    @SerializedName("iscustomized")
    @Param(description = "whether the size is chosen with each volume")
    private @Nullable Boolean iscustomized;

    @SerializedName("iscustomizediops")
    @Param(description = "whether I/O rates are chosen with each volume; always false")
    private @Nullable Boolean iscustomizediops;

    @SerializedName("miniops")
    @Param(description = "least I/O operations a second")
    private @Nullable Long miniops;

    @SerializedName("maxiops")
    @Param(description = "most I/O operations a second")
    private @Nullable Long maxiops;

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

    @SerializedName("displayoffering")
    @Param(description = "whether users see it; always true")
    private @Nullable Boolean displayoffering;

    DiskOfferingResponse(DiskOffering offering) {
        setObjectName("diskoffering");
        this.id = offering.uuid();
        this.name = offering.name();
        this.displaytext = offering.displayText();
        this.disksize = (offering.sizeBytes() + GIB - 1) / GIB;
        this.iscustomized = offering.customized();
        this.iscustomizediops = false;
        this.miniops = offering.minIops();
        this.maxiops = offering.maxIops();
        this.created = Date.from(offering.created());
        this.state = "Active";
        this.storagetype = "shared";
        this.provisioningtype = "thin";
        this.displayoffering = true;
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
