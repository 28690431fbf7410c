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

/** Whether the server is being shut down from the UI, which it cannot be. */
@SuppressWarnings("UnusedVariable")
public final class ReadinessResponse extends BaseResponse {
    @SerializedName("readyforshutdown")
    @Param(description = "always false")
    private final boolean readyforshutdown = false;

    @SerializedName("shutdowntriggered")
    @Param(description = "always false")
    private final boolean shutdowntriggered = false;

    @SerializedName("pendingjobscount")
    @Param(description = "always 0, as no shutdown waits for jobs")
    private final long pendingjobscount = 0;

    ReadinessResponse() {
        setObjectName("readyforshutdown");
    }
}
