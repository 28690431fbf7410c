/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Type;

/** Settings of the host itself. */
final class ServerSettings {
    /** As in CloudStack. */
    static final SettingDefinition JOB_EXPIRE = SettingDefinition.global(
            "job.expire.minutes",
            Type.POSITIVE,
            "1440",
            "Minutes that ended jobs are kept and can be asked for; at least 1");

    /** As in CloudStack, whose default it is. */
    static final SettingDefinition EVENT_PURGE_DELAY = SettingDefinition.global(
            "event.purge.delay", Type.INTEGER, "15", "Days that events are kept; 0 or less keeps them for ever");

    static final List<SettingDefinition> ALL = List.of(JOB_EXPIRE, EVENT_PURGE_DELAY);

    private ServerSettings() {}

    static Duration jobExpiry(Settings settings) {
        return Duration.ofMinutes(Math.max(1, Integer.parseInt(settings.value(JOB_EXPIRE))));
    }

    /** Empty when events are kept for ever. */
    static Optional<Duration> eventAge(Settings settings) {
        int days = Integer.parseInt(settings.value(EVENT_PURGE_DELAY));
        return days <= 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }
}
