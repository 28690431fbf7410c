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
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.secret.SecretPlace;
import org.cloudstackbackup.framework.setting.SettingStore;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;

/** Settings in {@code configuration} and {@code data_center_details}; secrets are sealed. */
public final class JdbcSettingStore implements SettingStore {
    private static final String SELECT_GLOBAL = "SELECT name, value, sealed FROM configuration";
    private static final String SELECT_ZONES = "SELECT dc_id, name, value, sealed FROM data_center_details";
    private static final String PUT_GLOBAL = """
            INSERT INTO configuration (name, value, sealed, updated) VALUES (:name, :value, :sealed, :now)
                ON DUPLICATE KEY UPDATE value = VALUES(value), sealed = VALUES(sealed), updated = VALUES(updated)""";
    private static final String PUT_ZONE = """
            INSERT INTO data_center_details (dc_id, name, value, sealed, updated)
                VALUES (:zone, :name, :value, :sealed, :now)
                ON DUPLICATE KEY UPDATE value = VALUES(value), sealed = VALUES(sealed), updated = VALUES(updated)""";

    private final Jdbi jdbi;
    private final Clock clock;
    private final SecretBox secrets;

    public JdbcSettingStore(Database database, Clock clock, SecretBox secrets) {
        this.jdbi = database.jdbi();
        this.clock = clock;
        this.secrets = secrets;
    }

    @Override
    public Map<String, Kept> global() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT_GLOBAL).reduceRows(new HashMap<>(), (map, row) -> {
            String name = row.getColumn("name", String.class);
            map.put(name, kept(row, SecretPlace.ofSetting(name)));
            return map;
        }));
    }

    @Override
    public Map<Long, Map<String, Kept>> ofZones() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT_ZONES).reduceRows(new HashMap<>(), (map, row) -> {
            long zone = row.getColumn("dc_id", Long.class);
            String name = row.getColumn("name", String.class);
            map.computeIfAbsent(zone, id -> new HashMap<>())
                    .put(name, kept(row, SecretPlace.ofSettingInZone(zone, name)));
            return map;
        }));
    }

    private Kept kept(RowView row, SecretPlace place) {
        String value = row.getColumn("value", String.class);
        return row.getColumn("sealed", Boolean.class) ? new Sealed(value, place, secrets) : new Plain(value);
    }

    @Override
    public void putGlobal(String key, String value, boolean secret) {
        boolean sealed = secret && !value.isEmpty();
        jdbi.useHandle(handle -> handle.createUpdate(PUT_GLOBAL)
                .bind("name", key)
                .bind("value", sealed ? secrets.seal(SecretPlace.ofSetting(key), value) : value)
                .bind("sealed", sealed)
                .bind("now", clock.instant())
                .execute());
    }

    @Override
    public void putInZone(long zoneId, String key, String value, boolean secret) {
        boolean sealed = secret && !value.isEmpty();
        jdbi.useHandle(handle -> handle.createUpdate(PUT_ZONE)
                .bind("zone", zoneId)
                .bind("name", key)
                .bind("value", sealed ? secrets.seal(SecretPlace.ofSettingInZone(zoneId, key), value) : value)
                .bind("sealed", sealed)
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

    private record Plain(String value) implements Kept {
        @Override
        public boolean isEmpty() {
            return value.isEmpty();
        }
    }

    private record Sealed(String text, SecretPlace place, SecretBox secrets) implements Kept {
        @Override
        public String value() {
            return secrets.open(place, text);
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    }
}
