/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cloudstackbackup.framework.backup.BackedVolume;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.sync.LastBackups;
import org.cloudstackbackup.framework.sync.SyncCounts;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.IncompletePoint;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.VolumeRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a product's policy makes that is no good backup is seen by people, and by nobody taken for one. */
class IncompletePointsTest {
    private static final String LACKS = "it lacks 1 of 2 volumes: disk-1";
    private static final String FAILED = "BACKUP_FAILED vm:vm-1";

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void isAnErrorBackupWithItsReasonAndOneEventAndOneAlert(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            IncompletePoint point = incomplete.outside("hollow", LACKS);
            assertThat(sync.sync()).isEqualTo(new SyncCounts(1, 0, 1, 0, 0, 0, 0, 0, 0, 0));
            Backup row = incomplete.row("hollow");
            assertThat(row.status()).isEqualTo(BackupStatus.ERROR);
            assertThat(row.failure()).isEqualTo(LACKS);
            assertThat(row.owner()).isEqualTo(TestTenants.SHOP);
            assertThat(row.date()).isEqualTo(Database.stored(point.created()));
            assertThat(row.sizeBytes()).isEqualTo(5);
            assertThat(row.volumes()).extracting(BackedVolume::uuid).containsExactly("volume-1-0", "volume-1-1");
            assertThat(sync.world.text(
                            "SELECT description FROM event WHERE type = 'BACKUP.CREATE' AND level = 'ERROR'"))
                    .contains(row.name(), "fake", LACKS);
            assertThat(sync.alerts).containsOnlyKeys(FAILED);
            assertThat(sync.alerts.get(FAILED)).contains(row.uuid(), LACKS);

            sync.alerts.clear();
            for (int i = 0; i < 3; i++) {
                assertThat(sync.sync()).isEqualTo(new SyncCounts(1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            }
            assertThat(sync.live()).isEqualTo(1);
            assertThat(sync.world.number("SELECT COUNT(*) FROM event")).isEqualTo(1);
            assertThat(sync.alerts).as("told once").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void isNeverRestoredAndCanBeDeleted(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            BackupWorld world = incomplete.sync.world;
            incomplete.outside("hollow", LACKS);
            incomplete.sync.sync();
            Backup row = incomplete.row("hollow");
            assertThatThrownBy(() -> world.framework.restores().restore(world.shop, row.id(), 1, BackupWorld.uuid()))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("Error");
            assertThatThrownBy(() ->
                            world.framework.newInstances().check(world.shop, BackupFrameworkTest.request(row.id())))
                    .hasMessageContaining("Error");
            world.framework.backups().delete(world.shop, row.id(), false, 2, BackupWorld.uuid());
            incomplete.points.clear();
            world.finish();
            assertThat(world.product.work).containsExactly("delete");
            assertThat(incomplete.sync.live()).isZero();
            assertThat(incomplete.sync.sync().adopted()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void countsWithWhatIsKeptOfItAsLongAsItIs(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            incomplete.outside("hollow", LACKS);
            sync.outside(sync.world.product, "whole", BackupWorld.WEB, "gold");
            sync.sync();
            assertThat(used(sync)).isEqualTo(new Footprint(2, 15)).isEqualTo(recounted(sync));
            incomplete.points.clear();
            sync.sync();
            sync.sync();
            assertThat(used(sync)).isEqualTo(new Footprint(1, 10)).isEqualTo(recounted(sync));
        }
    }

    private static Footprint used(SyncWorld sync) {
        return new Footprint(count(sync, "backup"), count(sync, "backup_storage"));
    }

    private static long count(SyncWorld sync, String type) {
        return sync.world.number("SELECT count FROM resource_count WHERE account_id = " + TestTenants.SHOP.accountId()
                + " AND type = '" + type + "'");
    }

    private static Footprint recounted(SyncWorld sync) {
        return new JdbcResourceStore(sync.world.database).recountAccount(TestTenants.SHOP.accountId());
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void isRemovedWhenASecondCompleteListingLacksItAndByNoFailure(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            incomplete.outside("hollow", LACKS);
            sync.sync();
            incomplete.points.clear();
            sync.world.product.reachable = false;
            sync.sync();
            sync.sync();
            sync.world.product.reachable = true;
            assertThat(sync.sync().missing()).isEqualTo(1);
            assertThat(sync.live()).isEqualTo(1);
            assertThat(sync.sync().removed()).isEqualTo(1);
            assertThat(sync.live()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void becomesGoodWhenTheProductListsItAsAGoodOne(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            IncompletePoint point = incomplete.outside("hollow", LACKS);
            sync.sync();
            incomplete.points.clear();
            sync.world.product.points.put("hollow", SyncWorld.point("hollow", "vm-1", "gold", point.created(), 10));
            assertThat(sync.sync().updated()).isEqualTo(1);
            Backup row = incomplete.row("hollow");
            assertThat(row.status()).isEqualTo(BackupStatus.BACKED_UP);
            assertThat(row.failure()).isNull();
            assertThat(row.sizeBytes()).isEqualTo(10);
            assertThat(row.volumes()).extracting(BackedVolume::uuid).containsExactly("volume-1-0", "volume-1-1");
            assertThat(row.volumes()).extracting(BackedVolume::diskOfferingId).containsExactly("disk-1", "disk-1");
            assertThat(row.volumes()).extracting(BackedVolume::size).containsExactly(100L, 100L);
            assertThat(sync.alerts).isEmpty();
            assertThat(sync.world.text("SELECT description FROM event WHERE description LIKE '%whole now%'"))
                    .contains(row.name(), "hollow");
            assertThat(used(sync)).isEqualTo(new Footprint(1, 10)).isEqualTo(recounted(sync));
            assertThat(sync.sync().updated()).isZero();

            sync.world.framework.restores().restore(sync.world.shop, row.id(), 1, BackupWorld.uuid());
            sync.world.finish();
            assertThat(sync.world.product.work).containsExactly("restore vm-1 2");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void staysNoGoodWhenTheProductForgetsWhatItLacks(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            IncompletePoint point = incomplete.outside("hollow", LACKS);
            sync.sync();
            incomplete.points.clear();
            sync.world.product.points.put(
                    "hollow",
                    new RestorePoint(
                            "hollow",
                            "vm-1",
                            "web",
                            "gold",
                            point.created(),
                            "FULL",
                            5,
                            100,
                            point.volumes().subList(0, 1)));
            for (int i = 0; i < 3; i++) {
                assertThat(sync.sync().updated()).isZero();
            }
            assertThat(incomplete.row("hollow").status()).isEqualTo(BackupStatus.ERROR);
            assertThat(incomplete.row("hollow").failure()).isEqualTo(LACKS);
            assertThat(sync.alerts).containsOnlyKeys(FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aBackupMadeHereBecomesGoodWithAllItsVolumesAndNotBefore(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            BackupWorld world = sync.world;
            world.product.losesVolumes = true;
            Backup begun = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.framework.backups().start(world.shop, begun.id(), false, 1, BackupWorld.uuid());
            world.finish();
            sync.sync();
            Backup row = world.backups().find(begun.id()).orElseThrow();
            assertThat(row.status()).isEqualTo(BackupStatus.ERROR);
            assertThat(row.failure()).contains("lacks 1 of 2 volumes");
            assertThat(sync.live()).isEqualTo(1);

            RestorePoint partial = world.product.points.values().iterator().next();
            world.product.points.put(
                    partial.id(), SyncWorld.point(partial.id(), "vm-1", "gold", partial.created(), 10));
            assertThat(sync.sync().updated()).isEqualTo(1);
            row = world.backups().find(begun.id()).orElseThrow();
            assertThat(row.status()).isEqualTo(BackupStatus.BACKED_UP);
            assertThat(row.volumes()).extracting(BackedVolume::uuid).containsExactly("volume-1-0", "volume-1-1");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void tellsTheReasonAndTheSizeThatTheProductTellsNow(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            Instant created = incomplete.outside("hollow", LACKS).created();
            sync.sync();
            incomplete.points.put("hollow", incomplete("hollow", "vm-1", created, 7, "volume disk-1 in it is Failed"));
            assertThat(sync.sync().updated()).isEqualTo(1);
            assertThat(incomplete.row("hollow").failure()).isEqualTo("volume disk-1 in it is Failed");
            assertThat(incomplete.row("hollow").sizeBytes()).isEqualTo(7);
            assertThat(incomplete.row("hollow").status()).isEqualTo(BackupStatus.ERROR);
            assertThat(sync.sync().updated()).isZero();
            assertThat(sync.world.number("SELECT COUNT(*) FROM event")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anyReasonCanBeKept(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            incomplete.outside("long", "  " + "volume ".repeat(500));
            incomplete.outside("odd", "half \uD83D, whole \uD83D\uDCBE, and \u0007 a bell ");
            incomplete.outside("cut", "x".repeat(1023) + "\uD83D\uDCBE");
            assertThat(incomplete.sync.sync().adopted()).isEqualTo(3);
            assertThat(incomplete.row("long").failure())
                    .hasSizeBetween(1000, 1024)
                    .startsWith("volume volume");
            assertThat(incomplete.row("odd").failure()).isEqualTo("half ?, whole \uD83D\uDCBE, and \u0007 a bell");
            assertThat(incomplete.row("cut").failure()).isEqualTo("x".repeat(1023) + "?");
            assertThat(incomplete.sync.sync().updated()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aGoodBackupWhosePointIsNoLongerOneStaysAsItWas(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            RestorePoint point = sync.outside(sync.world.product, "whole", BackupWorld.WEB, "gold");
            sync.sync();
            sync.world.product.points.clear();
            incomplete.points.put("whole", incomplete("whole", "vm-1", point.created(), 1, "its deletion failed"));
            incomplete.points.put("of another", incomplete("whole", "vm-2", point.created(), 1, "its deletion failed"));
            for (int i = 0; i < 3; i++) {
                assertThat(sync.sync()).isEqualTo(new SyncCounts(1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            }
            assertThat(incomplete.row("whole").status()).isEqualTo(BackupStatus.BACKED_UP);
            assertThat(incomplete.row("whole").sizeBytes()).isEqualTo(10);
            assertThat(sync.alerts).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void alarmsNobodyWhenAYoungerBackupIsGoodOrTheVmIsNotProtected(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            incomplete.outside("first", LACKS);
            sync.world.clock.advance(Duration.ofMinutes(15));
            sync.outside(sync.world.product, "second", BackupWorld.WEB, "gold");
            Instant now = sync.world.clock.instant();
            incomplete.points.put("other", incomplete("other", "vm-2", now, 1, LACKS));
            assertThat(sync.sync().adopted()).isEqualTo(3);
            assertThat(sync.alerts).isEmpty();
            assertThat(sync.world.number("SELECT COUNT(*) FROM event WHERE level = 'ERROR'"))
                    .as("each is an event all the same")
                    .isEqualTo(2);

            incomplete.outside("third", "it is Failed");
            sync.sync();
            assertThat(sync.alerts).containsOnlyKeys(FAILED);
            assertThat(sync.alerts.get(FAILED)).contains("it is Failed");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aMendedBackupEndsNoAlarmAboutAYoungerOne(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            Instant first = incomplete.outside("first", LACKS).created();
            sync.sync();
            incomplete.outside("second", LACKS);
            sync.sync();
            incomplete.points.remove("first");
            sync.world.product.points.put("first", SyncWorld.point("first", "vm-1", "gold", first, 10));
            assertThat(sync.sync().updated()).isEqualTo(1);
            assertThat(incomplete.row("first").status()).isEqualTo(BackupStatus.BACKED_UP);
            assertThat(sync.alerts).containsOnlyKeys(FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void ofAVmThatIsNotKnownIsCountedOnly(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            Instant now = incomplete.sync.world.clock.instant();
            incomplete.points.put("stranger", incomplete("stranger", "vm-99", now, 1, LACKS));
            assertThat(incomplete.sync.sync().unknown()).isEqualTo(1);
            assertThat(incomplete.sync.live()).isZero();
            assertThat(incomplete.sync.alerts).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void isLeftToAnOpenBackupThatMayHaveMadeIt(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            BackupWorld world = incomplete.sync.world;
            Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.framework.backups().start(world.shop, row.id(), false, 1, BackupWorld.uuid());
            world.framework.operations().openOperationUuids().forEach(world.framework.runner()::step);
            incomplete.outside("hollow", LACKS);
            assertThat(incomplete.sync.sync().adopted()).isZero();
            world.finish();
            incomplete.sync.sync();
            assertThat(incomplete.sync.live()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aSecondRunWithNothingChangedWritesNoRow(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            sync.outside(sync.world.product, 100);
            sync.sync();
            int before = sync.statementsDuring(sync::sync).size();
            IntStream.range(0, 300).forEach(i -> incomplete.outside("hollow-" + i, LACKS));
            assertThat(sync.sync().adopted()).isEqualTo(300);
            long version = sync.world.number("SELECT version FROM table_version WHERE name = 'backups'");
            List<String> statements = sync.statementsDuring(sync::sync);
            assertThat(statements.stream().filter(sql -> !sql.stripLeading().startsWith("SELECT")))
                    .hasSize(2)
                    .allMatch(sql -> sql.contains("backup_sync"));
            assertThat(statements).as("as many as without them").hasSize(before);
            assertThat(sync.world.number("SELECT version FROM table_version WHERE name = 'backups'"))
                    .isEqualTo(version);
        }
    }

    @Test
    void isAdoptedOnceWhereverTheServerDies() {
        int deaths = 0;
        for (int call = 1; ; call++) {
            try (Incomplete incomplete = new Incomplete(DatabaseKind.H2)) {
                SyncWorld sync = incomplete.sync;
                BackupWorld world = sync.world;
                Instant mended = incomplete.outside("mended", LACKS).created();
                sync.sync();
                incomplete.points.remove("mended");
                world.product.points.put("mended", SyncWorld.point("mended", "vm-1", "gold", mended, 10));
                incomplete.outside("hollow", LACKS);
                world.fuse.burnAt(call);
                boolean died = false;
                try {
                    sync.sync();
                } catch (BackupWorld.Killed e) {
                    died = true;
                }
                world.fuse.mend();
                sync.syncs = sync.node("node-1", world.database, Runnable::run);
                sync.syncs.recover();
                sync.sync();
                assertThat(incomplete.row("hollow").status())
                        .as("death at call %d", call)
                        .isEqualTo(BackupStatus.ERROR);
                assertThat(incomplete.row("mended").status()).isEqualTo(BackupStatus.BACKED_UP);
                assertThat(sync.live()).isEqualTo(2);
                assertThat(world.number("SELECT COUNT(*) FROM event"))
                        .as("two found, one mended")
                        .isEqualTo(3);
                assertThat(sync.alerts).containsOnlyKeys(FAILED);
                if (!died) {
                    break;
                }
                deaths++;
            }
        }
        assertThat(deaths).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theStoreTellsTheNewestGoodAndBadBackupOfEachVm(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            Instant bad = incomplete.outside("bad", LACKS).created();
            sync.world.clock.advance(Duration.ofHours(1));
            Instant good = sync.outside(sync.world.product, "good", BackupWorld.WEB, "gold")
                    .created();
            sync.outside(sync.world.product, "older", BackupWorld.WEB, "gold");
            sync.world.product.points.put("older", SyncWorld.point("older", "vm-1", "gold", good.minusSeconds(60), 10));
            incomplete.points.put("other", incomplete("other", "vm-2", good, 1, LACKS));
            sync.sync();
            JdbcSyncStore store = new JdbcSyncStore(sync.world.database);
            assertThat(store.lastBackups(List.of(BackupWorld.WEB, BackupWorld.OTHER, 99L)))
                    .isEqualTo(Map.of(
                            BackupWorld.WEB,
                            new LastBackups(Database.stored(good), Database.stored(bad)),
                            BackupWorld.OTHER,
                            new LastBackups(null, Database.stored(good))));
            sync.world.execute("UPDATE backups SET removed = date WHERE vm_id = 2");
            sync.world.execute("UPDATE backups SET status = 'Restoring' WHERE external_id = 'good'");
            assertThat(store.lastBackups(List.of(BackupWorld.WEB, BackupWorld.OTHER)))
                    .isEqualTo(Map.of(BackupWorld.WEB, new LastBackups(Database.stored(good), Database.stored(bad))));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aFailureWhileListingAdoptsNothingTwice(DatabaseKind kind) {
        try (Incomplete incomplete = new Incomplete(kind)) {
            SyncWorld sync = incomplete.sync;
            sync.outside(sync.world.product, 2);
            sync.world.product.pageSize = 1;
            incomplete.outside("hollow", LACKS);
            var whole = sync.world.product.sending;
            sync.world.product.sending = page -> {
                if (page.nextCursor() == null) {
                    throw new ProviderException(ErrorKind.UNAVAILABLE, "page", "Timed out");
                }
                return whole.apply(page);
            };
            assertThat(sync.sync().adopted()).isEqualTo(2);
            sync.world.product.sending = whole;
            assertThat(sync.sync().adopted()).isEqualTo(1);
            assertThat(sync.live()).isEqualTo(3);
        }
    }

    private static IncompletePoint incomplete(String id, String vm, Instant created, long size, String reason) {
        String volume = "volume-" + vm.substring("vm-".length());
        return new IncompletePoint(
                id,
                vm,
                "gold",
                created,
                "FULL",
                size,
                100,
                List.of(
                        new VolumeRef(volume + "-0", "/somewhere", true, 100, 0),
                        new VolumeRef(volume + "-1", "/nowhere", false, 0, 1)),
                reason);
    }

    /** A world whose first product has incomplete points, on every page the same. */
    private static final class Incomplete implements AutoCloseable {
        final SyncWorld sync;
        final Map<String, IncompletePoint> points = new LinkedHashMap<>();

        Incomplete(DatabaseKind kind) {
            sync = new SyncWorld(kind);
            sync.world.product.sending = page -> new RestorePointPage(
                    page.points(), page.nextCursor(), page.unusable(), new ArrayList<>(points.values()));
        }

        /** One of VM web that has been made just now. */
        IncompletePoint outside(String id, String reason) {
            IncompletePoint point = incomplete(id, "vm-1", sync.world.clock.instant(), 5, reason);
            points.put(id, point);
            return point;
        }

        Backup row(String externalId) {
            return sync.world.backups().ofPoint(1, "fake", externalId).get(0);
        }

        @Override
        public void close() {
            sync.close();
        }
    }
}
