/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import com.cloud.utils.exception.CloudRuntimeException;

/** An error with its API code, to be told to the caller as it is. */
public class ServerApiException extends CloudRuntimeException {
    private static final long serialVersionUID = 1L;

    private ApiErrorCode errorCode;
    private String description;

    /** An internal error without a description. */
    public ServerApiException() {
        this(ApiErrorCode.INTERNAL_ERROR, "");
    }

    public ServerApiException(ApiErrorCode errorCode, String description) {
        this.errorCode = errorCode;
        this.description = description;
    }

    public ServerApiException(ApiErrorCode errorCode, String description, Throwable cause) {
        super(description, cause);
        this.errorCode = errorCode;
        this.description = description;
    }

    public ApiErrorCode getErrorCode() {
        return errorCode;
    }

    public void setErrorCode(ApiErrorCode errorCode) {
        this.errorCode = errorCode;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    /** The description. */
    @Override
    public String getMessage() {
        return description;
    }
}
