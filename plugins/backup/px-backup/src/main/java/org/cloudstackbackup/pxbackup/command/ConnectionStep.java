/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;

/** One step of a test of a connection. */
@SuppressWarnings("UnusedVariable")
public final class ConnectionStep extends BaseResponse {
    @SerializedName("name")
    @Param(
            description =
                    "settings, dns, tcp, tls, health, token, version, organisation, permission, cluster or location")
    private final String name;

    @SerializedName("status")
    @Param(description = "Ok, Failed, or Skipped when an earlier step failed or there is nothing to try")
    private final String status;

    @SerializedName("detail")
    @Param(description = "what was found, or what is wrong")
    private final String detail;

    ConnectionStep(String name, Status status, String detail) {
        super("step");
        this.name = name;
        this.status = status.name();
        this.detail = detail;
    }

    boolean isFailed() {
        return status.equals(Status.Failed.name());
    }

    String name() {
        return name;
    }

    String status() {
        return status;
    }

    String detail() {
        return detail;
    }

    /** How a step went. */
    enum Status {
        Ok,
        Failed,
        Skipped
    }
}
