/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

/** A network rule contradicts another. */
public class NetworkRuleConflictException extends ManagementServerException {
    private static final long serialVersionUID = 1L;

    public NetworkRuleConflictException(String message) {
        super(message);
    }
}
