/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.setting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.setting.SettingStore.Kept;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Settings over a store. Reads come from a copy at most {@link #MAXIMUM_AGE} old; this node's own writes are seen at once.
 * Safe for use by many threads.
 */
public final class StoredSettings implements Settings {
    /** How long a change by another node may stay unseen. */
    public static final Duration MAXIMUM_AGE = Duration.ofSeconds(2);

    private final SettingRegistry registry;
    private final SettingStore store;
    private final Clock clock;
    private volatile @Nullable Copy copy;

    public StoredSettings(SettingRegistry registry, SettingStore store, Clock clock) {
        this.registry = registry;
        this.store = store;
        this.clock = clock;
    }

    public SettingRegistry registry() {
        return registry;
    }

    @Override
    public String value(SettingDefinition setting) {
        Kept kept = current().global.get(setting.key());
        return kept == null ? setting.defaultValue() : kept.value();
    }

    @Override
    public String value(SettingDefinition setting, long zoneId) {
        return zoneValue(setting, zoneId).orElseGet(() -> value(setting));
    }

    /** The zone's own value, if one was set. */
    public Optional<String> zoneValue(SettingDefinition setting, long zoneId) {
        return keptInZone(setting, zoneId).map(Kept::value);
    }

    /** Whether a value in force is not empty, without opening it: all that may be told about a secret. */
    public boolean isFilled(SettingDefinition setting, @Nullable Long zoneId) {
        return Optional.ofNullable(zoneId)
                .flatMap(zone -> keptInZone(setting, zone))
                .or(() -> Optional.ofNullable(current().global.get(setting.key())))
                .map(kept -> !kept.isEmpty())
                .orElse(!setting.defaultValue().isEmpty());
    }

    private Optional<Kept> keptInZone(SettingDefinition setting, long zoneId) {
        return Optional.ofNullable(
                current().zones.getOrDefault(zoneId, Map.of()).get(setting.key()));
    }

    @Override
    public Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> settings) {
        Map<String, String> values = new HashMap<>();
        settings.forEach(setting -> values.put(setting.key(), value(setting, zoneId)));
        return values;
    }

    /**
     * Sets a value, for one zone when {@code zoneId} is given.
     *
     * @throws ProviderException {@code USER} when there is no such setting, when it has no zone scope, and when the value is
     *     not of its type; the message never repeats the value of a secret
     */
    public SettingDefinition set(String key, String value, @Nullable Long zoneId) {
        SettingDefinition setting = find(key, zoneId);
        setting.problemOf(value).ifPresent(problem -> {
            throw new ProviderException(ErrorKind.USER, key, "Setting " + key + ": " + problem + ".");
        });
        if (zoneId == null) {
            store.putGlobal(key, value, setting.isSecret());
        } else {
            store.putInZone(zoneId, key, value, setting.isSecret());
        }
        copy = null;
        return setting;
    }

    /** Removes a value that was set, for one zone when {@code zoneId} is given; otherwise as {@link #set}. */
    public SettingDefinition reset(String key, @Nullable Long zoneId) {
        SettingDefinition setting = find(key, zoneId);
        if (zoneId == null) {
            store.removeGlobal(key);
        } else {
            store.removeInZone(zoneId, key);
        }
        copy = null;
        return setting;
    }

    private SettingDefinition find(String key, @Nullable Long zoneId) {
        SettingDefinition setting = registry.find(key)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.USER, key, "There is no setting '" + key + "'; listConfigurations names them all."));
        if (zoneId != null && setting.scope() != SettingDefinition.Scope.ZONE) {
            throw new ProviderException(
                    ErrorKind.USER,
                    key,
                    "Setting " + key + " is global and cannot be set for a zone; leave zoneid out.");
        }
        return setting;
    }

    private Copy current() {
        Copy seen = copy;
        Instant now = clock.instant();
        if (seen == null || Duration.between(seen.read, now).abs().compareTo(MAXIMUM_AGE) > 0) {
            seen = new Copy(store.global(), store.ofZones(), now);
            copy = seen;
        }
        return seen;
    }

    private record Copy(Map<String, Kept> global, Map<Long, Map<String, Kept>> zones, Instant read) {}
}
