/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupFramework;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes, each with objects and connections of its own, that execute the same jobs and lead the same operations at the same time. */
class BackupRaceTest {
    private static final int ROUNDS = 25;
    private static final int FAR_TOO_MANY_STEPS = 1000;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void twoNodesDoNothingTwice(DatabaseKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (BackupWorld world = new BackupWorld(kind);
                Database second = Database.open(world.url, 4)) {
            List<BackupFramework> nodes = List.of(world.framework, world.node(second));
            for (int round = 1; round <= ROUNDS; round++) {
                long job = round * 10L;
                Backup backup = world.framework.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
                List<String> uuids = Stream.generate(BackupWorld::uuid).limit(4).toList();
                race(
                        threads,
                        nodes,
                        node -> node.backups().start(world.shop, backup.id(), false, job + 1, uuids.get(0)));
                race(threads, nodes, node -> node.restores().restore(world.shop, backup.id(), job + 2, uuids.get(1)));
                race(
                        threads,
                        nodes,
                        node -> node.restores()
                                .restoreVolume(
                                        world.shop,
                                        backup.id(),
                                        "volume-1-1",
                                        BackupWorld.OTHER,
                                        job + 3,
                                        uuids.get(2)));
                race(
                        threads,
                        nodes,
                        node -> node.backups().delete(world.shop, backup.id(), false, job + 4, uuids.get(3)));
                assertThat(world.product.work)
                        .as("round %d", round)
                        .containsExactly("backup", "restore vm-1 2", "volume volume-1-1", "delete");
                world.product.work.clear();
                for (long ended = job + 1; ended <= job + 4; ended++) {
                    assertThat(world.jobs()).containsEntry(ended, "succeeded");
                }
                assertThat(world.number("SELECT COUNT(*) FROM event WHERE state = 'Started'"))
                        .isEqualTo(4L * round);
                assertThat(world.number("SELECT COUNT(*) FROM event WHERE state = 'Completed' AND level = 'INFO'"))
                        .isEqualTo(4L * round);
                assertThat(world.number("SELECT COUNT(*) FROM event WHERE level = 'ERROR'"))
                        .isZero();
                assertThat(world.number("SELECT COUNT(*) FROM volumes WHERE instance_id = 2"))
                        .isEqualTo(2L + round);
                assertThat(world.number("SELECT COUNT(*) FROM backups WHERE removed IS NULL"))
                        .isZero();
                assertThat(world.text("SELECT state FROM vm_instance WHERE id = 1"))
                        .isEqualTo("Stopped");
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void race(ExecutorService threads, List<BackupFramework> nodes, Consumer<BackupFramework> job)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<?>> ends = nodes.stream()
                .<Future<?>>map(node -> threads.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    job.accept(node);
                    lead(node);
                    return null;
                }))
                .toList();
        for (Future<?> end : ends) {
            end.get(60, TimeUnit.SECONDS);
        }
    }

    private static void lead(BackupFramework node) {
        for (int i = 0; i < FAR_TOO_MANY_STEPS; i++) {
            List<String> open = node.operations().openOperationUuids();
            if (open.isEmpty()) {
                return;
            }
            open.forEach(node.runner()::step);
        }
        assertThat(node.operations().openOperationUuids()).isEmpty();
    }
}
