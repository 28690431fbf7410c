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
import org.cloudstackbackup.framework.inventory.GuestOs;
import org.jspecify.annotations.Nullable;

/** An operating system. */
@SuppressWarnings("UnusedVariable")
public final class GuestOsResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the operating system")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("description")
    @Param(description = "the name, under which CloudStack's clients look for it")
    private @Nullable String description;

    @SerializedName("oscategoryid")
    @Param(description = "id of its category")
    private @Nullable String oscategoryid;

    @SerializedName("oscategoryname")
    @Param(description = "name of its category")
    private @Nullable String oscategoryname;

    @SerializedName("isuserdefined")
    @Param(description = "whether an admin added it; always false")
    private @Nullable Boolean isuserdefined;

    GuestOsResponse(GuestOs os) {
        setObjectName("ostype");
        this.id = os.uuid();
        this.name = os.name();
        this.description = os.name();
        this.oscategoryid = os.category().uuid();
        this.oscategoryname = os.category().name();
        this.isuserdefined = false;
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
