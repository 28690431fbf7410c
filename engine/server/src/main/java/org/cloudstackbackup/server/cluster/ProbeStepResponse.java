/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.cluster;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.cluster.ProbeStep;

/** A step of testing a connection. */
@SuppressWarnings("UnusedVariable")
public final class ProbeStepResponse extends BaseResponse {
    @SerializedName("name")
    @Param(description = "kubeconfig, dns, tcp, tls, token or permission")
    private final String name;

    @SerializedName("status")
    @Param(description = "Ok, Failed, or Skipped when an earlier step failed or there is nothing to try")
    private final String status;

    @SerializedName("detail")
    @Param(description = "what was found, or what is wrong")
    private final String detail;

    ProbeStepResponse(ProbeStep step) {
        super("step");
        name = step.name();
        status = step.status().name();
        detail = step.detail();
    }
}
