/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import java.util.Map;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.pxbackup.client.Metadata;
import org.jspecify.annotations.Nullable;

/** What every object of PX-Backup has. */
@SuppressWarnings("UnusedVariable")
abstract class PxBackupObjectResponse extends BaseResponse {
    @SerializedName("uid")
    @Param(description = "uid")
    private @Nullable String uid;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("orgid")
    @Param(description = "organisation")
    private @Nullable String orgId;

    @SerializedName("created")
    @Param(description = "when it was made")
    private @Nullable Date created;

    @SerializedName("lastupdated")
    @Param(description = "when it was changed last")
    private @Nullable Date lastUpdated;

    @SerializedName("labels")
    @Param(description = "labels")
    private @Nullable Map<String, String> labels;

    @SerializedName("ownership")
    @Param(description = "to whom it belongs", responseObject = OwnershipResponse.class)
    private @Nullable OwnershipResponse ownership;

    PxBackupObjectResponse(String objectName, @Nullable Metadata metadata) {
        super(objectName);
        if (metadata != null) {
            uid = metadata.uid();
            name = metadata.name();
            orgId = metadata.orgId();
            created = Shown.date(metadata.createTime());
            lastUpdated = Shown.date(metadata.lastUpdateTime());
            labels = Shown.map(metadata.labels());
            ownership = OwnershipResponse.of(metadata);
        }
    }
}
