/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.apache.cloudstack.api.BaseResponse;

/** What a test of a connection came to. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupConnectionResponse extends BaseResponse {
    @SerializedName("success")
    @Param(description = "whether every step worked")
    private final boolean success;

    @SerializedName("step")
    @Param(description = "the steps in their order", responseObject = ConnectionStep.class)
    private final List<ConnectionStep> steps;

    PxBackupConnectionResponse(List<ConnectionStep> steps) {
        super("pxbackupconnection");
        this.success = steps.stream().noneMatch(ConnectionStep::isFailed);
        this.steps = List.copyOf(steps);
    }
}
