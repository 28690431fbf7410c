/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

import com.cloud.utils.exception.CloudRuntimeException;

/** A caller could not prove who they are. */
public class CloudAuthenticationException extends CloudRuntimeException {
    private static final long serialVersionUID = 1L;

    public CloudAuthenticationException(String message) {
        super(message);
    }

    public CloudAuthenticationException(String message, Throwable cause) {
        super(message, cause);
    }
}
