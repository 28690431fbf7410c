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
import org.cloudstackbackup.pxbackup.client.Access;
import org.jspecify.annotations.Nullable;

/** Who may do what. */
@SuppressWarnings("UnusedVariable")
public final class AccessResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "group, or id of the user at the token issuer")
    private @Nullable String id;

    @SerializedName("access")
    @Param(description = "what they may do")
    private @Nullable String access;

    AccessResponse(Access access) {
        super("access");
        id = access.id();
        this.access = access.access();
    }
}
