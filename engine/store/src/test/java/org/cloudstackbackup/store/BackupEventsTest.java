/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.event.EventLog;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every piece of work tells when it was accepted, begun and ended, and an end that is a failure tells the cause. */
class BackupEventsTest {
    private static final String OK = " Scheduled INFO, %s Started INFO, %s Completed INFO";
    private static final String BAD = " Scheduled INFO, %s Started INFO, %s Completed ERROR";

    private long job = 100;

    @Test
    void whatSucceedsIsScheduledStartedAndCompleted() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = allocate(world);
            assertThat(told(world, id -> start(world, backup, id))).isEqualTo(all("BACKUP.CREATE", OK));
            assertThat(told(
                            world,
                            id -> world.framework.restores().restore(world.shop, backup.id(), id, BackupWorld.uuid())))
                    .isEqualTo(all("BACKUP.RESTORE", OK));
            assertThat(told(world, id -> restoreVolume(world, backup, "volume-1-1", id)))
                    .isEqualTo(all("BACKUP.RESTORE.VOLUME.TO.VM", OK));
            assertThat(told(world, id -> create(world, backup, id)))
                    .as("made and started")
                    .isEqualTo(all("VM.CREATE.FROM.BACKUP", OK));
            assertThat(told(world, id -> delete(world, backup, id))).isEqualTo(all("BACKUP.DELETE", OK));
        }
    }

    @Test
    void whatIsToldOfABackupIsFoundByTheBackupAndByItsVm() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup good = allocate(world);
            start(world, good, 1);
            world.finish();
            world.product.fails = true;
            Backup bad = allocate(world);
            start(world, bad, 2);
            world.finish();
            assertThat(about(world, good.uuid(), "Backup"))
                    .containsExactly("Completed INFO", "Started INFO", "Scheduled INFO");
            assertThat(about(world, bad.uuid(), "Backup"))
                    .containsExactly("Completed ERROR", "Started INFO", "Scheduled INFO");
            assertThat(about(world, "vm-1", "VirtualMachine")).hasSize(6);
            assertThat(about(world, "vm-1", null)).hasSize(6);
            assertThat(about(world, "vm-2", "VirtualMachine")).isEmpty();
            assertThat(about(world, "vm-1", "Volume")).isEmpty();
        }
    }

    private static List<String> about(BackupWorld world, String uuid, @Nullable String type) {
        var page = new JdbcEventStore(world.database, world.clock)
                .list(
                        new EventLog.Filter(
                                new OwnerScope.All(), null, "BACKUP.CREATE", null, null, null, null, null, uuid, type),
                        new PageRequest(0, 100));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream()
                .map(event -> event.state() + " " + event.level())
                .toList();
    }

    @Test
    void whatFailsAtTheProductIsAnErrorWithItsCause() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = allocate(world);
            start(world, backup, 1);
            world.finish();
            world.product.fails = true;
            Backup other = allocate(world);
            assertThat(told(world, id -> start(world, other, id))).isEqualTo(all("BACKUP.CREATE", BAD));
            assertThat(told(
                            world,
                            id -> world.framework.restores().restore(world.shop, backup.id(), id, BackupWorld.uuid())))
                    .isEqualTo(all("BACKUP.RESTORE", BAD));
            assertThat(told(world, id -> restoreVolume(world, backup, "volume-1-1", id)))
                    .isEqualTo(all("BACKUP.RESTORE.VOLUME.TO.VM", BAD));
            assertThat(told(world, id -> create(world, backup, id))).isEqualTo(all("VM.CREATE.FROM.BACKUP", BAD));
            assertThat(told(world, id -> delete(world, backup, id))).isEqualTo(all("BACKUP.DELETE", BAD));
            world.product.reachable = false;
            assertThat(told(
                            world,
                            id -> world.framework.protection().remove(world.shop, BackupWorld.WEB, false, "job")))
                    .isEqualTo("BACKUP.OFFERING.REMOVE Completed ERROR");
        }
    }

    @Test
    void whatIsRefusedBeforeItBeganIsAnErrorWithItsCause() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = allocate(world);
            start(world, backup, 1);
            world.finish();
            Backup other = allocate(world);
            world.database.jdbi().useHandle(handle -> handle.execute("UPDATE vm_instance SET state = 'Starting'"));
            assertThat(told(world, id -> start(world, other, id))).isEqualTo("BACKUP.CREATE Completed ERROR");
            assertThat(told(
                            world,
                            id -> world.framework.restores().restore(world.shop, backup.id(), id, BackupWorld.uuid())))
                    .isEqualTo("BACKUP.RESTORE Completed ERROR");
            assertThat(told(world, id -> restoreVolume(world, backup, "no such volume", id)))
                    .isEqualTo("BACKUP.RESTORE.VOLUME.TO.VM Completed ERROR");
            world.database.jdbi().useHandle(handle -> handle.execute("UPDATE backups SET status = 'BackingUp'"));
            assertThat(told(world, id -> delete(world, backup, id))).isEqualTo("BACKUP.DELETE Completed ERROR");
            world.database
                    .jdbi()
                    .useHandle(handle -> handle.execute("UPDATE backups SET status = 'Failed', external_id = NULL"));
            assertThat(told(world, id -> create(world, backup, id))).isEqualTo("VM.CREATE.FROM.BACKUP Completed ERROR");
            assertThat(told(
                            world,
                            id -> world.framework
                                    .protection()
                                    .assign(world.shop, BackupWorld.WEB, BackupWorld.OFFERING, "job")))
                    .isEqualTo("BACKUP.OFFERING.ASSIGN Completed ERROR");
        }
    }

    @Test
    void offeringsAssignmentsAndSchedulesTellOfThemselves() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.database.jdbi().useHandle(handle -> {
                handle.execute("UPDATE vm_instance SET backup_offering_id = NULL");
                handle.execute("UPDATE backup_offering SET removed = created");
            });
            BackupOfferings offerings = world.framework.offerings();
            BackupOfferings.Import request = new BackupOfferings.Import("new", "new", "gold", 1, null, true);
            assertThat(told(world, id -> offerings.importOffering(world.admin, "imported", request)))
                    .isEqualTo("BACKUP.IMPORT.OFFERING Completed INFO");
            assertThat(told(world, id -> offerings.importOffering(world.admin, "again", request)))
                    .isEqualTo("BACKUP.IMPORT.OFFERING Completed ERROR");
            long imported = world.number("SELECT id FROM backup_offering WHERE uuid = 'imported'");
            assertThat(told(world, id -> offerings.update(world.admin, imported, "newer", null, null)))
                    .isEqualTo("BACKUP.OFFERING.EDIT Completed INFO");
            assertThat(told(
                            world,
                            id -> world.framework
                                    .protection()
                                    .assign(world.shop, BackupWorld.WEB, imported, BackupWorld.uuid())))
                    .isEqualTo("BACKUP.OFFERING.ASSIGN Completed INFO");
            assertThat(told(
                            world,
                            id -> world.scheduling
                                    .schedules()
                                    .put(
                                            world.shop,
                                            SchedulesTest.request(BackupWorld.WEB, "DAILY", "30:2", null, null))))
                    .isEqualTo("BACKUP.SCHEDULE.CONFIGURE Completed INFO");
            assertThat(told(world, id -> world.scheduling.schedules().deleteOfVm(world.shop, BackupWorld.WEB)))
                    .isEqualTo("BACKUP.SCHEDULE.DELETE Completed INFO");
            assertThat(told(
                            world,
                            id -> world.framework
                                    .protection()
                                    .remove(world.shop, BackupWorld.WEB, false, BackupWorld.uuid())))
                    .isEqualTo("BACKUP.OFFERING.REMOVE Completed INFO");
        }
    }

    /** What is told by the work and by what follows of it, oldest first. */
    private String told(BackupWorld world, LongConsumer work) {
        long before = world.number("SELECT COALESCE(MAX(id), 0) FROM event");
        long id = ++job;
        world.job(id, () -> work.accept(id));
        world.finish();
        world.clock.advance(Duration.ofSeconds(1));
        List<String> events = world.database
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT type, state, level, description FROM event WHERE id > ? ORDER BY id")
                        .bind(0, before)
                        .map((row, context) -> {
                            if (row.getString("level").equals("ERROR")) {
                                assertThat(row.getString("description"))
                                        .as("a failure with its cause")
                                        .containsPattern(" (failed|failed to|was refused).*: .+");
                            }
                            return row.getString("type") + " " + row.getString("state") + " " + row.getString("level");
                        })
                        .list());
        return String.join(", ", events);
    }

    private static String all(String type, String states) {
        return type + states.replace("%s", type);
    }

    private static Backup allocate(BackupWorld world) {
        return world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
    }

    private static void start(BackupWorld world, Backup backup, long id) {
        world.framework.backups().start(world.shop, backup.id(), false, id, BackupWorld.uuid());
    }

    private static void restoreVolume(BackupWorld world, Backup backup, String volume, long id) {
        world.framework
                .restores()
                .restoreVolume(world.shop, backup.id(), volume, BackupWorld.OTHER, id, BackupWorld.uuid());
    }

    private static void create(BackupWorld world, Backup backup, long id) {
        world.framework
                .newInstances()
                .create(
                        world.shop,
                        BackupFrameworkTest.request(backup.id()),
                        BackupWorld.uuid(),
                        id,
                        BackupWorld.uuid());
    }

    private static void delete(BackupWorld world, Backup backup, long id) {
        world.framework.backups().delete(world.shop, backup.id(), false, id, BackupWorld.uuid());
    }
}
