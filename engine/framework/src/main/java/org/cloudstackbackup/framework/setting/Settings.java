/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.setting;

import java.util.Map;
import org.cloudstackbackup.spi.SettingDefinition;

/** Effective values of settings. Reading is cheap; a change by any node is seen within seconds. */
public interface Settings {
    /** The value for the whole installation: set, else the default. */
    String value(SettingDefinition setting);

    /** The zone's own value, else {@link #value(SettingDefinition)}. */
    String value(SettingDefinition setting, long zoneId);

    /** Effective values in the zone of all settings, by name; for opening a driver. */
    Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> settings);
}
