/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.SettingDefinition;

/** Settings in a map; a value must be acceptable. */
final class TestSettings implements Settings {
    private final Map<String, String> values = new HashMap<>();

    TestSettings with(SettingDefinition setting, Object value) {
        assertThat(setting.problemOf(value.toString())).isEmpty();
        values.put(setting.key(), value.toString());
        return this;
    }

    @Override
    public String value(SettingDefinition setting) {
        return values.getOrDefault(setting.key(), setting.defaultValue());
    }

    @Override
    public String value(SettingDefinition setting, long zoneId) {
        return value(setting);
    }

    @Override
    public Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> wanted) {
        return Map.of();
    }
}
