/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

/** The product's handle of a running or ended operation; stored by the framework, understood only by the driver. */
public record OperationRef(String value) {
    public OperationRef {
        requireNonNull(value, "value is null");
        if (value.isEmpty() || value.length() > 255) {
            throw new IllegalArgumentException("An operation reference has 1 to 255 characters, got " + value.length());
        }
    }
}
