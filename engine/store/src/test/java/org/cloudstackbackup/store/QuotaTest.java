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
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupFramework;
import org.cloudstackbackup.framework.backup.BackupListing;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups are refused when a limit of their owner would be exceeded, also when many are asked for at once. */
class QuotaTest {
    private static final int ROUNDS = 10;
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aBackupBeyondTheAccountsLimitIsRefusedInWords(DatabaseKind kind) {
        try (BackupWorld world = world(kind, 0)) {
            world.settings.put(FrameworkSettings.MAX_ACCOUNT_BACKUPS.key(), "1");
            allocate(world.framework, world);
            refused(
                    world,
                    "Maximum amount of resources of Type = 'backup' for Account Name = 'account3' in Domain Id = 'domain-2' is"
                            + " exceeded: Account Resource Limit = 1, Current Account Resource Amount = 1, Requested Resource"
                            + " Amount = 1.");
            assertThat(world.number("SELECT COUNT(*) FROM backups")).isEqualTo(1);
            resources(world).limitAccount(3, ResourceType.BACKUP, 2);
            allocate(world.framework, world);
            resources(world).limitAccount(3, ResourceType.BACKUP, ResourceType.UNLIMITED);
            allocate(world.framework, world);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void bytesAreLimitedByTheSizeOfTheDisksFirst(DatabaseKind kind) {
        try (BackupWorld world = world(kind, 0)) {
            resources(world).limitAccount(3, ResourceType.BACKUP_STORAGE, 3 * GIB + 399);
            world.database.jdbi().useHandle(handle -> handle.execute("UPDATE volumes SET size = ?", GIB));
            allocate(world.framework, world);
            refused(
                    world,
                    "Maximum amount of resources of Type = 'backup_storage' for Account Name = 'account3' in Domain Id ="
                            + " 'domain-2' is exceeded: Account Resource Limit = 3221225871 bytes (3.00 GiB), Current Account"
                            + " Resource Amount = 2147483648 bytes (2.00 GiB), Requested Resource Amount = 2147483648 bytes"
                            + " (2.00 GiB).");
            resources(world).limitAccount(3, ResourceType.BACKUP_STORAGE, 4 * GIB);
            allocate(world.framework, world);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void everyDomainAboveLimitsAndDoesNotTellWhatOthersUse(DatabaseKind kind) {
        try (BackupWorld world = world(kind, 0)) {
            new JdbcBackupStore(world.database)
                    .add(ResourceCountTest.row(TestTenants.ADMIN, BackupStatus.BACKED_UP, "p", 123L, 9L), Map.of());
            resources(world).limitDomain(1, ResourceType.BACKUP, 1);
            refused(
                    world,
                    "Maximum domain resource limits of Type = 'backup' for Domain Id = 'domain-1' (ROOT) is exceeded: Domain"
                            + " Resource Limit = 1, Requested Resource Amount = 1.");
            resources(world).limitDomain(1, ResourceType.BACKUP, 2);
            resources(world).limitDomain(2, ResourceType.BACKUP_STORAGE, 199);
            refused(
                    world,
                    "'backup_storage' for Domain Id = 'domain-2' (ROOT/shop) is exceeded: Domain Resource Limit = 199");
            resources(world).limitDomain(2, ResourceType.BACKUP_STORAGE, 200);
            allocate(world.framework, world);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void projectsAndDomainsHaveDefaultsOfTheirOwnAndRootAdminsNone(DatabaseKind kind) {
        try (BackupWorld world = world(kind, 5)) {
            world.settings.put(FrameworkSettings.MAX_ACCOUNT_BACKUPS.key(), "0");
            world.settings.put(FrameworkSettings.MAX_PROJECT_BACKUPS.key(), "1");
            allocate(world.framework, world);
            refused(
                    world,
                    "for Project Name = 'account3' in Domain Id = 'domain-2' is exceeded: Project Resource Limit = 1");
            world.settings.put(FrameworkSettings.MAX_PROJECT_BACKUPS.key(), "-1");
            world.settings.put(FrameworkSettings.MAX_DOMAIN_BACKUPS.key(), "1");
            refused(world, "for Domain Id = 'domain-2' (ROOT/shop) is exceeded: Domain Resource Limit = 1");
            world.settings.put(FrameworkSettings.MAX_DOMAIN_BACKUPS.key(), "-1");
            world.settings.put(FrameworkSettings.MAX_PROJECT_BACKUP_STORAGE.key(), "0");
            refused(world, "Project Resource Limit = 0 bytes (0.00 GiB)");
            world.database.jdbi().useHandle(handle -> handle.execute("UPDATE account SET type = 1 WHERE id = 3"));
            resources(world).limitDomain(2, ResourceType.BACKUP, 0);
            allocate(world.framework, world);
            assertThat(world.number("SELECT count FROM resource_count WHERE account_id = 3 AND type = 'backup'"))
                    .isEqualTo(2);
        }
    }

    /** A limit that has room for one more lets one more in, whoever asks on which node. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void manyAtOnceNeverExceedALimit(DatabaseKind kind) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (BackupWorld world = world(kind, 0);
                Database second = Database.open(world.url, 4)) {
            List<BackupFramework> nodes =
                    List.of(world.framework, world.framework, world.node(second), world.node(second));
            for (int round = 1; round <= ROUNDS; round++) {
                limitToOneMore(world, round);
                CyclicBarrier start = new CyclicBarrier(nodes.size());
                List<Future<Boolean>> ends = nodes.stream()
                        .map(node -> threads.submit(() -> {
                            start.await(30, TimeUnit.SECONDS);
                            return fits(node, world);
                        }))
                        .toList();
                int fitted = 0;
                for (Future<Boolean> end : ends) {
                    fitted += end.get(60, TimeUnit.SECONDS) ? 1 : 0;
                }
                assertThat(fitted).as("round %d", round).isEqualTo(1);
                assertThat(world.number("SELECT COUNT(*) FROM backups")).isEqualTo(round);
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Each kind of limit in turn. */
    private static void limitToOneMore(BackupWorld world, int round) {
        JdbcResourceStore resources = resources(world);
        resources.limitAccount(3, ResourceType.BACKUP, round % 3 == 0 ? round : -1);
        resources.limitAccount(3, ResourceType.BACKUP_STORAGE, round % 3 == 1 ? 200L * round + 100 : -1);
        resources.limitDomain(1, ResourceType.BACKUP, round % 3 == 2 ? round : -1);
    }

    /** What the framework does with backups from first to last, in random order, and how products disappoint it. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void countsFollowTheFrameworkThroughFailureAndDeletion(DatabaseKind kind) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (BackupWorld world = world(kind, 0)) {
            world.settings.put(FrameworkSettings.MAX_ACCOUNT_BACKUPS.key(), "3");
            long job = 1;
            for (int round = 0; round < 40; round++) {
                world.product.fails = random.nextInt(4) == 0;
                world.product.losesVolumes = random.nextInt(4) == 0;
                List<BackupListing> rows = world.framework
                        .backups()
                        .list(
                                new BackupStore.Filter(null, null, null, null, null, null),
                                new OwnerScope.All(),
                                PageRequest.ALL,
                                false)
                        .items();
                long id = job++;
                if (random.nextInt(3) < 2 || rows.isEmpty()) {
                    try {
                        Backup row = allocate(world.framework, world);
                        world.job(
                                id,
                                () -> world.framework
                                        .backups()
                                        .start(world.shop, row.id(), false, id, BackupWorld.uuid()));
                    } catch (ProviderException e) {
                        assertThat(e.kind()).isIn(ErrorKind.LIMIT, ErrorKind.CONFLICT);
                    }
                } else {
                    long target = rows.get(random.nextInt(rows.size())).backup().id();
                    world.job(
                            id,
                            () -> world.framework.backups().delete(world.shop, target, true, id, BackupWorld.uuid()));
                }
                if (random.nextInt(3) > 0) {
                    world.finish();
                }
                assertThat(used(world)).as("seed %d, round %d", seed, round).isEqualTo(recounted(world));
            }
            world.product.fails = false;
            world.product.losesVolumes = false;
            world.finish();
            assertThat(backupsUntilRefused(world, job)).as("seed %d", seed).isEqualTo(3);
            assertThat(used(world)).as("seed %d, at the limit", seed).isEqualTo(recounted(world));
        }
    }

    /** Backs up until the limit refuses; answers how many backups count then. */
    private static long backupsUntilRefused(BackupWorld world, long firstJob) {
        for (long job = firstJob; fits(world.framework, world, job); job++) {
            assertThat(job - firstJob).as("backups let in").isLessThan(3);
            world.finish();
        }
        return used(world).get(0).backups();
    }

    private static boolean fits(BackupFramework node, BackupWorld world, long job) {
        Backup row;
        try {
            row = allocate(node, world);
        } catch (ProviderException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.LIMIT);
            return false;
        }
        world.job(job, () -> node.backups().start(world.shop, row.id(), false, job, BackupWorld.uuid()));
        return true;
    }

    private static List<Footprint> used(BackupWorld world) {
        JdbcResourceStore resources = resources(world);
        return Stream.concat(
                        resources.accounts(List.of(3L)).values().stream(),
                        resources.domains(List.of(1L, 2L)).values().stream())
                .map(org.cloudstackbackup.framework.limit.Holder::used)
                .toList();
    }

    private static List<Footprint> recounted(BackupWorld world) {
        JdbcResourceStore resources = resources(world);
        return List.of(resources.recountAccount(3), resources.recountDomain(1), resources.recountDomain(2));
    }

    private static boolean fits(BackupFramework node, BackupWorld world) {
        try {
            allocate(node, world);
            return true;
        } catch (ProviderException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.LIMIT);
            return false;
        }
    }

    private static Backup allocate(BackupFramework node, BackupWorld world) {
        return node.backups().allocate(world.shop, BackupWorld.WEB, null, null, false);
    }

    private static void refused(BackupWorld world, String words) {
        assertThatThrownBy(() -> allocate(world.framework, world))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LIMIT))
                .hasMessageContaining(words);
    }

    private static JdbcResourceStore resources(BackupWorld world) {
        return new JdbcResourceStore(world.database);
    }

    private static BackupWorld world(DatabaseKind kind, int accountType) {
        BackupWorld world = new BackupWorld(kind);
        world.database
                .jdbi()
                .useHandle(handle -> handle.execute("UPDATE account SET type = ? WHERE id = 3", accountType));
        return world;
    }
}
