/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.sync.SyncCounts;
import org.cloudstackbackup.framework.sync.SyncState;
import org.cloudstackbackup.framework.sync.SyncStates;
import org.cloudstackbackup.framework.sync.SyncTarget;
import org.cloudstackbackup.spi.StorageUse;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The state of comparisons in table {@code backup_sync}. Safe for use by many threads. */
public final class JdbcSyncStates implements SyncStates {
    private static final String WHERE = " WHERE zone_id = :zone AND provider = :provider";
    private static final String WHERE_LEASED = WHERE + " AND token = :token";
    private static final String COUNTS = """
            pages = :pages, points = :points, adopted = :adopted, updated = :updated, removed = :removed, missing = :missing,
            unknown_points = :unknown, unplaced_points = :unplaced, left_points = :left, bad_points = :bad""";
    private static final String TAKE = """
            UPDATE backup_sync
               SET token = token + 1, holder = :holder, expires = :expires, requested = NULL, started = :started
            """ + WHERE_LEASED + " AND (holder IS NULL OR expires <= :now)";
    /** One that waited for the end of the comparison comes after it, with counts of before. */
    private static final String RENEW =
            "UPDATE backup_sync SET expires = :expires, " + COUNTS + WHERE_LEASED + " AND holder IS NOT NULL";

    private static final String FINISH = """
            UPDATE backup_sync
               SET holder = NULL, expires = NULL, ended = GREATEST(CAST(:at AS DATETIME(3)), started), outcome = :outcome, error = :error,
                   succeeded = COALESCE(:succeeded, succeeded), used_bytes = COALESCE(:used, used_bytes),
                   total_bytes = COALESCE(:total, total_bytes),
            """ + COUNTS + WHERE_LEASED;
    private static final String RELEASE = "UPDATE backup_sync SET holder = NULL, expires = NULL, token = token + 1";

    private final Jdbi jdbi;
    private final Clock clock;

    public JdbcSyncStates(Database database, Clock clock) {
        this.jdbi = database.jdbi();
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public List<SyncState> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM backup_sync ORDER BY zone_id, provider")
                .map(JdbcSyncStates::state)
                .list());
    }

    /** Tokens begin with the time, so that those of a row that was removed and added again are never met twice. */
    @Override
    public void add(SyncTarget target) {
        Map<String, @Nullable Object> values = key(target);
        values.put("token", clock.millis());
        run("INSERT IGNORE INTO backup_sync (zone_id, provider, token) VALUES (:zone, :provider, :token)", values);
    }

    @Override
    public boolean remove(SyncTarget target, Instant now) {
        Map<String, @Nullable Object> values = key(target);
        values.put("now", now);
        boolean removed =
                run("DELETE FROM backup_sync" + WHERE + " AND (holder IS NULL OR expires <= :now)", values) == 1;
        if (removed) {
            run("DELETE FROM backup_missing" + WHERE, key(target));
        }
        return removed;
    }

    @Override
    public Optional<Lease> take(SyncState seen, String holder, Instant now, Instant expires) {
        Map<String, @Nullable Object> values = key(new Lease(seen.target(), seen.token()));
        values.put("holder", holder);
        values.put("now", now);
        // After the last end, whatever the clock of the node says that told it: their order tells what was cut short.
        Instant ended = seen.ended();
        values.put("started", ended == null || now.isAfter(ended) ? now : ended.plusMillis(1));
        values.put("expires", expires);
        return run(TAKE, values) == 1 ? Optional.of(new Lease(seen.target(), seen.token() + 1)) : Optional.empty();
    }

    @Override
    public boolean renew(Lease lease, Instant expires, SyncCounts soFar) {
        Map<String, @Nullable Object> values = key(lease);
        values.put("expires", expires);
        putCounts(values, soFar);
        return run(RENEW, values) == 1;
    }

    @Override
    public boolean hold(Lease lease) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT token FROM backup_sync" + WHERE_LEASED + " FOR UPDATE")
                        .bindMap(key(lease))
                        .mapTo(Long.class)
                        .findOne()
                        .isPresent());
    }

    @Override
    public boolean finish(Lease lease, End end) {
        Map<String, @Nullable Object> values = key(lease);
        values.put("at", end.at());
        values.put("succeeded", end.outcome() == SyncState.Outcome.FAILED ? null : end.at());
        values.put("outcome", end.outcome().name());
        values.put("error", end.error());
        StorageUse storage = end.storage();
        values.put("used", storage == null ? null : storage.usedBytes());
        values.put("total", storage == null ? null : storage.totalBytes());
        putCounts(values, end.counts());
        return run(FINISH, values) == 1;
    }

    @Override
    public void release(Lease lease) {
        run(RELEASE + WHERE_LEASED, key(lease));
    }

    @Override
    public void releaseAll(String holder) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("holder", holder);
        run(RELEASE + " WHERE holder = :holder", values);
    }

    @Override
    public void request(SyncTarget target, Instant now) {
        Map<String, @Nullable Object> values = key(target);
        values.put("now", now);
        run("UPDATE backup_sync SET requested = :now" + WHERE, values);
    }

    private int run(String sql, Map<String, @Nullable Object> values) {
        return jdbi.withHandle(
                handle -> handle.createUpdate(sql).bindMap(values).execute());
    }

    private static Map<String, @Nullable Object> key(SyncTarget target) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("zone", target.zoneId());
        values.put("provider", target.provider());
        return values;
    }

    private static Map<String, @Nullable Object> key(Lease lease) {
        Map<String, @Nullable Object> values = key(lease.target());
        values.put("token", lease.token());
        return values;
    }

    private static void putCounts(Map<String, @Nullable Object> values, SyncCounts counts) {
        values.put("pages", counts.pages());
        values.put("points", counts.points());
        values.put("adopted", counts.adopted());
        values.put("updated", counts.updated());
        values.put("removed", counts.removed());
        values.put("missing", counts.missing());
        values.put("unknown", counts.unknown());
        values.put("unplaced", counts.unplaced());
        values.put("left", counts.left());
        values.put("bad", counts.bad());
    }

    private static SyncState state(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        String outcome = row.getString("outcome");
        Long used = rows.maybeLong("used_bytes");
        return new SyncState(
                new SyncTarget(row.getLong("zone_id"), row.getString("provider")),
                row.getLong("token"),
                row.getString("holder"),
                rows.maybeInstant("expires"),
                rows.maybeInstant("requested"),
                rows.maybeInstant("started"),
                rows.maybeInstant("ended"),
                rows.maybeInstant("succeeded"),
                outcome == null ? null : SyncState.Outcome.valueOf(outcome),
                row.getString("error"),
                new SyncCounts(
                        row.getLong("pages"),
                        row.getLong("points"),
                        row.getLong("adopted"),
                        row.getLong("updated"),
                        row.getLong("removed"),
                        row.getLong("missing"),
                        row.getLong("unknown_points"),
                        row.getLong("unplaced_points"),
                        row.getLong("left_points"),
                        row.getLong("bad_points")),
                used == null ? null : new StorageUse(used, row.getLong("total_bytes")));
    }
}
