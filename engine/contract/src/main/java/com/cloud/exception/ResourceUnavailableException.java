/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

/** Something that the work needs cannot be reached; 534 to the caller. */
public class ResourceUnavailableException extends CloudException {
    private static final long serialVersionUID = 1L;

    private final Class<?> scope;
    private final long id;

    public ResourceUnavailableException(String message, Class<?> scope, long resourceId) {
        this(message, scope, resourceId, null);
    }

    public ResourceUnavailableException(String message, Class<?> scope, long resourceId, Throwable cause) {
        super("Resource [" + scope.getSimpleName() + ":" + resourceId + "] is unreachable: " + message, cause);
        this.scope = scope;
        this.id = resourceId;
    }

    public Class<?> getScope() {
        return scope;
    }

    public long getResourceId() {
        return id;
    }
}
