/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.jspecify.annotations.Nullable;

/** A backup product. */
@SuppressWarnings("UnusedVariable")
public final class BackupProviderResponse extends BaseResponse {
    @SerializedName("name")
    @Param(description = "name of the provider")
    private @Nullable String name;

    @SerializedName("description")
    @Param(description = "what it is")
    private @Nullable String description;

    BackupProviderResponse(String name, String description) {
        setObjectName("providers");
        this.name = name;
        this.description = description;
    }
}
