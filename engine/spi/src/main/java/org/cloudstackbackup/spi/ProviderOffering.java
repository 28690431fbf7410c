/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

/** A policy of the product that can be imported as a backup offering. */
public record ProviderOffering(String externalId, String name, String description) {
    public ProviderOffering {
        requireNonNull(externalId, "externalId is null");
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
    }
}
