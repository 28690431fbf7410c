/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;

/** A type of event on the wire; Gson reads the field. */
@SuppressWarnings("UnusedVariable")
public final class EventTypeResponse extends BaseResponse {
    @SerializedName("name")
    @Param(description = "name of the type, such as BACKUP.CREATE")
    private final String name;

    EventTypeResponse(String name) {
        this.name = name;
        setObjectName("eventtype");
    }
}
