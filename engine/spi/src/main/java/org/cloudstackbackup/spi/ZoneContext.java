/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Map;

/**
 * The zone a driver works for.
 *
 * @param uuid the zone's id
 * @param name the zone's name, for messages
 * @param settings the effective value of every setting the factory declared, by full name; secrets in clear
 * @param clock the only source of time a driver uses
 */
public record ZoneContext(String uuid, String name, Map<String, String> settings, Clock clock) {
    public ZoneContext {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(name, "name is null");
        settings = Map.copyOf(settings);
        requireNonNull(clock, "clock is null");
    }

    /** The effective value of one declared setting. */
    public String setting(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException("Setting " + key + " was not declared by the driver's factory");
        }
        return value;
    }

    /** Names the zone only: settings may hold secrets. */
    @Override
    public String toString() {
        return "ZoneContext[" + name + " " + uuid + "]";
    }
}
