/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.alert.Alert;
import org.cloudstackbackup.framework.alert.AlertStore;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** Alerts in table {@code alert}. Safe for use by many threads. */
public final class JdbcAlertStore implements AlertStore {
    private static final String COUNT = """
            UPDATE alert
               SET sent_count = sent_count + 1, last_sent = :now, subject = :subject, content = :content
             WHERE open_key = :key""";
    private static final String JOIN = """
            UPDATE alert
               SET sent_count = sent_count + 1, last_sent = :now,
                   content = CASE WHEN RIGHT(content, :length) = :note OR CHAR_LENGTH(content) + :length > 4000 THEN content
                                  ELSE CONCAT(content, :note) END
             WHERE open_key = :key""";
    private static final String INSERT = """
            INSERT INTO alert (uuid, type, name, cause, open_key, subject, content, data_center_id, sent_count, created,
                               last_sent)
            VALUES (:uuid, :type, :name, :cause, :key, :subject, :content, :zone, 1, :now, :now)
            ON DUPLICATE KEY UPDATE sent_count = sent_count + 1, last_sent = :now, subject = :subject, content = :content""";
    private static final String RESOLVE = """
            UPDATE alert SET resolved = :now, open_key = NULL WHERE id = :id AND open_key = :key""";
    private static final String SELECT = "SELECT a.*, z.uuid AS zone_uuid, z.name AS zone_name";
    private static final String FROM = " FROM alert a LEFT JOIN data_center z ON z.id = a.data_center_id";

    private final Jdbi jdbi;

    public JdbcAlertStore(Database database) {
        this.jdbi = database.jdbi();
    }

    /**
     * Counts first, as most causes are met again and again. Who finds nothing to count inserts, and counts when another was
     * faster: in one statement, since a refused insert would keep a lock by which three that raise at once block each other.
     */
    @Override
    public Raised raise(NewAlert alert, Instant now) {
        String key = key(alert.type(), alert.cause());
        String uuid = UUID.randomUUID().toString();
        jdbi.useHandle(handle -> {
            int counted = bound(handle.createUpdate(COUNT), alert, key, now).execute();
            if (counted == 0) {
                bound(handle.createUpdate(INSERT), alert, key, now)
                        .bind("uuid", uuid)
                        .bind("type", alert.type().number())
                        .bind("name", alert.type().wireName())
                        .bind("cause", alert.cause())
                        .bind("zone", alert.zoneId())
                        .execute();
            }
        });
        Alert standing = one("a.open_key = :value", key)
                .or(() -> one("a.uuid = :value", uuid))
                .orElseThrow(() -> new IllegalStateException("Alert " + alert.cause() + " vanished"));
        return new Raised(standing, standing.uuid().equals(uuid));
    }

    private static Update bound(Update update, NewAlert alert, String key, Instant now) {
        return update.bind("key", key)
                .bind("now", now)
                .bind("subject", alert.subject())
                .bind("content", alert.content());
    }

    @Override
    public boolean join(AlertType type, String cause, String note, Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate(JOIN)
                        .bind("key", key(type, cause))
                        .bind("now", now)
                        .bind("note", note)
                        .bind("length", note.length())
                        .execute())
                == 1;
    }

    @Override
    public Optional<Alert> resolve(AlertType type, String cause, Instant now) {
        String key = key(type, cause);
        Optional<Alert> standing = one("a.open_key = :value", key);
        if (standing.isEmpty()) {
            return Optional.empty();
        }
        long id = standing.get().id();
        int resolved = jdbi.withHandle(handle -> handle.createUpdate(RESOLVE)
                .bind("id", id)
                .bind("key", key)
                .bind("now", now)
                .execute());
        return resolved == 0 ? Optional.empty() : one("a.id = :value", id);
    }

    @Override
    public Page<Alert> list(Filter filter, PageRequest page) {
        String keyword = filter.keyword();
        Conditions conditions = new Conditions()
                .and("a.archived = FALSE")
                .andIf(filter.id(), "a.id = :id", "id")
                .andIf(filter.type(), "a.type = :type", "type")
                .andIf(filter.name(), "a.name = :name", "name")
                .andIf(
                        keyword == null ? null : OwnerScopeSql.containing(keyword.toLowerCase(Locale.ROOT)),
                        "(LOWER(a.name) LIKE :keyword ESCAPE '!' OR LOWER(a.subject) LIKE :keyword ESCAPE '!'"
                                + " OR LOWER(a.content) LIKE :keyword ESCAPE '!')",
                        "keyword");
        Boolean standing = filter.standing();
        if (standing != null) {
            conditions.and(standing ? "a.resolved IS NULL" : "a.resolved IS NOT NULL");
        }
        return jdbi.withHandle(handle -> new Page<>(
                handle.createQuery(SELECT + FROM + conditions.where()
                                + " ORDER BY a.last_sent DESC, a.id DESC LIMIT :limit OFFSET :offset")
                        .bindMap(conditions.bindings())
                        .bind("limit", page.limit())
                        .bind("offset", page.offset())
                        .map(JdbcAlertStore::alert)
                        .list(),
                handle.createQuery("SELECT COUNT(*) FROM alert a" + conditions.where())
                        .bindMap(conditions.bindings())
                        .mapTo(Long.class)
                        .one()));
    }

    @Override
    public Optional<Long> idOf(String uuid) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM alert WHERE uuid = :uuid")
                .bind("uuid", uuid)
                .mapTo(Long.class)
                .findOne());
    }

    @Override
    public int archive(Selection selection) {
        return change("UPDATE alert SET archived = TRUE", selection, "archived = FALSE");
    }

    @Override
    public int delete(Selection selection) {
        return change("DELETE FROM alert", selection, "1 = 1");
    }

    @Override
    public int deleteResolvedBefore(Instant before) {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM alert WHERE resolved < :before")
                .bind("before", before)
                .execute());
    }

    private int change(String statement, Selection selection, String condition) {
        List<Long> ids = selection.ids();
        if (ids != null && ids.isEmpty()) {
            return 0;
        }
        Conditions conditions = new Conditions()
                .and(condition)
                .andIf(selection.type(), "type = :type", "type")
                .andIf(selection.from(), "last_sent >= :from", "from")
                .andIf(selection.until(), "last_sent <= :until", "until");
        if (ids != null) {
            conditions.and("id IN (<ids>)");
        }
        return jdbi.withHandle(handle -> {
            var update = handle.createUpdate(statement + conditions.where()).bindMap(conditions.bindings());
            if (ids != null) {
                update.bindList("ids", ids);
            }
            return update.execute();
        });
    }

    private Optional<Alert> one(String condition, Object value) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + FROM + " WHERE " + condition)
                .bind("value", value)
                .map(JdbcAlertStore::alert)
                .findOne());
    }

    private static Alert alert(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        return new Alert(
                row.getLong("id"),
                row.getString("uuid"),
                row.getInt("type"),
                row.getString("name"),
                row.getString("cause"),
                row.getString("subject"),
                row.getString("content"),
                row.getString("zone_uuid"),
                row.getString("zone_name"),
                row.getLong("sent_count"),
                rows.instant("created"),
                rows.instant("last_sent"),
                rows.maybeInstant("resolved"));
    }

    /** A hash, since databases differ in whether they take {@code A} for {@code a}. */
    private static String key(AlertType type, String cause) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((type.number() + ":" + cause).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
