/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

/** Error codes of the API; each is the {@code errorcode} in the envelope and the HTTP status at once. */
public enum ApiErrorCode {
    BAD_REQUEST(400),
    UNAUTHORIZED(401),
    METHOD_NOT_ALLOWED(405),
    API_LIMIT_EXCEED(429),
    MALFORMED_PARAMETER_ERROR(430),
    PARAM_ERROR(431),
    UNSUPPORTED_ACTION_ERROR(432),
    SERVICE_UNAVAILABLE(503),
    UNAUTHORIZED2FA(511),
    INTERNAL_ERROR(530),
    ACCOUNT_ERROR(531),
    ACCOUNT_RESOURCE_LIMIT_ERROR(532),
    INSUFFICIENT_CAPACITY_ERROR(533),
    RESOURCE_UNAVAILABLE_ERROR(534),
    RESOURCE_ALLOCATION_ERROR(535),
    RESOURCE_IN_USE_ERROR(536),
    NETWORK_RULE_CONFLICT_ERROR(537);

    private int httpCode;

    ApiErrorCode(int httpCode) {
        this.httpCode = httpCode;
    }

    public int getHttpCode() {
        return httpCode;
    }

    public void setHttpCode(int httpCode) {
        this.httpCode = httpCode;
    }

    /** The number as text, as it is written to clients. */
    @Override
    public String toString() {
        return Integer.toString(httpCode);
    }
}
