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
import org.cloudstackbackup.framework.inventory.GuestOsCategory;
import org.jspecify.annotations.Nullable;

/** A family of operating systems. */
@SuppressWarnings("UnusedVariable")
public final class GuestOsCategoryResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the category")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    GuestOsCategoryResponse(GuestOsCategory category) {
        setObjectName("oscategory");
        this.id = category.uuid();
        this.name = category.name();
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
