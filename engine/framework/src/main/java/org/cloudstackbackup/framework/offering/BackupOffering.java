/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.offering;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product's policy that VMs of a zone can be put under.
 *
 * @param externalId the policy's id at the product
 * @param userDriven whether tenants see it, assign it and back up on request
 * @param provider name of the product, also when the zone has another one by now
 */
public record BackupOffering(
        long id,
        String uuid,
        String name,
        String description,
        String externalId,
        boolean userDriven,
        long zoneId,
        String zoneUuid,
        String zoneName,
        String provider,
        Instant created,
        @Nullable Instant removed) {
    public BackupOffering {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
        requireNonNull(externalId, "externalId is null");
        requireNonNull(provider, "provider is null");
        requireNonNull(created, "created is null");
    }
}
