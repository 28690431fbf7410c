/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static java.util.Objects.requireNonNull;

/** What is compared by itself: the backups of one zone at one product. The rows of two targets never overlap. */
public record SyncTarget(long zoneId, String provider) {
    public SyncTarget {
        requireNonNull(provider, "provider is null");
    }
}
