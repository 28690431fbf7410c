/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cloudstackbackup.framework.alert.Alert;
import org.cloudstackbackup.framework.alert.Delivery;
import org.cloudstackbackup.framework.alert.Delivery.News;
import org.cloudstackbackup.framework.alert.DeliveryStore;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Messages about alerts in table {@code alert_delivery}. Safe for use by many threads. */
public final class JdbcDeliveryStore implements DeliveryStore {
    private static final int LONGEST_FAILURE = 1024;
    private static final String INSERT = """
            INSERT INTO alert_delivery (uuid, alert_id, news, channel, target, subject, content, created, next_attempt)
            VALUES (:uuid, :alert, :news, :channel, :target, :subject, :content, :now, :now)""";
    private static final String DUE = """
            SELECT d.id, d.uuid, d.news, d.channel, d.target, d.subject, d.content, d.created, d.attempts,
                   a.uuid AS alert_uuid, a.type, a.name, a.cause, z.uuid AS zone_uuid, z.name AS zone_name
              FROM alert_delivery d
              JOIN alert a ON a.id = d.alert_id
              LEFT JOIN data_center z ON z.id = a.data_center_id
             WHERE d.next_attempt <= :now AND d.channel = :channel AND d.target = :target
               AND NOT EXISTS (SELECT 1 FROM alert_delivery e
                                WHERE e.alert_id = d.alert_id AND e.channel = d.channel AND e.target = d.target
                                  AND e.id < d.id AND e.ended IS NULL)
             ORDER BY d.next_attempt, d.id
             LIMIT :limit""";
    private static final String WRITE = """
            UPDATE alert_delivery
               SET attempts = attempts + 1, next_attempt = :next, failure = :failure, ended = :ended
             WHERE id = :id AND attempts = :read AND ended IS NULL""";

    private final Jdbi jdbi;

    public JdbcDeliveryStore(Database database) {
        this.jdbi = database.jdbi();
    }

    @Override
    public void add(Alert alert, News news, String channel, String target, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT)
                .bind("uuid", UUID.randomUUID().toString())
                .bind("alert", alert.id())
                .bind("news", news.name())
                .bind("channel", channel)
                .bind("target", target)
                .bind("subject", alert.subject())
                .bind("content", alert.content())
                .bind("now", now)
                .execute());
    }

    @Override
    public List<Receiver> receivers(Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT DISTINCT channel, target FROM alert_delivery WHERE next_attempt <= :now"
                                + " ORDER BY channel, target")
                .bind("now", now)
                .map((row, context) -> new Receiver(row.getString("channel"), row.getString("target")))
                .list());
    }

    @Override
    public List<Delivery> due(Receiver receiver, Instant now, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(DUE)
                .bind("now", now)
                .bind("channel", receiver.channel())
                .bind("target", receiver.target())
                .bind("limit", limit)
                .map(JdbcDeliveryStore::delivery)
                .list());
    }

    @Override
    public boolean done(Delivery delivery, Instant now) {
        return write(delivery, null, null, now);
    }

    @Override
    public boolean putOff(Delivery delivery, String failure, Instant next) {
        return write(delivery, failure, next, null);
    }

    @Override
    public boolean giveUp(Delivery delivery, String failure, Instant now) {
        return write(delivery, failure, null, now);
    }

    @Override
    public int deleteEndedBefore(Instant before) {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM alert_delivery WHERE ended < :before")
                .bind("before", before)
                .execute());
    }

    private boolean write(Delivery read, @Nullable String failure, @Nullable Instant next, @Nullable Instant ended) {
        String text = failure == null || failure.length() <= LONGEST_FAILURE
                ? failure
                : failure.substring(0, LONGEST_FAILURE);
        return jdbi.withHandle(handle -> handle.createUpdate(WRITE)
                        .bind("id", read.id())
                        .bind("read", read.attempts())
                        .bind("failure", text)
                        .bind("next", next)
                        .bind("ended", ended)
                        .execute())
                == 1;
    }

    private static Delivery delivery(ResultSet row, StatementContext context) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                row.getString("uuid"),
                News.valueOf(row.getString("news")),
                row.getString("channel"),
                row.getString("target"),
                row.getString("alert_uuid"),
                row.getInt("type"),
                row.getString("name"),
                row.getString("cause"),
                row.getString("zone_uuid"),
                row.getString("zone_name"),
                row.getString("subject"),
                row.getString("content"),
                new Rows(row).instant("created"),
                row.getInt("attempts"));
    }
}
