/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.backup.BackedVolume;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupListing;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.backup.BackupsInUse;
import org.cloudstackbackup.framework.backup.NewInstances;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePointPage;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupFrameworkTest {
    private static final String STATES =
            "SELECT CONCAT((SELECT state FROM vm_instance WHERE id = 1), ' ', (SELECT GROUP_CONCAT(DISTINCT state) FROM volumes))";

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theMainJobRunsFromBackupToDeletion(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            Backup backup = backUp(world, 1);
            assertThat(world.jobs()).containsEntry(1L, "succeeded");
            BackupListing shown = list(world, new OwnerScope.OneAccount(3)).get(0);
            assertThat(shown.backup().status().wireName()).isEqualTo("BackedUp");
            assertThat(shown.backup().volumes()).hasSize(2);
            assertThat(shown.details())
                    .containsEntry("serviceofferingid", "service-1")
                    .containsEntry("osname", "Debian");
            assertThat(list(world, new OwnerScope.OneAccount(2))).isEmpty();

            world.job(2, () -> world.framework.restores().restore(world.shop, backup.id(), 2, BackupWorld.uuid()));
            assertThat(world.text(STATES)).isEqualTo("Restoring Ready,Restoring");
            world.finish();
            assertThat(world.jobs()).containsEntry(2L, "succeeded");
            assertThat(world.text(STATES)).isEqualTo("Stopped Ready");

            world.job(
                    3,
                    () -> world.framework
                            .restores()
                            .restoreVolume(
                                    world.shop, backup.id(), "volume-1-1", BackupWorld.OTHER, 3, BackupWorld.uuid()));
            world.finish();
            assertThat(world.jobs()).containsEntry(3L, "succeeded");
            assertThat(world.number("SELECT COUNT(*) FROM volumes WHERE instance_id = 2"))
                    .isEqualTo(3);

            world.job(
                    4,
                    () -> world.framework
                            .newInstances()
                            .create(world.shop, request(backup.id()), "new-vm", 4, BackupWorld.uuid()));
            world.finish();
            assertThat(world.jobs()).containsEntry(4L, "succeeded new-vm");
            assertThat(world.text("SELECT state FROM vm_instance WHERE uuid = 'new-vm'"))
                    .isEqualTo("Running");

            world.job(5, () -> world.framework.backups().delete(world.shop, backup.id(), false, 5, BackupWorld.uuid()));
            world.finish();
            assertThat(world.jobs()).containsEntry(5L, "succeeded");
            assertThat(world.product.points).isEmpty();
            assertThat(list(world, new OwnerScope.All())).isEmpty();
        }
    }

    /** Kills the process at every call of every port, in turn; one backup results each time. */
    @Test
    void aBackupSurvivesDeathAtAnyPoint() {
        int deaths = 0;
        for (int call = 1; ; call++) {
            try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
                Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
                String job = BackupWorld.uuid();
                boolean died = diesAt(world, call, () -> {
                    world.framework.backups().start(world.shop, row.id(), false, 1, job);
                    world.finish();
                });
                world.restart();
                if (!world.jobs().containsKey(1L)) {
                    world.job(1, () -> world.framework.backups().start(world.shop, row.id(), false, 1, job));
                }
                world.finish();
                assertThat(world.product.work).as("death at call %d", call).containsExactly("backup");
                assertThat(world.text("SELECT status FROM backups")).isEqualTo("BackedUp");
                assertThat(world.number("SELECT COUNT(*) FROM event WHERE state = 'Completed'"))
                        .isEqualTo(1);
                if (!died) {
                    break;
                }
                deaths++;
            }
        }
        assertThat(deaths).isGreaterThan(20);
    }

    @Test
    void aRestoreToANewVmSurvivesDeathAtAnyPoint() {
        for (boolean fails : new boolean[] {false, true}) {
            for (int call = 1; ; call++) {
                try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
                    Backup backup = backUp(world, 1);
                    world.product.fails = fails;
                    String job = BackupWorld.uuid();
                    Runnable create = () ->
                            world.framework.newInstances().create(world.shop, request(backup.id()), "new-vm", 2, job);
                    boolean died = diesAt(world, call, () -> {
                        create.run();
                        world.finish();
                    });
                    world.restart();
                    if (!world.jobs().containsKey(2L)) {
                        world.job(2, create);
                    }
                    world.finish();
                    String left = world.text(
                            "SELECT CASE WHEN removed IS NULL THEN state ELSE 'gone' END FROM vm_instance WHERE uuid = 'new-vm'");
                    assertThat(left).as("death at call %d", call).isEqualTo(fails ? "gone" : "Running");
                    assertThat(world.number("SELECT COUNT(*) FROM volumes WHERE state <> 'Ready'"))
                            .isZero();
                    if (!died) {
                        assertThat(world.jobs().get(2L)).contains(fails ? "The disk is full" : "new-vm");
                        break;
                    }
                }
            }
        }
    }

    @Test
    void aFailedRestorePutsTheFormerStatesBack() {
        for (int call = 1; ; call++) {
            try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
                Backup backup = backUp(world, 1);
                world.product.fails = true;
                world.database
                        .jdbi()
                        .useHandle(h -> h.execute("UPDATE vm_instance SET state = 'Destroyed' WHERE id = 1"));
                String job = BackupWorld.uuid();
                Runnable restore = () -> world.framework.restores().restore(world.shop, backup.id(), 2, job);
                boolean died = diesAt(world, call, () -> {
                    restore.run();
                    world.finish();
                });
                world.restart();
                if (!world.jobs().containsKey(2L)) {
                    world.job(2, restore);
                }
                world.finish();
                assertThat(world.text(STATES)).as("death at call %d", call).isEqualTo("Destroyed Ready");
                if (!died) {
                    assertThat(world.jobs().get(2L)).contains("EXTERNAL").contains("The disk is full");
                    assertThat(world.text("SELECT description FROM event WHERE level = 'ERROR'"))
                            .contains("The disk is full");
                    break;
                }
            }
        }
    }

    @Test
    void anUnreachableProductIsAskedAgainAndGivenUpInTheEnd() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, "b", null, false);
            world.product.reachable = false;
            world.framework.backups().start(world.shop, row.id(), false, 1, BackupWorld.uuid());
            step(world);
            step(world);
            world.product.reachable = true;
            world.finish();
            assertThat(world.jobs()).containsEntry(1L, "succeeded");

            Backup next = world.framework.backups().allocate(world.shop, BackupWorld.WEB, "c", null, false);
            world.product.reachable = false;
            world.framework.backups().start(world.shop, next.id(), false, 2, BackupWorld.uuid());
            world.finish();
            assertThat(world.jobs().get(2L)).contains("UNAVAILABLE").contains("Connection refused");
            assertThat(world.text("SELECT status FROM backups WHERE name = 'c'"))
                    .isEqualTo("Failed");
            assertThat(world.text("SELECT failure FROM backups WHERE name = 'c'"))
                    .contains("Connection refused");
        }
    }

    @Test
    void aBackupThatLacksAVolumeIsAnErrorThatNamesIt() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.product.losesVolumes = true;
            Backup backup = backUp(world, 1);
            assertThat(world.jobs().get(1L)).contains("volume-1-1");
            assertThat(world.text("SELECT status FROM backups")).isEqualTo("Error");
            refused(
                    ErrorKind.CONFLICT,
                    "BackedUp",
                    () -> world.framework.restores().restore(world.shop, backup.id(), 2, BackupWorld.uuid()));
            world.framework.backups().delete(world.shop, backup.id(), false, 3, BackupWorld.uuid());
            world.finish();
            assertThat(world.product.points).isEmpty();
        }
    }

    @Test
    void aForgottenBackupIsFoundByItsRestorePoint() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.product.forgets = true;
            backUp(world, 1);
            assertThat(world.text("SELECT status FROM backups")).isEqualTo("BackedUp");
        }
    }

    @Test
    void aProductThatGoesInCirclesHoldsNoSearchForEver() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world, 1);
            world.product.forgets = true;
            world.product.sending = page -> new RestorePointPage(List.of(), "0");
            backUp(world, 2);
            world.framework.backups().delete(world.shop, backup.id(), false, 3, BackupWorld.uuid());
            world.finish();
            assertThat(world.jobs().get(2L)).contains("EXTERNAL").contains("it named page 0 twice");
            assertThat(world.jobs().get(3L)).contains("EXTERNAL").contains("it named page 0 twice");
            assertThat(world.backups().find(backup.id())).isPresent();
        }
    }

    @Test
    void aBugInADriverEndsTheOperationWithItsCause() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
            world.framework.backups().start(world.shop, row.id(), false, 1, BackupWorld.uuid());
            step(world);
            world.product.broken = true;
            world.finish();
            assertThat(world.jobs().get(1L)).contains("EXTERNAL").contains("bug in the driver");
        }
    }

    @Test
    void oneOperationPerVmAndNothingHalfWrittenAfterRefusals() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world, 1);
            Backup second = world.framework.backups().allocate(world.shop, BackupWorld.WEB, "second", null, false);
            world.framework.restores().restore(world.shop, backup.id(), 2, BackupWorld.uuid());
            refused(
                    ErrorKind.CONFLICT,
                    "Restoring",
                    () -> world.framework.backups().start(world.shop, second.id(), false, 3, BackupWorld.uuid()));
            assertThat(world.text("SELECT status FROM backups WHERE name = 'second'"))
                    .isEqualTo("Failed");
            refused(
                    ErrorKind.CONFLICT,
                    "Restoring",
                    () -> world.framework.backups().delete(world.shop, backup.id(), false, 4, BackupWorld.uuid()));
            world.finish();
            assertThat(world.text(STATES)).isEqualTo("Stopped Ready");

            world.database.jdbi().useHandle(h -> h.execute("UPDATE vm_instance SET state = 'Running' WHERE id = 1"));
            refused(
                    ErrorKind.CONFLICT,
                    "Running",
                    () -> world.framework.restores().restore(world.shop, backup.id(), 5, BackupWorld.uuid()));
            world.database.jdbi().useHandle(h -> h.execute("UPDATE vm_instance SET state = 'Stopped' WHERE id = 1"));
            world.database
                    .jdbi()
                    .useHandle(h -> h.execute("UPDATE volumes SET uuid = 'changed' WHERE uuid = 'volume-1-1'"));
            refused(
                    ErrorKind.CONFLICT,
                    "volume-1-1",
                    () -> world.framework.restores().restore(world.shop, backup.id(), 6, BackupWorld.uuid()));
            assertThat(world.number("SELECT COUNT(*) FROM backup_operation WHERE ended IS NULL"))
                    .isZero();
        }
    }

    @Test
    void aNewVmThatStartsLateIsStillTheResult() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world, 1);
            world.startsThatFail = 2;
            world.framework.newInstances().create(world.shop, request(backup.id()), "new-vm", 2, BackupWorld.uuid());
            world.finish();
            assertThat(world.jobs()).containsEntry(2L, "succeeded new-vm");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aNewVmThatTheProductMadeElsewhereIsFoundThere(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            Backup backup = backUp(world, 1);
            world.product.makesMachines = true;
            world.framework.newInstances().create(world.shop, request(backup.id()), "new-vm", 2, BackupWorld.uuid());
            world.finish();
            assertThat(world.jobs()).containsEntry(2L, "succeeded new-vm");
            assertMadeElsewhere(world);
        }
    }

    @Test
    void aNewVmThatTheProductMadeElsewhereSurvivesDeathAtAnyPoint() {
        for (int call = 1; ; call++) {
            try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
                Backup backup = backUp(world, 1);
                world.product.makesMachines = true;
                String job = BackupWorld.uuid();
                Runnable create =
                        () -> world.framework.newInstances().create(world.shop, request(backup.id()), "new-vm", 2, job);
                boolean died = diesAt(world, call, () -> {
                    create.run();
                    world.finish();
                });
                world.restart();
                if (!world.jobs().containsKey(2L)) {
                    world.job(2, create);
                }
                world.finish();
                assertMadeElsewhere(world);
                if (!died) {
                    break;
                }
            }
        }
    }

    /** The row of the VM says where its machine is; its volumes are there, and what was made for them before is gone. */
    private static void assertMadeElsewhere(BackupWorld world) {
        long vm = world.number("SELECT id FROM vm_instance WHERE uuid = 'new-vm' AND state = 'Running'");
        assertThat(new JdbcVms(world.database).details(vm))
                .containsEntry("machine", "made for new-vm")
                .containsEntry("k", "v");
        String made = "/volume-" + vm;
        assertThat(new JdbcVolumes(world.database, world.clock).ofVm(vm))
                .extracting(Volume::path)
                .containsExactly("/made" + made + "-0", "/made" + made + "-1");
        assertThat(world.discarded).contains(made + "-0", made + "-1").doesNotContain("/made" + made + "-0");
    }

    @Test
    void aForeignTenantReachesNothing() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world, 1);
            world.database.jdbi().useHandle(h -> h.execute("UPDATE backups SET account_id = 2, domain_id = 1"));
            refused(
                    ErrorKind.NOT_FOUND,
                    "does not exist",
                    () -> world.framework
                            .restores()
                            .restoreVolume(
                                    world.shop, backup.id(), "volume-1-1", BackupWorld.OTHER, 2, BackupWorld.uuid()));
            refused(
                    ErrorKind.NOT_FOUND,
                    "does not exist",
                    () -> world.framework.newInstances().check(world.shop, request(backup.id())));
            refused(
                    ErrorKind.NOT_FOUND,
                    "does not exist",
                    () -> world.framework
                            .newInstances()
                            .create(world.shop, request(backup.id()), "x", 3, BackupWorld.uuid()));
            refused(
                    ErrorKind.NOT_FOUND,
                    "does not exist",
                    () -> world.framework.backups().delete(world.shop, backup.id(), true, 4, BackupWorld.uuid()));
            assertThat(world.product.work).containsExactly("backup");
        }
    }

    @Test
    void aBackupBegunWhileTheProductLetsItsVmGoChangesNothingAboutThat() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.product.assigned.add("vm-1");
            world.product.duringRemove = () -> {
                Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
                world.framework.backups().start(world.shop, row.id(), false, 1, BackupWorld.uuid());
            };
            world.framework.protection().remove(world.shop, BackupWorld.WEB, false, BackupWorld.uuid());
            assertThat(world.product.assigned).isEmpty();
            assertThat(world.number("SELECT COUNT(*) FROM vm_instance WHERE backup_offering_id IS NOT NULL"))
                    .as("what the product knows and what the database knows")
                    .isZero();
            world.finish();
            assertThat(world.jobs()).containsEntry(1L, "succeeded");
            assertThat(world.text("SELECT status FROM backups")).isEqualTo("BackedUp");
        }
    }

    @Test
    void aBackupThatIsBeingRestoredOutlivesTheRemovalThatDeletesBackups() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world, 1);
            Backup other = backUp(world, 2);
            world.product.has(Capability.REMOVAL_DELETES_BACKUPS);
            world.product.duringRemove = () -> world.framework
                    .restores()
                    .restoreVolume(world.shop, backup.id(), "volume-1-1", BackupWorld.OTHER, 3, BackupWorld.uuid());
            world.framework.protection().remove(world.shop, BackupWorld.WEB, true, BackupWorld.uuid());
            assertThat(world.backups().find(other.id())).isEmpty();
            world.finish();
            assertThat(world.jobs()).containsEntry(3L, "succeeded");
            assertThat(world.backups().find(backup.id())).isPresent();
        }
    }

    @Test
    void anAssignmentThatCannotBeWrittenIsTakenBackAtTheProduct() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.product.duringAssign = () -> world.database
                    .jdbi()
                    .useHandle(h -> h.execute("UPDATE vm_instance SET backup_offering_id = 9 WHERE id = 2"));
            refused(
                    ErrorKind.CONFLICT,
                    "changed by somebody else",
                    () -> world.framework
                            .protection()
                            .assign(world.shop, BackupWorld.OTHER, BackupWorld.OFFERING, BackupWorld.uuid()));
            assertThat(world.product.assigned).isEmpty();
            world.product.duringAssign = () -> {};
            world.database
                    .jdbi()
                    .useHandle(h -> h.execute("UPDATE vm_instance SET backup_offering_id = NULL WHERE id = 2"));
            String job = BackupWorld.uuid();
            world.framework.protection().assign(world.shop, BackupWorld.OTHER, BackupWorld.OFFERING, job);
            world.framework.protection().assign(world.shop, BackupWorld.OTHER, BackupWorld.OFFERING, job);
            refused(
                    ErrorKind.CONFLICT,
                    "gold",
                    () -> world.framework
                            .protection()
                            .assign(world.shop, BackupWorld.OTHER, BackupWorld.OFFERING, BackupWorld.uuid()));
            refused(
                    ErrorKind.CONFLICT,
                    "2 VMs",
                    () -> world.framework.offerings().delete(world.admin, BackupWorld.OFFERING));
            world.product.reachable = false;
            refused(
                    ErrorKind.UNAVAILABLE,
                    "Connection refused",
                    () -> world.framework
                            .protection()
                            .remove(world.shop, BackupWorld.OTHER, false, BackupWorld.uuid()));
            world.framework.protection().remove(world.shop, BackupWorld.OTHER, true, BackupWorld.uuid());
            assertThat(world.number("SELECT COUNT(*) FROM vm_instance WHERE backup_offering_id = 1"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aProtectedVmsListOfVolumesFollowsItsVolumes(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            JdbcVms vms = new JdbcVms(world.database);
            BackupsInUse inUse =
                    new BackupsInUse(new JdbcBackupStore(world.database), vms, world.framework.protection());
            world.database.jdbi().useHandle(h -> {
                h.execute("UPDATE vm_instance SET backup_volumes = '[]'");
                h.execute("UPDATE volumes SET instance_id = NULL WHERE uuid = 'volume-1-1'");
            });
            inUse.volumesChanged(BackupWorld.WEB);
            inUse.volumesChanged(BackupWorld.OTHER);
            assertThat(BackedVolume.fromJson(
                            vms.find(BackupWorld.WEB).orElseThrow().backupVolumes()))
                    .extracting(BackedVolume::uuid)
                    .containsExactly("volume-1-0");
            assertThat(vms.find(BackupWorld.OTHER).orElseThrow().backupVolumes())
                    .as("that of a VM without protection")
                    .isEqualTo("[]");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aListingTakesAtMostThreeStatementsWhateverThePage(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            for (int i = 0; i < 30; i++) {
                world.framework.backups().allocate(world.shop, BackupWorld.WEB, "50%_" + i, null, false);
            }
            AtomicInteger statements = new AtomicInteger();
            world.database.jdbi().setSqlLogger(new SqlLogger() {
                @Override
                public void logBeforeExecution(StatementContext context) {
                    statements.incrementAndGet();
                }
            });
            JdbcBackupStore store = new JdbcBackupStore(world.database);
            BackupStore.Filter all = new BackupStore.Filter(null, null, null, null, null, null);
            assertThat(store.list(all, new OwnerScope.DomainTree("/shop/"), new PageRequest(0, 20), false)
                            .items())
                    .hasSize(20);
            assertThat(statements.getAndSet(0)).isLessThanOrEqualTo(3);
            assertThat(store.list(all, new OwnerScope.DomainTree("/shop/"), new PageRequest(20, 20), true)
                            .total())
                    .isEqualTo(30);
            assertThat(statements.getAndSet(0)).isLessThanOrEqualTo(3);
            world.framework.backups().allocate(world.shop, BackupWorld.WEB, "other", null, false);
            assertThat(store.list(all, new OwnerScope.DomainTree("/shop/"), new PageRequest(0, 5), false)
                            .total())
                    .isEqualTo(31);
            BackupStore.Filter keyword = new BackupStore.Filter(null, null, null, null, null, "0%_1");
            assertThat(store.list(keyword, new OwnerScope.All(), new PageRequest(0, 50), false)
                            .items())
                    .hasSize(11);
            assertThat(store.list(keyword, new OwnerScope.OneAccount(2), new PageRequest(0, 50), false)
                            .items())
                    .isEmpty();
        }
    }

    private static Backup backUp(BackupWorld world, long job) {
        Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
        world.framework.backups().start(world.shop, row.id(), false, job, BackupWorld.uuid());
        world.finish();
        return row;
    }

    private static boolean diesAt(BackupWorld world, int call, Runnable body) {
        world.fuse.burnAt(call);
        try {
            body.run();
            return false;
        } catch (BackupWorld.Killed e) {
            return true;
        }
    }

    private static void step(BackupWorld world) {
        world.framework.operations().openOperationUuids().forEach(world.framework.runner()::step);
    }

    private static List<BackupListing> list(BackupWorld world, OwnerScope scope) {
        return world.framework
                .backups()
                .list(new BackupStore.Filter(null, null, null, null, null, null), scope, PageRequest.ALL, true)
                .items();
    }

    static NewInstances.Request request(long backup) {
        return new NewInstances.Request(
                backup, null, null, 1, null, null, null, null, null, List.of(), Map.of(), false, true, null, List.of(),
                Map.of());
    }

    private static void refused(ErrorKind kind, String words, Runnable body) {
        assertThatThrownBy(body::run)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
    }
}
