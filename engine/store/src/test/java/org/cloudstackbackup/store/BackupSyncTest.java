/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.backup.BackedVolume;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.sync.SyncCounts;
import org.cloudstackbackup.framework.sync.SyncState.Outcome;
import org.cloudstackbackup.framework.sync.ZoneCapacity;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.StorageUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupSyncTest {
    private static final String UNREACHABLE = "PROVIDER_UNREACHABLE zone:zone-1:fake";
    private static final String VANISHED = "BACKUPS_VANISHED zone:zone-1:fake";
    private static final String STORAGE = "BACKUP_STORAGE zone:zone-1";

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void adoptsPointsMadeOutsideWithOwnerVolumesDetailsAndEvent(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            RestorePoint point = sync.outside(world.product, "out-1", BackupWorld.WEB, "gold");
            SyncCounts counts = sync.sync();
            assertThat(counts.adopted()).isEqualTo(1);
            Backup row =
                    world.backups().ofVm(BackupWorld.WEB, BackupWorld.OFFERING).get(0);
            assertThat(row.status()).isEqualTo(BackupStatus.BACKED_UP);
            assertThat(row.externalId()).isEqualTo("out-1");
            assertThat(row.owner()).isEqualTo(TestTenants.SHOP);
            assertThat(row.name()).startsWith("web-20");
            assertThat(row.type()).isEqualTo("FULL");
            assertThat(row.sizeBytes()).isEqualTo(10);
            assertThat(row.protectedBytes()).isEqualTo(200);
            assertThat(row.date()).isEqualTo(Database.stored(point.created()));
            assertThat(row.volumes()).extracting(BackedVolume::uuid).containsExactly("volume-1-0", "volume-1-1");
            assertThat(row.volumes()).extracting(BackedVolume::diskOfferingId).containsExactly("disk-1", "disk-1");
            assertThat(world.backups().details(row.id()))
                    .containsEntry("serviceofferingname", "small")
                    .containsEntry("vmsettings", "{\"k\":\"v\"}");
            assertThat(events(world, "BACKUP.CREATE", "INFO")).isEqualTo(1);
            assertThat(world.text("SELECT description FROM event"))
                    .contains(row.name())
                    .contains("fake");

            assertThat(sync.sync()).isEqualTo(new SyncCounts(1, 1, 0, 0, 0, 0, 0, 0, 0, 0));
            assertThat(sync.live()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anAdoptedBackupCanBeRestoredAndDeleted(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, "out-1", BackupWorld.WEB, "gold");
            sync.sync();
            Backup row =
                    world.backups().ofVm(BackupWorld.WEB, BackupWorld.OFFERING).get(0);
            world.framework.restores().restore(world.shop, row.id(), 1, BackupWorld.uuid());
            world.finish();
            world.framework.backups().delete(world.shop, row.id(), false, 2, BackupWorld.uuid());
            world.finish();
            assertThat(world.product.work).containsExactly("restore vm-1 2", "delete");
            assertThat(world.product.points).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void pointsOfUnknownVmsAndWithoutOfferingAreCountedNotAdopted(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            Instant now = world.clock.instant();
            world.product.points.put("a", SyncWorld.point("a", "vm-99", "gold", now, 1));
            world.product.points.put("b", SyncWorld.point("b", null, "gold", now, 1));
            // The VM is under no offering, and the policy is not imported here.
            world.product.points.put("c", SyncWorld.point("c", "vm-2", "platinum", now, 1));
            // The VM is under no offering, yet the policy is known.
            world.product.points.put("d", SyncWorld.point("d", "vm-2", "gold", now, 1));
            SyncCounts counts = sync.sync();
            assertThat(counts.unknown()).isEqualTo(2);
            assertThat(counts.unplaced()).isEqualTo(1);
            assertThat(counts.adopted()).isEqualTo(1);
            assertThat(world.backups().ofVm(BackupWorld.OTHER, BackupWorld.OFFERING))
                    .hasSize(1);
            assertThat(sync.state("fake").outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void correctsSizesTypeAndDate(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            RestorePoint point = sync.outside(world.product, "out-1", BackupWorld.WEB, "gold");
            sync.sync();
            world.product.points.put("out-1", SyncWorld.resized(point, 77));
            assertThat(sync.sync().updated()).isEqualTo(1);
            Backup row =
                    world.backups().ofVm(BackupWorld.WEB, BackupWorld.OFFERING).get(0);
            assertThat(row.sizeBytes()).isEqualTo(77);
            assertThat(row.version()).isEqualTo(1);
            assertThat(row.volumes()).hasSize(2);
            assertThat(sync.sync().updated()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRowIsRemovedOnlyWhenASecondCompleteListingConfirmsAfterTheInterval(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 3);
            sync.sync();
            RestorePoint lost = world.product.points.remove("out-1");
            assertThat(sync.sync().missing()).isEqualTo(1);
            assertThat(sync.live()).isEqualTo(3);
            world.clock.advance(Duration.ofSeconds(10));
            sync.syncs.request(1);
            sync.syncs.tick();
            assertThat(sync.state("fake").counts().pages()).isEqualTo(1);
            assertThat(sync.live())
                    .as("asked again before the interval is over")
                    .isEqualTo(3);

            world.product.points.put("out-1", lost);
            assertThat(sync.sync().missing()).isZero();
            world.product.points.remove("out-1");
            assertThat(sync.sync().missing()).as("a new first time").isEqualTo(1);
            assertThat(sync.live()).isEqualTo(3);

            assertThat(sync.sync().removed()).isEqualTo(1);
            assertThat(sync.live()).isEqualTo(2);
            assertThat(events(world, "BACKUP.DELETE", "WARN")).isEqualTo(1);
            assertThat(world.number("SELECT COUNT(*) FROM backup_missing")).isZero();
            assertThat(sync.sync().removed()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRowWhosePointIsNoGoodOneNowStaysAndNoneIsMadeOfSuchAPoint(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 3);
            sync.sync();
            world.product.points.remove("out-1");
            world.product.sending = page -> new RestorePointPage(
                    page.points(),
                    page.nextCursor(),
                    Map.of("out-1", "its deletion failed", "never-good", "no volume is in it"));
            for (int i = 0; i < 3; i++) {
                assertThat(sync.sync().missing()).isZero();
            }
            assertThat(sync.live()).isEqualTo(3);

            world.product.sending = page -> page;
            assertThat(sync.sync().missing()).isEqualTo(1);
            assertThat(sync.sync().removed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whateverFailsRemovesNothingAndRaisesOneAlertUntilItWorksAgain(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 4);
            world.product.pageSize = 2;
            sync.sync();
            Map<String, RestorePoint> before = Map.copyOf(world.product.points);
            world.product.points.clear();
            world.product.points.put("out-0", before.get("out-0"));
            List<Runnable> failures = List.of(
                    () -> world.product.reachable = false,
                    () -> world.product.broken = true,
                    () -> world.product.sending = page -> {
                        throw new ProviderException(ErrorKind.EXTERNAL, "catalogue", "The catalogue is damaged");
                    },
                    () -> world.product.sending = page -> new RestorePointPage(page.points(), "0"),
                    () -> world.product.sending =
                            page -> new RestorePointPage(List.of(), String.valueOf(world.product.listings.get())));
            for (int i = 0; i < failures.size(); i++) {
                failures.get(i).run();
                for (int round = 0; round < 3; round++) {
                    assertThat(sync.sync().removed()).isZero();
                    assertThat(sync.state("fake").outcome()).as("failure %d", i).isEqualTo(Outcome.FAILED);
                }
                assertThat(sync.live()).as("failure %d", i).isEqualTo(4);
                assertThat(world.number("SELECT COUNT(*) FROM backup_missing")).isZero();
                assertThat(sync.alerts).containsOnlyKeys(UNREACHABLE);
                world.product.reachable = true;
                world.product.broken = false;
                world.product.sending = page -> page;
                world.product.points.putAll(before);
                sync.sync();
                assertThat(sync.state("fake").outcome()).isEqualTo(Outcome.COMPLETE);
                assertThat(sync.alerts).isEmpty();
                world.product.points.keySet().retainAll(List.of("out-0"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aProductThatNeverAnswersIsToldOfWhileItIsStillAsked(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            world.product.pageSize = 1;
            sync.outside(world.product, 2);
            List<String> seen = new ArrayList<>();
            world.product.sending = page -> {
                sync.syncs.tick();
                world.clock.advance(SyncWorld.INTERVAL.multipliedBy(2).minusSeconds(5));
                sync.syncs.tick();
                assertThat(sync.alerts).as("each page is an answer").isEmpty();
                if (page.nextCursor() == null) {
                    world.clock.advance(Duration.ofSeconds(10));
                    sync.syncs.tick();
                    world.clock.advance(Duration.ofSeconds(10));
                    sync.syncs.tick();
                    seen.addAll(sync.alerts.values());
                }
                return page;
            };
            assertThat(sync.sync().adopted()).isEqualTo(2);
            assertThat(seen)
                    .singleElement()
                    .asString()
                    .contains("has said nothing since")
                    .contains("after 1 pages");
            assertThat(sync.alerts).as("it has answered").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aFailureInTheMiddleOfTheListKeepsWhatWasAdoptedAndRemovesNothing(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 6);
            world.product.pageSize = 2;
            world.product.sending = page -> {
                if (world.product.listings.get() % 3 == 0) {
                    throw new ProviderException(ErrorKind.UNAVAILABLE, "page", "Timed out");
                }
                return page;
            };
            assertThat(sync.sync().adopted()).isEqualTo(4);
            assertThat(sync.state("fake").error()).contains("UNAVAILABLE").contains("Timed out");
            assertThat(sync.live()).isEqualTo(4);
            world.product.sending = page -> page;
            assertThat(sync.sync().adopted()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whenMostBackupsVanishTheyAreKeptForADayAndToldOf(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 20);
            sync.sync();
            world.product.points.clear();
            sync.sync();
            assertThat(sync.alerts).containsOnlyKeys(VANISHED);
            assertThat(sync.alerts.get(VANISHED)).contains("20 of 20");
            for (int i = 0; i < 3; i++) {
                sync.sync();
            }
            assertThat(sync.live()).isEqualTo(20);
            world.clock.advance(Duration.ofDays(1));
            assertThat(sync.sync().removed()).isEqualTo(20);
            assertThat(sync.live()).isZero();
            sync.sync();
            assertThat(sync.alerts).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anOpenBackupKeepsItsPointToItself(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            RestorePoint old = sync.outside(world.product, "old", BackupWorld.WEB, "gold");
            world.clock.advance(Duration.ofHours(1));
            Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.framework.backups().start(world.shop, row.id(), false, 1, BackupWorld.uuid());
            world.framework.operations().openOperationUuids().forEach(world.framework.runner()::step);
            assertThat(world.product.points).hasSize(2);
            SyncCounts counts = sync.sync();
            assertThat(counts.left()).isEqualTo(1);
            assertThat(counts.adopted()).as("the old one").isEqualTo(1);
            assertThat(world.number("SELECT COUNT(*) FROM backups WHERE external_id = '" + old.id() + "'"))
                    .isEqualTo(1);
            world.finish();
            assertThat(sync.sync().adopted()).isZero();
            assertThat(sync.live()).isEqualTo(2);
            assertThat(world.backups().find(row.id()))
                    .hasValueSatisfying(done -> assertThat(done.status()).isEqualTo(BackupStatus.BACKED_UP));
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aPointAdoptedBecauseOfAWrongClockBecomesTheBackupOfItsJob(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            Backup row = withAdoptedPoint(sync);
            world.finish();
            assertThat(world.jobs()).containsEntry(1L, "succeeded");
            assertThat(sync.live()).as("one point, one row").isEqualTo(1);
            assertThat(world.backups().find(row.id())).hasValueSatisfying(done -> {
                assertThat(done.status()).isEqualTo(BackupStatus.BACKED_UP);
                assertThat(done.externalId()).isIn(world.product.points.keySet());
            });
            assertThat(world.text("SELECT description FROM event WHERE type = 'BACKUP.DELETE'"))
                    .contains(row.name());
            assertThat(sync.sync().adopted()).isZero();
            assertThat(sync.live()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aPointAdoptedBecauseOfAWrongClockIsMergedOnlyWhenNothingReadsIt(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            Backup row = withAdoptedPoint(sync);
            Backup adopted = world.backups().ofVm(BackupWorld.WEB, BackupWorld.OFFERING).stream()
                    .filter(backup -> backup.id() != row.id())
                    .findFirst()
                    .orElseThrow();
            world.framework
                    .restores()
                    .restoreVolume(world.shop, adopted.id(), "volume-1-1", BackupWorld.OTHER, 2, BackupWorld.uuid());
            world.finish();
            assertThat(world.jobs()).containsEntry(1L, "succeeded").containsEntry(2L, "succeeded");
            assertThat(sync.live()).isEqualTo(1);
            assertThat(world.backups().find(row.id())).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aProductThatNamesAPointOfAnotherVmCostsThatVmNoBackup(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            RestorePoint named = sync.outside(world.product, "out-1", BackupWorld.OTHER, "gold");
            sync.outside(world.product, "out-3", BackupWorld.OTHER, "gold");
            sync.outside(world.product, "OUT-2", BackupWorld.WEB, "gold");
            sync.sync();
            assertThat(sync.live()).isEqualTo(3);
            RestorePoint whole = SyncWorld.point("out-2", "vm-1", "gold", world.clock.instant(), 10);
            endsWith(world, 1, named);
            endsWith(
                    world,
                    2,
                    new RestorePoint("out-3", null, "web", "gold", whole.created(), "FULL", 10, 20, whole.volumes()));
            endsWith(world, 3, whole);
            assertThat(world.jobs().get(1L)).startsWith("failed").contains("of another VM");
            assertThat(world.jobs()).containsEntry(2L, "succeeded").containsEntry(3L, "succeeded");
            assertThat(world.number("SELECT COUNT(*) FROM backups WHERE removed IS NULL AND status = 'BackedUp'"
                            + " AND vm_id = 2"))
                    .as("the backups of the other VM")
                    .isEqualTo(2);
            assertThat(sync.live()).as("nothing is dropped").isEqualTo(6);
        }
    }

    /** Backs up the first VM with a product that names this point in the end. */
    private static void endsWith(BackupWorld world, long job, RestorePoint point) {
        Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
        world.framework.backups().start(world.shop, row.id(), false, job, BackupWorld.uuid());
        String operation = world.framework.operations().openOperationUuids().get(0);
        world.framework.runner().step(operation);
        world.product.operations.put(operation, OperationStatus.Succeeded.backup(point));
        world.finish();
    }

    @Test
    void aRestoreOfTheAdoptedRowMayTakeLongerThanAProductMayBeAway() {
        try (SyncWorld sync = new SyncWorld(DatabaseKind.H2)) {
            BackupWorld world = sync.world;
            Backup row = withAdoptedPoint(sync);
            Backup adopted = world.backups().ofVm(BackupWorld.WEB, BackupWorld.OFFERING).stream()
                    .filter(backup -> backup.id() != row.id())
                    .findFirst()
                    .orElseThrow();
            world.framework
                    .restores()
                    .restoreVolume(world.shop, adopted.id(), "volume-1-1", BackupWorld.OTHER, 2, BackupWorld.uuid());
            String restore = world.text("SELECT uuid FROM backup_operation WHERE kind = 'RESTORE_VOLUME'");
            world.framework.runner().step(restore);
            OperationStatus end = world.product.operations.get(restore);
            world.product.operations.put(restore, new OperationStatus.Running(10, "slow"));
            for (int look = 0; look < 300; look++) {
                world.framework.operations().openOperationUuids().forEach(world.framework.runner()::step);
                world.clock.advance(Duration.ofMinutes(1));
            }
            assertThat(world.jobs()).isEmpty();
            assertThat(world.text("SELECT message FROM backup_operation WHERE kind = 'BACKUP' AND ended IS NULL"))
                    .contains("which another operation works with");
            world.product.operations.put(restore, end);
            world.finish();
            assertThat(world.jobs()).containsEntry(1L, "succeeded").containsEntry(2L, "succeeded");
            assertThat(sync.live()).isEqualTo(1);
        }
    }

    /** A backup that runs, whose point a comparison has taken for one made outside, since the product's clock is behind. */
    private static Backup withAdoptedPoint(SyncWorld sync) {
        BackupWorld world = sync.world;
        world.product.clockAhead = Duration.ofMinutes(-30);
        Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
        world.framework.backups().start(world.shop, row.id(), false, 1, BackupWorld.uuid());
        world.framework.operations().openOperationUuids().forEach(world.framework.runner()::step);
        assertThat(sync.sync().adopted()).isEqualTo(1);
        assertThat(sync.live()).isEqualTo(2);
        return row;
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRowThatIsWorkedOnIsLeftAlone(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            RestorePoint point = sync.outside(world.product, "out-1", BackupWorld.WEB, "gold");
            sync.sync();
            Backup row =
                    world.backups().ofVm(BackupWorld.WEB, BackupWorld.OFFERING).get(0);
            world.framework.backups().delete(world.shop, row.id(), false, 1, BackupWorld.uuid());
            world.product.points.put("out-1", SyncWorld.resized(point, 99));
            SyncCounts counts = sync.sync();
            assertThat(counts.left()).isEqualTo(1);
            assertThat(counts.updated()).isZero();
            world.product.points.clear();
            sync.sync();
            sync.sync();
            assertThat(sync.live())
                    .as("its operation removes it, not the comparison")
                    .isEqualTo(1);
            assertThat(events(world, "BACKUP.DELETE", "WARN")).isZero();
            world.finish();
            assertThat(sync.live()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aPointDeletedDuringTheListingIsNotAdoptedAgain(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, "out-1", BackupWorld.WEB, "gold");
            sync.sync();
            Backup row =
                    world.backups().ofVm(BackupWorld.WEB, BackupWorld.OFFERING).get(0);
            world.product.sending = page -> {
                world.product.sending = next -> next;
                world.framework.backups().delete(world.shop, row.id(), false, 1, BackupWorld.uuid());
                for (int i = 0; i < 10; i++) {
                    world.framework.operations().openOperationUuids().forEach(world.framework.runner()::step);
                }
                return page;
            };
            assertThat(sync.sync().adopted()).isZero();
            assertThat(world.product.points).isEmpty();
            assertThat(sync.live()).isZero();
            assertThat(sync.sync().adopted()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aBackupMadeDuringTheListingIsNotNotedAsMissing(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            world.product.sending = page -> {
                world.product.sending = next -> next;
                Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
                world.framework.backups().start(world.shop, row.id(), false, 1, BackupWorld.uuid());
                for (int i = 0; i < 10; i++) {
                    world.framework.operations().openOperationUuids().forEach(world.framework.runner()::step);
                }
                return page;
            };
            assertThat(sync.sync().missing()).isZero();
            assertThat(sync.live()).isEqualTo(1);
            assertThat(world.text("SELECT status FROM backups")).isEqualTo("BackedUp");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aPointThatCannotBeKeptStopsNoOtherAndProtectsItsVm(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, "web-1", BackupWorld.WEB, "gold");
            sync.outside(world.product, "other-1", BackupWorld.OTHER, "gold");
            sync.sync();
            world.product.points.clear();
            Instant now = world.clock.instant();
            String tooLong = "x".repeat(300);
            world.product.points.put("bad", SyncWorld.point(tooLong, "vm-1", "gold", now, 1));
            world.product.points.put("half", SyncWorld.point("half\uD800", "vm-1", "gold", now, 1));
            world.product.points.put("when", SyncWorld.point("when", "vm-1", "gold", Instant.MAX, 1));
            world.product.points.put("good", SyncWorld.point("good", "vm-2", "gold", now, 1));
            SyncCounts counts = sync.sync();
            assertThat(counts.bad()).isEqualTo(3);
            assertThat(counts.adopted()).isEqualTo(1);
            assertThat(sync.state("fake").outcome()).isEqualTo(Outcome.PARTIAL);
            assertThat(sync.state("fake").error()).contains("300 characters");
            assertThat(counts.missing())
                    .as("other-1 only, since VM web has points that were not understood")
                    .isEqualTo(1);
            sync.sync();
            assertThat(world.text("SELECT external_id FROM backups WHERE vm_id = 1 AND removed IS NULL"))
                    .isEqualTo("web-1");
            assertThat(world.text("SELECT external_id FROM backups WHERE vm_id = 2 AND removed IS NULL"))
                    .isEqualTo("good");

            world.product.points.put("bad", SyncWorld.point(tooLong, null, "gold", now, 1));
            world.product.points.remove("good");
            sync.sync();
            assertThat(sync.sync().removed())
                    .as("whose the bad point is nobody knows")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRowThatTheDatabaseRefusesStopsNoOther(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 5);
            world.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "ALTER TABLE backups ADD CONSTRAINT no_third CHECK (external_id <> 'out-3')"));
            SyncCounts counts = sync.sync();
            assertThat(counts.adopted()).isEqualTo(4);
            assertThat(counts.bad()).isEqualTo(1);
            assertThat(sync.state("fake").error()).contains("out-3 could not be adopted");
            assertThat(events(world, "BACKUP.CREATE", "INFO")).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aFailingProductStopsNoOtherOfTheZone(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            offering(world, 2, "second", "gold", false);
            sync.outside(world.product, "first-1", BackupWorld.WEB, "gold");
            sync.outside(world.second, "second-1", BackupWorld.WEB, "gold");
            world.product.reachable = false;
            assertThat(sync.syncOf("second").adopted()).isEqualTo(1);
            assertThat(sync.state("fake").outcome()).isEqualTo(Outcome.FAILED);
            assertThat(world.number("SELECT backup_offering_id FROM backups")).isEqualTo(2);
            assertThat(sync.alerts).containsOnlyKeys(UNREACHABLE);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theSamePointIdAtTwoProductsIsTwoBackups(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            offering(world, 2, "second", "gold", false);
            sync.outside(world.product, "same", BackupWorld.WEB, "gold");
            sync.outside(world.second, "same", BackupWorld.WEB, "gold");
            sync.sync();
            assertThat(sync.live()).isEqualTo(2);
            world.product.points.clear();
            sync.sync();
            sync.sync();
            assertThat(world.number("SELECT backup_offering_id FROM backups WHERE removed IS NULL"))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void idsThatDifferInCaseAreDifferentPoints(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, "abc", BackupWorld.WEB, "gold");
            sync.sync();
            sync.outside(world.product, "ABC", BackupWorld.WEB, "gold");
            assertThat(sync.sync().adopted()).isEqualTo(1);
            assertThat(sync.sync().adopted()).isZero();
            world.product.points.remove("abc");
            sync.sync();
            sync.sync();
            assertThat(world.text("SELECT external_id FROM backups WHERE removed IS NULL"))
                    .isEqualTo("ABC");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void productsOfRemovedOfferingsAreComparedAsLongAsBackupsLive(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            offering(world, 2, "second", "gold", false);
            sync.outside(world.second, "s", BackupWorld.WEB, "gold");
            sync.sync();
            world.database
                    .jdbi()
                    .useHandle(h -> h.execute("UPDATE backup_offering SET removed = created WHERE id = 2"));
            sync.outside(world.second, "s2", BackupWorld.WEB, "gold");
            assertThat(sync.syncOf("second").adopted()).isEqualTo(1);
            world.second.points.clear();
            world.second.reachable = false;
            sync.sync();
            assertThat(sync.alerts).containsOnlyKeys("PROVIDER_UNREACHABLE zone:zone-1:second");
            world.database.jdbi().useHandle(h -> h.execute("UPDATE backups SET removed = date"));
            sync.sync();
            assertThat(sync.syncs.states())
                    .extracting(state -> state.target().provider())
                    .containsExactly("fake");
            assertThat(sync.alerts)
                    .as("a product that is used no more worries nobody")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aSecondRunWithNothingChangedWritesNoRowAndAsksOncePerPage(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 1300);
            world.product.pageSize = 400;
            assertThat(sync.sync().adopted()).isEqualTo(1300);
            world.product.listings.set(0);
            long version = world.number("SELECT version FROM table_version WHERE name = 'backups'");
            List<String> statements = sync.statementsDuring(sync::sync);
            assertThat(world.product.listings).hasValue(4);
            assertThat(statements.stream().filter(sql -> !sql.stripLeading().startsWith("SELECT")))
                    .as("only that it was taken up and has ended")
                    .hasSize(2)
                    .allMatch(sql -> sql.contains("backup_sync"));
            assertThat(statements).hasSizeLessThan(40);
            assertThat(world.number("SELECT version FROM table_version WHERE name = 'backups'"))
                    .isEqualTo(version);
            assertThat(sync.live()).isEqualTo(1300);
        }
    }

    @Test
    void onlyThePageAtHandIsKept() {
        try (SyncWorld sync = new SyncWorld(DatabaseKind.H2)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 600);
            world.product.pageSize = 100;
            List<WeakReference<RestorePointPage>> sent = new ArrayList<>();
            List<Integer> kept = new ArrayList<>();
            world.product.sending = page -> {
                kept.add(reachableOf(sent));
                sent.add(new WeakReference<>(page));
                return page;
            };
            sync.sync();
            sync.sync();
            assertThat(sent).hasSize(12);
            assertThat(kept).allMatch(pages -> pages <= 1);
        }
    }

    private static int reachableOf(List<WeakReference<RestorePointPage>> pages) {
        int reachable = pages.size();
        for (int i = 0; i < 20 && reachable > 1; i++) {
            System.gc();
            reachable = (int) pages.stream().filter(page -> page.get() != null).count();
        }
        return reachable;
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theIntervalAndTheSwitchTakeEffectAtOnceAndNewZonesAreTakenUp(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.sync();
            world.product.listings.set(0);
            world.clock.advance(Duration.ofSeconds(5));
            sync.syncs.tick();
            assertThat(world.product.listings).hasValue(0);
            world.settings.put(FrameworkSettings.SYNC_INTERVAL.key(), "2");
            sync.syncs.tick();
            assertThat(world.product.listings).hasValue(1);

            world.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO data_center (id, uuid, name, inventory, created) VALUES (2, 'zone-2', 'far', 'sim', ?)",
                            TestTenants.CREATED));
            sync.syncs.tick();
            assertThat(sync.syncs.states())
                    .extracting(state -> state.target().zoneId())
                    .containsExactly(1L, 2L);
            assertThat(world.product.listings).hasValue(2);

            world.settings.put(FrameworkSettings.ENABLED.key() + "@1", "false");
            world.clock.advance(Duration.ofSeconds(5));
            sync.syncs.tick();
            assertThat(world.product.listings).as("zone 2 only").hasValue(3);
            assertThatThrownBy(() -> sync.syncs.request(1)).hasMessageContaining("disabled");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theStorageOfAllProductsOfAZoneIsToldAndWatched(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            offering(world, 2, "second", "gold", false);
            world.product.storage = new StorageUse(60, 100);
            world.second.storage = new StorageUse(40, 100);
            sync.sync();
            assertThat(sync.syncs.capacities(null)).hasSize(1);
            ZoneCapacity capacity = sync.syncs.capacities(1L).get(0);
            assertThat(capacity.usedBytes()).isEqualTo(100);
            assertThat(capacity.totalBytes()).isEqualTo(200);
            assertThat(sync.alerts).isEmpty();

            world.second.storage = new StorageUse(95, 100);
            sync.sync();
            assertThat(sync.alerts).containsOnlyKeys(STORAGE);
            assertThat(sync.alerts.get(STORAGE)).contains("155 of 200 bytes").contains("78 %");
            world.settings.put(FrameworkSettings.CAPACITY_THRESHOLD.key() + "@1", "0.9");
            sync.sync();
            assertThat(sync.alerts).isEmpty();

            world.product.reachable = false;
            sync.sync();
            assertThat(sync.syncs.capacities(1L).get(0).usedBytes())
                    .as("the last that is known")
                    .isEqualTo(155);
        }
    }

    static void offering(BackupWorld world, long id, String provider, String externalId, boolean removed) {
        world.database
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO backup_offering (id, uuid, name, description, external_id, user_driven_backup, zone_id,"
                                + " provider, created, removed) VALUES (?, ?, ?, '-', ?, TRUE, 1, ?, ?, ?)",
                        id,
                        "offering-" + id,
                        provider + "-" + id,
                        externalId,
                        provider,
                        TestTenants.CREATED,
                        removed ? TestTenants.CREATED : null));
    }

    private static long events(BackupWorld world, String type, String level) {
        return world.number("SELECT COUNT(*) FROM event WHERE state = 'Completed' AND type = '" + type
                + "' AND level = '" + level + "'");
    }
}
