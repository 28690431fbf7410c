/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.usage;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;

/** A kind of usage record. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class UsageTypeResponse extends BaseResponse {
    /** CloudStack's number of usage records for backups. */
    static final int BACKUP = 28;

    @SerializedName("id")
    @Param(description = "number of the type")
    private final int id = BACKUP;

    @SerializedName("usagetypeid")
    @Param(description = "the same number, under its old name")
    private final int usagetypeid = BACKUP;

    @SerializedName("name")
    @Param(description = "name of the type")
    private final String name = "Backup";

    @SerializedName("description")
    @Param(description = "what is recorded")
    private final String description = "Backup storage usage";

    UsageTypeResponse() {
        setObjectName("usagetype");
    }
}
