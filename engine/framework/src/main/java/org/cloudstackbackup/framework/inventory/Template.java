/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import org.cloudstackbackup.framework.identity.Owner;
import org.jspecify.annotations.Nullable;

/**
 * What root volumes are made from.
 *
 * @param zoneId the only zone it can be used in, null for all
 */
public record Template(
        long id,
        String uuid,
        String name,
        @Nullable String displayText,
        String format,
        String hypervisorType,
        long guestOsId,
        long sizeBytes,
        Owner owner,
        @Nullable Long zoneId,
        boolean isPublic,
        boolean isFeatured,
        Instant created,
        @Nullable Instant removed) {}
