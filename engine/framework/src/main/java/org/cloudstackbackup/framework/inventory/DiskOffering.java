/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What volumes are made from.
 *
 * @param sizeBytes size of its volumes; 0 when customized
 * @param customized whether the size is chosen with each volume
 */
public record DiskOffering(
        long id,
        String uuid,
        String name,
        @Nullable String displayText,
        long sizeBytes,
        boolean customized,
        @Nullable Long minIops,
        @Nullable Long maxIops,
        Instant created,
        @Nullable Instant removed) {}
