/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.cloudstackbackup.framework.setting.SettingStore;
import org.jdbi.v3.core.Jdbi;

/** Settings in {@code configuration} and {@code data_center_details}. */
public final class JdbcSettingStore implements SettingStore {
    private static final String SELECT_GLOBAL = "SELECT name, value FROM configuration";
    private static final String SELECT_ZONES = "SELECT dc_id, name, value FROM data_center_details";
    private static final String PUT_GLOBAL = """
            INSERT INTO configuration (name, value, updated) VALUES (:name, :value, :now)
                ON DUPLICATE KEY UPDATE value = VALUES(value), updated = VALUES(updated)""";
    private static final String PUT_ZONE = """
            INSERT INTO data_center_details (dc_id, name, value, updated) VALUES (:zone, :name, :value, :now)
                ON DUPLICATE KEY UPDATE value = VALUES(value), updated = VALUES(updated)""";

    private final Jdbi jdbi;
    private final Clock clock;

    public JdbcSettingStore(Database database, Clock clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    @Override
    public Map<String, String> global() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT_GLOBAL).reduceRows(new HashMap<>(), (map, row) -> {
            map.put(row.getColumn("name", String.class), row.getColumn("value", String.class));
            return map;
        }));
    }

    @Override
    public Map<Long, Map<String, String>> ofZones() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT_ZONES).reduceRows(new HashMap<>(), (map, row) -> {
            map.computeIfAbsent(row.getColumn("dc_id", Long.class), zone -> new HashMap<>())
                    .put(row.getColumn("name", String.class), row.getColumn("value", String.class));
            return map;
        }));
    }

    @Override
    public void putGlobal(String key, String value) {
        jdbi.useHandle(handle -> handle.createUpdate(PUT_GLOBAL)
                .bind("name", key)
                .bind("value", value)
                .bind("now", clock.instant())
                .execute());
    }

    @Override
    public void putInZone(long zoneId, String key, String value) {
        jdbi.useHandle(handle -> handle.createUpdate(PUT_ZONE)
                .bind("zone", zoneId)
                .bind("name", key)
                .bind("value", value)
                .bind("now", clock.instant())
                .execute());
    }

    @Override
    public void removeGlobal(String key) {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM configuration WHERE name = ?", key));
    }

    @Override
    public void removeInZone(long zoneId, String key) {
        jdbi.useHandle(
                handle -> handle.execute("DELETE FROM data_center_details WHERE dc_id = ? AND name = ?", zoneId, key));
    }
}
