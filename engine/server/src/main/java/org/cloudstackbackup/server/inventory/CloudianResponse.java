/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;

/** Whether a Cloudian object store is connected. */
@SuppressWarnings("UnusedVariable")
public final class CloudianResponse extends BaseResponse {
    @SerializedName("enabled")
    @Param(description = "always false")
    private final boolean enabled = false;

    CloudianResponse() {
        setObjectName("cloudianisenabled");
    }
}
