/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.cloudstackbackup.framework.backup.Backup;
import org.junit.jupiter.api.Test;

/**
 * Kills the process before and after every call of a store, of the inventory, of the job and of the product, in turn, and
 * starts it over on the same database. The job is executed again each time, as a host does that is not sure of its end.
 */
class BackupCrashTest {
    private static final String OPEN =
            "SELECT COUNT(*) FROM backup_operation WHERE ended IS NULL OR vm_lock IS NOT NULL";

    private static final String BUSY =
            "SELECT COUNT(*) FROM backups WHERE removed IS NULL AND status IN ('Queued', 'BackingUp', 'Restoring')";

    @Test
    void aDeletionSurvivesDeathAtAnyPoint() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            int deaths = 0;
            for (int call = 1; ; call++) {
                Backup backup = backUp(world, 1000 + call);
                String job = BackupWorld.uuid();
                long jobId = call;
                boolean died = killed(
                        world,
                        call,
                        jobId,
                        () -> world.framework.backups().delete(world.shop, backup.id(), false, jobId, job));
                assertThat(world.jobs()).as("death at call %d", call).containsEntry(jobId, "succeeded");
                assertThat(world.product.points).isEmpty();
                assertThat(world.product.work).containsExactly("backup", "delete");
                assertThat(world.number("SELECT COUNT(*) FROM backups WHERE removed IS NULL"))
                        .isZero();
                assertThat(completed(world, "BACKUP.DELETE")).isEqualTo(call);
                world.product.work.clear();
                if (!died) {
                    break;
                }
                deaths++;
            }
            assertThat(deaths).isGreaterThan(20);
        }
    }

    @Test
    void removingARowWithoutARestorePointIsDoneOncePerJob() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.product.fails = true;
            Backup backup = backUp(world, 1);
            String job = BackupWorld.uuid();
            for (int execution = 0; execution < 2; execution++) {
                assertThat(world.framework.backups().delete(world.shop, backup.id(), false, 2, job))
                        .as("whether the job goes on")
                        .isFalse();
            }
            assertThat(completed(world, "BACKUP.DELETE")).isEqualTo(1);
            assertThat(world.number("SELECT COUNT(*) FROM backups WHERE removed IS NULL"))
                    .isZero();
        }
    }

    @Test
    void aRestoreSurvivesDeathAtAnyPoint() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world, 1000);
            int deaths = 0;
            for (int call = 1; ; call++) {
                world.product.work.clear();
                world.database
                        .jdbi()
                        .useHandle(h -> h.execute("UPDATE vm_instance SET state = 'Destroyed' WHERE id = 1"));
                String job = BackupWorld.uuid();
                long jobId = call;
                boolean died = killed(
                        world,
                        call,
                        jobId,
                        () -> world.framework.restores().restore(world.shop, backup.id(), jobId, job));
                assertThat(world.jobs()).as("death at call %d", call).containsEntry(jobId, "succeeded");
                assertThat(world.product.work).containsExactly("restore vm-1 2");
                assertThat(world.text("SELECT state FROM vm_instance WHERE id = 1"))
                        .isEqualTo("Stopped");
                assertThat(world.number("SELECT COUNT(*) FROM volumes WHERE state <> 'Ready'"))
                        .isZero();
                assertThat(completed(world, "BACKUP.RESTORE")).isEqualTo(call);
                if (!died) {
                    break;
                }
                deaths++;
            }
            assertThat(deaths).isGreaterThan(20);
        }
    }

    @Test
    void aVolumeRestoreSurvivesDeathAtAnyPoint() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Backup backup = backUp(world, 1000);
            int deaths = 0;
            for (int call = 1; ; call++) {
                world.product.work.clear();
                String job = BackupWorld.uuid();
                long jobId = call;
                boolean died = killed(
                        world,
                        call,
                        jobId,
                        () -> world.framework
                                .restores()
                                .restoreVolume(world.shop, backup.id(), "volume-1-1", BackupWorld.OTHER, jobId, job));
                assertThat(world.jobs()).as("death at call %d", call).containsEntry(jobId, "succeeded");
                assertThat(world.product.work).containsExactly("volume volume-1-1");
                assertThat(world.number("SELECT COUNT(*) FROM volumes WHERE path LIKE '/restored/%' AND state = 'Ready'"
                                + " AND instance_id = 2 AND size = 100"))
                        .isEqualTo(call);
                assertThat(world.number("SELECT COUNT(DISTINCT device_id) FROM volumes WHERE instance_id = 2"))
                        .isEqualTo(call + 2);
                assertThat(completed(world, "BACKUP.RESTORE.VOLUME.TO.VM")).isEqualTo(call);
                if (!died) {
                    break;
                }
                deaths++;
            }
            assertThat(deaths).isGreaterThan(20);
        }
    }

    /** Whether the process died; when this returns, everything has come to its end. */
    private static boolean killed(BackupWorld world, int call, long jobId, Runnable body) {
        world.fuse.burnAt(call);
        boolean died = false;
        try {
            body.run();
            world.finish();
        } catch (BackupWorld.Killed e) {
            died = true;
        }
        world.restart();
        world.job(jobId, body);
        world.finish();
        assertThat(world.number(OPEN)).as("open after death at call %d", call).isZero();
        assertThat(world.number(BUSY)).as("busy after death at call %d", call).isZero();
        return died;
    }

    private static long completed(BackupWorld world, String type) {
        return world.number(
                "SELECT COUNT(*) FROM event WHERE state = 'Completed' AND level = 'INFO' AND type = '" + type + "'");
    }

    private static Backup backUp(BackupWorld world, long job) {
        Backup row = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
        world.framework.backups().start(world.shop, row.id(), false, job, BackupWorld.uuid());
        world.finish();
        return row;
    }
}
