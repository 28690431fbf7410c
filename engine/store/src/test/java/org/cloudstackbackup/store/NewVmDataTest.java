/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.RestoredMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the data that was made for a VM before its restore. */
class NewVmDataTest {
    @Test
    void dataThatTheProductRestoredToIsNeverDiscarded() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            restoring(world);
            world.finish();
            assertThat(world.jobs()).containsEntry(2L, "succeeded new-vm");
            assertThat(world.discarded).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void onlyDataThatTheProductPutElsewhereIsDiscarded(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            Map<String, String> volumes = elsewhere(world);
            world.finish();
            assertThat(world.jobs()).containsEntry(2L, "succeeded new-vm");
            assertThat(world.discarded).containsExactly(volumes.get("first"));
        }
    }

    @Test
    void aVmThatDoesNotStartTakesTheDataWithIt() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            Map<String, String> volumes = elsewhere(world);
            world.startsThatFail = Integer.MAX_VALUE;
            world.finish();
            assertThat(world.jobs().get(2L)).startsWith("failed");
            assertThat(world.discarded).containsExactly(volumes.get("first"));
        }
    }

    /** A restore whose product makes the first volume elsewhere, and fills the second where it is. */
    private static Map<String, String> elsewhere(BackupWorld world) {
        String operation = restoring(world);
        long vm = world.number("SELECT id FROM vm_instance WHERE uuid = 'new-vm'");
        Map<Long, Volume> volumes = new JdbcVolumes(world.database, world.clock)
                .ofVm(vm).stream()
                        .collect(Collectors.toMap(
                                volume -> java.util.Objects.requireNonNull(volume.deviceId()), volume -> volume));
        Volume first = java.util.Objects.requireNonNull(volumes.get(0L));
        Volume second = java.util.Objects.requireNonNull(volumes.get(1L));
        world.product.operations.put(
                operation,
                OperationStatus.Succeeded.machine(new RestoredMachine(
                        Map.of("place", "elsewhere"),
                        Map.of(first.uuid(), "/elsewhere", second.uuid(), String.valueOf(second.path())))));
        return Map.of("first", String.valueOf(first.path()));
    }

    /** Begins a restore to a new VM; returns its operation, which the product works on. */
    private static String restoring(BackupWorld world) {
        Backup backup = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
        world.framework.backups().start(world.shop, backup.id(), false, 1, BackupWorld.uuid());
        world.finish();
        world.framework
                .newInstances()
                .create(world.shop, BackupFrameworkTest.request(backup.id()), "new-vm", 2, BackupWorld.uuid());
        String operation = world.framework.operations().openOperationUuids().get(0);
        world.framework.runner().step(operation);
        return operation;
    }
}
