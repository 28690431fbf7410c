/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.jspecify.annotations.Nullable;

/** What a user signs requests with; for the user and its admins only. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class UserKeysResponse extends BaseResponse {
    @SerializedName("apikey")
    @Param(description = "API key", isSensitive = true)
    private final @Nullable String apiKey;

    @SerializedName("secretkey")
    @Param(description = "secret key", isSensitive = true)
    private final @Nullable String secretKey;

    UserKeysResponse(@Nullable ApiKeys keys) {
        apiKey = keys == null ? null : keys.apiKey();
        secretKey = keys == null ? null : keys.secretKey();
        setObjectName("userkeys");
    }
}
