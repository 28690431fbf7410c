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
import org.jspecify.annotations.Nullable;

/** A project; this server has none. */
@SuppressWarnings("UnusedVariable")
public final class ProjectResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the project")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("displaytext")
    @Param(description = "description")
    private @Nullable String displaytext;

    @SerializedName("state")
    @Param(description = "state")
    private @Nullable String state;

    ProjectResponse() {
        setObjectName("project");
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
