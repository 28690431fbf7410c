/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

/** A checked error. */
public class CloudException extends Exception {
    private static final long serialVersionUID = 1L;

    protected Integer csErrorCode = 0;

    /** Number that is sent as {@code cserrorcode}; 0 until it is set. */
    public int getCSErrorCode() {
        return csErrorCode;
    }

    public void setCSErrorCode(int csErrorCode) {
        this.csErrorCode = csErrorCode;
    }

    public CloudException() {}

    public CloudException(String message) {
        super(message);
    }

    public CloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
