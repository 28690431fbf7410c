/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.clusterexport.service.Restored;

/** What a restore did with one object. */
@SuppressWarnings("UnusedVariable")
public final class RestoredObjectResponse extends BaseResponse {
    @SerializedName("key")
    @Param(description = "key of the object's file in the bucket")
    private final String key;

    @SerializedName("action")
    @Param(
            description = "created, updated, recreated, skipped or failed; in a dry run would_create, would_change, or"
                    + " unchecked as its namespace or type is not there yet")
    private final String action;

    @SerializedName("detail")
    @Param(description = "why; may be empty")
    private final String detail;

    RestoredObjectResponse(Restored.Item item) {
        super("object");
        key = item.key();
        action = item.action();
        detail = item.detail();
    }
}
