/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import java.time.Duration;
import java.util.List;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Type;

/** Settings of the host itself. */
final class ServerSettings {
    /** As in CloudStack. */
    static final SettingDefinition JOB_EXPIRE = SettingDefinition.global(
            "job.expire.minutes",
            Type.INTEGER,
            "1440",
            "Minutes that ended jobs are kept and can be asked for; at least 1");

    static final List<SettingDefinition> ALL = List.of(JOB_EXPIRE);

    private ServerSettings() {}

    static Duration jobExpiry(Settings settings) {
        return Duration.ofMinutes(Math.max(1, Integer.parseInt(settings.value(JOB_EXPIRE))));
    }
}
