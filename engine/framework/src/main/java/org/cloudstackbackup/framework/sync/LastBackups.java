/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the backups of a VM stand.
 *
 * @param good when the data of its newest good backup was frozen; null when there is none
 * @param bad of when its newest backup is that failed or is not whole; null when there is none
 */
public record LastBackups(@Nullable Instant good, @Nullable Instant bad) {
    /** No backups. */
    static final LastBackups NONE = new LastBackups(null, null);

    /** Whether there is a good backup younger than that. */
    boolean isGoodAfter(Instant instant) {
        return good != null && good.isAfter(instant);
    }

    /** Whether the last one is good. */
    boolean isWell() {
        return good != null && (bad == null || bad.isBefore(good));
    }
}
