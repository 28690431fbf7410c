/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

import com.cloud.configuration.Resource.ResourceType;

/** A limit of the account, the domain or the project would be passed; 535 to the caller. */
public class ResourceAllocationException extends ManagementServerException {
    private static final long serialVersionUID = 1L;

    private final ResourceType resourceType;

    public ResourceAllocationException(String message, ResourceType resourceType) {
        super(message);
        this.resourceType = resourceType;
    }

    public ResourceType getResourceType() {
        return resourceType;
    }
}
