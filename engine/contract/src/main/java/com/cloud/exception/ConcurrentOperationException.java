/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

import com.cloud.utils.exception.CloudRuntimeException;

/** Something else works on the same entity. */
public class ConcurrentOperationException extends CloudRuntimeException {
    private static final long serialVersionUID = 1L;

    public ConcurrentOperationException(String message) {
        super(message);
    }
}
