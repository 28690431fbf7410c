/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.time.Duration;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;

/** How often is compared. */
final class SyncIntervals {
    private SyncIntervals() {}

    /** From the end of one comparison to the next; at least a second. */
    static Duration between(Settings settings) {
        return Duration.ofSeconds(Math.max(1, Long.parseLong(settings.value(FrameworkSettings.SYNC_INTERVAL))));
    }
}
