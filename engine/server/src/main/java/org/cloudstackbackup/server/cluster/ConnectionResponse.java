/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.cluster;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.cluster.ProbeStep;

/** How the test of a connection went. */
@SuppressWarnings("UnusedVariable")
public final class ConnectionResponse extends BaseResponse {
    @SerializedName("success")
    @Param(description = "whether every step worked")
    private final boolean success;

    @SerializedName("step")
    @Param(description = "the steps in their order", responseObject = ProbeStepResponse.class)
    private final List<ProbeStepResponse> steps;

    ConnectionResponse(List<ProbeStep> steps) {
        super("backupclusterconnection");
        this.success = steps.stream().noneMatch(ProbeStep::isFailed);
        this.steps = steps.stream().map(ProbeStepResponse::new).toList();
    }
}
