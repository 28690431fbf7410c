/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.setting;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cloudstackbackup.spi.SettingDefinition;

/** All settings there are: the framework's and those of every driver. Immutable. */
public final class SettingRegistry {
    private final Map<String, SettingDefinition> byKey;

    /** @throws IllegalArgumentException when two settings have one name */
    public SettingRegistry(Collection<SettingDefinition> definitions) {
        Map<String, SettingDefinition> map = new TreeMap<>();
        for (SettingDefinition definition : definitions) {
            if (map.put(definition.key(), definition) != null) {
                throw new IllegalArgumentException("Setting " + definition.key() + " is defined twice");
            }
        }
        byKey = Collections.unmodifiableMap(map);
    }

    public Optional<SettingDefinition> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Whether there is such a setting and its value is a secret. */
    public boolean isSecret(String key) {
        return find(key).map(SettingDefinition::isSecret).orElse(false);
    }

    /** Sorted by name. */
    public Collection<SettingDefinition> all() {
        return byKey.values();
    }
}
