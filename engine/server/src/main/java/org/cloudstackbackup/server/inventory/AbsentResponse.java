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

/** A thing of a kind that this server has none of. */
@SuppressWarnings("UnusedVariable")
public final class AbsentResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;
}
