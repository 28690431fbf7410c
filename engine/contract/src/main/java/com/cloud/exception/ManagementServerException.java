/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

/** The server refuses for a reason of its own. */
public class ManagementServerException extends CloudException {
    private static final long serialVersionUID = 1L;

    public ManagementServerException() {}

    public ManagementServerException(String message) {
        super(message);
    }

    public ManagementServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
