/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

import com.cloud.utils.exception.CloudRuntimeException;

/** A parameter has a value that makes no sense; 431 to the caller. */
public class InvalidParameterValueException extends CloudRuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidParameterValueException(String message) {
        super(message);
    }
}
