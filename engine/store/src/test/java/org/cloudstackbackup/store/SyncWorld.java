/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.backup.VmDetails;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.sync.BackupSyncs;
import org.cloudstackbackup.framework.sync.SyncCounts;
import org.cloudstackbackup.framework.sync.SyncState;
import org.cloudstackbackup.framework.sync.SyncStates;
import org.cloudstackbackup.framework.sync.SyncStore;
import org.cloudstackbackup.framework.sync.SyncSurroundings;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A {@link BackupWorld} whose backups are compared with its two products, by one node or several. */
final class SyncWorld implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(300);
    static final String LIVE = "SELECT COUNT(*) FROM backups WHERE removed IS NULL";

    final BackupWorld world;
    final Map<String, String> alerts = new TreeMap<>();
    BackupSyncs syncs;

    SyncWorld(DatabaseKind kind) {
        world = new BackupWorld(kind);
        world.settings.put(FrameworkSettings.SYNC_INTERVAL.key(), String.valueOf(INTERVAL.toSeconds()));
        syncs = node("node-1", world.database, Runnable::run);
    }

    /** Another node, on its own connections. */
    BackupSyncs node(String name, Database at, Executor executor) {
        return new BackupSyncs(
                new SyncSurroundings(
                        world.fuse.guard(SyncStore.class, new JdbcSyncStore(at)),
                        world.fuse.guard(SyncStates.class, new JdbcSyncStates(at, world.clock)),
                        world.fuse.guard(BackupStore.class, new JdbcBackupStore(at)),
                        new JdbcZones(at),
                        new VmDetails(new JdbcVmCatalog(at), new JdbcVms(at)),
                        world.drivers(at),
                        world.settings(),
                        at,
                        world.fuse.guard(Events.class, new JdbcEventStore(at, world.clock)),
                        world.fuse.guard(Alerts.class, new KeptAlerts()),
                        world.clock),
                name,
                executor);
    }

    /** Lets the interval pass and compares; returns what the first product's comparison counted. */
    SyncCounts sync() {
        return syncOf("fake");
    }

    SyncCounts syncOf(String provider) {
        world.clock.advance(INTERVAL.plusSeconds(1));
        syncs.tick();
        return state(provider).counts();
    }

    SyncState state(String provider) {
        return syncs.states().stream()
                .filter(state -> state.target().provider().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    long live() {
        return world.number(LIVE);
    }

    /** A point of one of the world's VMs that somebody made at the product's console. */
    RestorePoint outside(FakeProduct product, String id, long vm, @Nullable String offering) {
        RestorePoint point = point(id, "vm-" + vm, offering, world.clock.instant(), 10);
        product.points.put(id, point);
        return point;
    }

    void outside(FakeProduct product, int count) {
        IntStream.range(0, count).forEach(i -> outside(product, "out-" + i, BackupWorld.WEB, "gold"));
    }

    static RestorePoint point(String id, @Nullable String vm, @Nullable String offering, Instant created, long size) {
        String volume = vm == null ? "volume-x" : "volume-" + vm.substring("vm-".length());
        return new RestorePoint(
                id,
                vm,
                "web",
                offering,
                created,
                "FULL",
                size,
                200,
                List.of(
                        new VolumeRef(volume + "-0", "/" + volume + "-0", true, 100, 0),
                        new VolumeRef(volume + "-1", "/" + volume + "-1", false, 100, 1)));
    }

    /** The point again with another size. */
    static RestorePoint resized(RestorePoint point, long size) {
        return point(point.id(), point.vmUuid(), point.offeringExternalId(), point.created(), size);
    }

    /** Statements that write, while the work runs. */
    List<String> writesDuring(Runnable work) {
        return statementsDuring(work).stream()
                .filter(sql -> !sql.stripLeading().startsWith("SELECT"))
                .toList();
    }

    List<String> statementsDuring(Runnable work) {
        List<String> statements = new ArrayList<>();
        world.database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.add(requireNonNull(context.getRenderedSql()));
            }
        });
        work.run();
        world.database.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        return statements;
    }

    @Override
    public void close() {
        syncs.close();
        world.close();
    }

    /** One line per standing alert, by type and cause. */
    private final class KeptAlerts implements Alerts {
        @Override
        public synchronized void raise(NewAlert alert) {
            alerts.put(alert.type() + " " + alert.cause(), alert.content());
        }

        @Override
        public synchronized boolean join(AlertType type, String cause, String note) {
            return alerts.computeIfPresent(type + " " + cause, (key, text) -> text + note) != null;
        }

        @Override
        public synchronized void resolve(AlertType type, String cause) {
            alerts.remove(type + " " + cause);
        }
    }
}
