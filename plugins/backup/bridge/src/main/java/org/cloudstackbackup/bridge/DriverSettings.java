/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.cloudstack.framework.config.ConfigKey;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Scope;
import org.cloudstackbackup.spi.SettingDefinition.Type;
import org.jspecify.annotations.Nullable;

/** A driver's settings as settings of CloudStack. A value that the definition refuses is an error, never the default. */
final class DriverSettings {
    private static final String SECURE = "Secure";
    private static final String TIMEOUT_DEFAULT = "86400";

    private final SettingDefinition timeout;
    private final Map<SettingDefinition, ConfigKey<?>> keys = new LinkedHashMap<>();

    DriverSettings(DriverFactory factory) {
        timeout = SettingDefinition.perZone(
                "backup.plugin." + factory.name() + ".job.timeout",
                Type.POSITIVE,
                TIMEOUT_DEFAULT,
                "The number of seconds after which a job stops waiting for the product; what runs there goes on.");
        for (SettingDefinition definition : factory.settings()) {
            keys.put(definition, key(definition));
        }
        keys.put(timeout, key(timeout));
    }

    ConfigKey<?>[] keys() {
        return keys.values().toArray(ConfigKey<?>[]::new);
    }

    /**
     * The effective values in a zone, by full name.
     *
     * @throws ProviderException {@code USER} for a value that is not acceptable; secrets are not in the message
     */
    Map<String, String> in(long zoneId) {
        Map<String, String> values = new HashMap<>();
        keys.forEach((definition, key) -> values.put(definition.key(), value(definition, key, zoneId)));
        return values;
    }

    /** How long a job waits for the product. */
    Duration timeout(long zoneId) {
        String value = in(zoneId).get(timeout.key());
        return Duration.ofSeconds(Long.parseLong(value == null ? TIMEOUT_DEFAULT : value));
    }

    private static String value(SettingDefinition definition, ConfigKey<?> key, long zoneId) {
        Object value = definition.scope() == Scope.ZONE ? key.valueIn(zoneId) : key.value();
        String text = value == null ? "" : value.toString();
        definition.problemOf(text).ifPresent(problem -> {
            throw new ProviderException(
                    ErrorKind.USER,
                    "setting " + definition.key(),
                    "Setting " + definition.key() + " cannot be used: "
                            + (definition.isSecret() ? "the value is not acceptable" : problem));
        });
        return text;
    }

    private static ConfigKey<?> key(SettingDefinition definition) {
        return switch (definition.type()) {
            case BOOLEAN -> key(definition, Boolean.class, null, null);
            case INTEGER, SECONDS, POSITIVE, NOT_NEGATIVE, PORT -> key(definition, Integer.class, null, null);
            case LONG -> key(definition, Long.class, null, null);
            case SELECT -> key(definition, String.class, ConfigKey.Kind.Select, String.join(",", definition.options()));
            case STRING, SECRET, FRACTION, URL, MAIL_ADDRESSES -> key(definition, String.class, null, null);
        };
    }

    /** CloudStack's constructor takes null for every part that a setting does not have. */
    @SuppressWarnings("NullAway")
    private static <T> ConfigKey<T> key(
            SettingDefinition definition, Class<T> type, ConfigKey.@Nullable Kind kind, @Nullable String options) {
        return new ConfigKey<>(
                type,
                definition.key(),
                definition.isSecret() ? SECURE : ConfigKey.CATEGORY_ADVANCED,
                definition.defaultValue(),
                definition.description(),
                definition.dynamic(),
                definition.scope() == Scope.ZONE ? ConfigKey.Scope.Zone : ConfigKey.Scope.Global,
                null,
                null,
                null,
                null,
                null,
                kind,
                options);
    }

    /** The names that a driver asked for; the job's timeout is the bridge's own. */
    Map<String, String> ofDriver(long zoneId) {
        Map<String, String> values = new HashMap<>(in(zoneId));
        values.remove(timeout.key());
        return Map.copyOf(values);
    }
}
