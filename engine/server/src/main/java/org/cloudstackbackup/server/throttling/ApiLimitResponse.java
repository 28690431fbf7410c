/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.throttling;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.server.api.RequestLimiter;

/** An account's API calls on the wire; Gson reads the fields. */
@SuppressWarnings("UnusedVariable")
public final class ApiLimitResponse extends BaseResponse {
    private static final long MILLIS = 1000;

    @SerializedName("accountid")
    @Param(description = "id of the caller's account")
    private final String accountId;

    @SerializedName("account")
    @Param(description = "name of the caller's account")
    private final String account;

    @SerializedName("apiIssued")
    @Param(description = "calls that were counted in the present interval, on this server")
    private final int issued;

    @SerializedName("apiAllowed")
    @Param(description = "most calls in an interval; -1 while calls are not limited")
    private final int allowed;

    @SerializedName("expireAfter")
    @Param(description = "seconds until calls are counted anew")
    private final long expireAfter;

    ApiLimitResponse(Account account, RequestLimiter.Usage usage) {
        this.accountId = account.uuid();
        this.account = account.name();
        this.issued = usage.issued();
        this.allowed = usage.allowed();
        this.expireAfter = (usage.resetIn().toMillis() + MILLIS - 1) / MILLIS;
        setObjectName("apilimit");
    }
}
