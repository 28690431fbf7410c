/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.backup.BackupStore.NewBackup;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.limit.Footprint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts of backups and bytes follow from the rows of backups, whatever is done to these and by how many. */
class ResourceCountTest {
    private static final Owner DEEP = new Owner(4, 3, "/shop/deep/");
    private static final Owner ASIDE = new Owner(5, 4, "/aside/");
    private static final List<Owner> OWNERS = List.of(TestTenants.ADMIN, TestTenants.SHOP, DEEP, ASIDE);
    /** Every domain with those it lies in. */
    private static final Map<Long, List<Long>> CHAINS =
            Map.of(1L, List.of(1L), 2L, List.of(2L, 1L), 3L, List.of(3L, 2L, 1L), 4L, List.of(4L, 1L));

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void countsFollowRandomWritesOfOneThread(DatabaseKind kind) {
        long seed = System.nanoTime();
        try (BackupWorld world = world(kind)) {
            Writer writer = new Writer(world.database, new Random(seed));
            long most = 0;
            for (int round = 0; round < 12; round++) {
                IntStream.range(0, 15).forEach(i -> writer.write());
                assertThat(counts(world)).as("seed %d, round %d", seed, round).isEqualTo(fromRows(world));
                most = Math.max(most, counts(world).getOrDefault("d1 backup_storage", 0L));
            }
            assertThat(most).as("seed %d: the test did something", seed).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void countsFollowManyThreadsOfTwoNodesWithoutADeadlock(DatabaseKind kind) throws Exception {
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (BackupWorld world = new BackupWorld(kind);
                Database second = Database.open(world.url, 8)) {
            // Without rows to count in: these are added by whoever needs them first.
            addTenants(world.database);
            addHistory(world.database);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Writer writer = new Writer(i % 2 == 0 ? world.database : second, new Random(seed + i));
                ends.add(threads.submit(() -> IntStream.range(0, 60).forEach(n -> writer.write())));
            }
            for (Future<?> end : ends) {
                end.get(120, TimeUnit.SECONDS);
            }
            assertThat(counts(world)).as("seed %d", seed).isEqualTo(fromRows(world));
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRemovedRowIsGivenBackOnceAndAStaleWriteCountsNothing(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            Backup row = store.add(row(DEEP, BackupStatus.BACKED_UP, "p", 5L, 9L), Map.of());
            assertThat(counts(world)).containsEntry("d1 backup", 1L).containsEntry("d3 backup_storage", 5L);
            store.update(with(row, BackupStatus.BACKED_UP, "p", 6L, 9L));
            assertThat(store.update(with(row, BackupStatus.FAILED, null, null, null)))
                    .isEmpty();
            assertThat(store.updateAll(List.of(row))).isEmpty();
            assertThat(store.removeAll(List.of(row), TestTenants.CREATED)).isEmpty();
            assertThat(counts(world)).containsEntry("a4 backup", 1L).containsEntry("d1 backup_storage", 6L);
            assertThat(store.remove(row.id(), TestTenants.CREATED)).isTrue();
            assertThat(store.remove(row.id(), TestTenants.CREATED)).isFalse();
            assertThat(counts(world).values()).containsOnly(0L);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aTransactionThatIsTakenBackCountsNothing(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            assertThatThrownBy(() -> world.database.run(() -> {
                        store.add(row(DEEP, BackupStatus.ALLOCATED, null, null, 9L), Map.of());
                        throw new IllegalStateException("taken back");
                    }))
                    .hasMessage("taken back");
            assertThat(counts(world).values()).containsOnly(0L);
            store.add(row(DEEP, BackupStatus.ALLOCATED, null, null, 9L), Map.of());
            assertThat(counts(world)).containsEntry("a4 backup_storage", 9L).containsEntry("d2 backup", 1L);
        }
    }

    /** Java decides when rows are written, SQL when they are counted anew. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void recountingAgreesWithEveryStatus(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            JdbcResourceStore resources = new JdbcResourceStore(world.database);
            for (BackupStatus status : BackupStatus.values()) {
                for (String point : new String[] {null, "p"}) {
                    for (Long size : new Long[] {null, 10L}) {
                        store.add(row(DEEP, status, point, size, 1000L), Map.of());
                        store.add(row(DEEP, status, point, size, null), Map.of());
                    }
                }
            }
            store.remove(
                    store.add(row(DEEP, BackupStatus.BACKED_UP, "p", 7L, 7L), Map.of())
                            .id(),
                    TestTenants.CREATED);
            Map<String, Long> kept = counts(world);
            assertThat(kept).containsEntry("a4 backup", 44L);
            world.database.jdbi().useHandle(handle -> handle.execute("UPDATE resource_count SET count = 77"));
            Footprint account = resources.recountAccount(4);
            assertThat(account)
                    .isEqualTo(new Footprint(
                            kept.getOrDefault("a4 backup", -1L), kept.getOrDefault("a4 backup_storage", -1L)));
            for (long other : new long[] {2, 3, 5}) {
                resources.recountAccount(other);
            }
            for (long domain : CHAINS.keySet()) {
                resources.recountDomain(domain);
            }
            assertThat(counts(world)).isEqualTo(kept);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aWriteCostsTheSameHoweverManyRowsAndDomains(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            BackupStore store = new JdbcBackupStore(world.database);
            store.add(row(DEEP, BackupStatus.ALLOCATED, null, null, 9L), Map.of());
            store.add(row(TestTenants.ADMIN, BackupStatus.ALLOCATED, null, null, 9L), Map.of());
            StatementCounter statements = StatementCounter.of(world.database);
            for (Owner owner : List.of(DEEP, TestTenants.ADMIN)) {
                Backup row = row(owner, BackupStatus.ALLOCATED, null, null, 9L);
                assertThat(statements.during(() -> store.add(row, Map.of()))).isEqualTo(5);
            }
            Backup row = store.add(row(DEEP, BackupStatus.ALLOCATED, null, null, 9L), Map.of());
            assertThat(statements.during(() -> store.update(with(row, BackupStatus.QUEUED, null, null, 9L))))
                    .as("an update that changes no count")
                    .isEqualTo(4);
            Backup queued = store.find(row.id()).orElseThrow();
            assertThat(statements.during(() -> store.update(with(queued, BackupStatus.BACKED_UP, "p", 4L, 9L))))
                    .as("counts and the history")
                    .isEqualTo(8);
            assertThat(statements.during(() -> store.remove(row.id(), TestTenants.CREATED)))
                    .isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void newAccountsAndDomainsHaveTheirRows(DatabaseKind kind) {
        try (BackupWorld world = world(kind)) {
            var domain = new JdbcDomainStore(world.database)
                    .add(new Domain(0, "d-new", "new", 1L, "/new/", 1, "Active", TestTenants.CREATED, null));
            var account = new JdbcAccountStore(world.database)
                    .add(new Account(0, "a-new", "new", 0, 1, domain.id(), "enabled", TestTenants.CREATED, null));
            assertThat(counts(world))
                    .containsEntry("d" + domain.id() + " backup", 0L)
                    .containsEntry("d" + domain.id() + " backup_storage", 0L)
                    .containsEntry("a" + account.id() + " backup", 0L)
                    .containsEntry("a" + account.id() + " backup_storage", 0L);
        }
    }

    private static BackupWorld world(DatabaseKind kind) {
        BackupWorld world = new BackupWorld(kind);
        addTenants(world.database);
        CountRows counts = new CountRows();
        world.database.jdbi().useHandle(handle -> {
            OWNERS.forEach(owner -> counts.create(handle, OwnerKey.account(owner.accountId())));
            CHAINS.keySet().forEach(domain -> counts.create(handle, OwnerKey.domain(domain)));
        });
        return world;
    }

    /** Rows enough that the database looks for rows by their ids, as it does in earnest, instead of reading all. */
    private static void addHistory(Database database) {
        database.jdbi().useHandle(handle -> {
            var batch = handle.prepareBatch(
                    "INSERT INTO backups (uuid, name, vm_id, type, date, status, backup_offering_id,"
                            + " account_id, domain_id, zone_id, removed) VALUES (?, 'old', 1, 'FULL', ?, 'BackedUp', 1, 2, 1, 1, ?)");
            for (int i = 0; i < 1000; i++) {
                batch.add(BackupWorld.uuid(), TestTenants.CREATED, TestTenants.CREATED);
            }
            batch.execute();
        });
    }

    static void addTenants(Database database) {
        database.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO domain (id, uuid, parent, name, owner, path, level, created)"
                            + " VALUES (3, 'domain-3', 2, 'deep', 1, '/shop/deep/', 2, ?), (4, 'domain-4', 1, 'aside', 1, '/aside/', 1, ?)",
                    TestTenants.CREATED,
                    TestTenants.CREATED);
            for (Owner owner : List.of(DEEP, ASIDE)) {
                handle.execute(
                        "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                                + " VALUES (?, ?, ?, 0, 1, ?, ?)",
                        owner.accountId(),
                        "account-" + owner.accountId(),
                        "account" + owner.accountId(),
                        owner.domainId(),
                        TestTenants.CREATED);
            }
        });
    }

    /** As {@code a<id> <type>} and {@code d<id> <type>}. */
    private static Map<String, Long> counts(BackupWorld world) {
        return world.database
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT account_id, domain_id, type, count FROM resource_count")
                        .map((row, context) -> {
                            Long account = new Rows(row).maybeLong("account_id");
                            String owner = account == null ? "d" + row.getLong("domain_id") : "a" + account;
                            return Map.entry(owner + " " + row.getString("type"), row.getLong("count"));
                        })
                        .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The same, in other words than the code under test. */
    private static Map<String, Long> fromRows(BackupWorld world) {
        Map<String, Long> expected = new TreeMap<>();
        counts(world).keySet().forEach(key -> expected.put(key, 0L));
        world.database
                .jdbi()
                .useHandle(handle -> handle.createQuery(
                                "SELECT account_id, domain_id, status, external_id, size, protected_size FROM backups WHERE removed IS NULL")
                        .map((row, context) -> {
                            String status = row.getString("status");
                            boolean begun =
                                    List.of("Allocated", "Queued", "BackingUp").contains(status);
                            boolean held = List.of("BackedUp", "Restoring").contains(status)
                                    || (status.equals("Error") && row.getString("external_id") != null);
                            Long size = new Rows(row).maybeLong("size");
                            long whole = row.getLong("protected_size");
                            long bytes = begun ? whole : held ? (size == null ? whole : size) : 0;
                            if (begun || held) {
                                List<String> owners = new ArrayList<>(List.of("a" + row.getLong("account_id")));
                                CHAINS.getOrDefault(row.getLong("domain_id"), List.of())
                                        .forEach(domain -> owners.add("d" + domain));
                                owners.forEach(owner -> {
                                    expected.merge(owner + " backup", 1L, Long::sum);
                                    expected.merge(owner + " backup_storage", bytes, Long::sum);
                                });
                            }
                            return true;
                        })
                        .list());
        return new HashMap<>(expected);
    }

    static Backup row(
            Owner owner, BackupStatus status, @Nullable String point, @Nullable Long size, @Nullable Long whole) {
        return new Backup(
                0,
                BackupWorld.uuid(),
                "b",
                null,
                BackupWorld.WEB,
                point,
                "FULL",
                TestTenants.CREATED,
                size,
                whole,
                status,
                1,
                owner,
                1,
                List.of(),
                null,
                null,
                0,
                null);
    }

    static Backup with(
            Backup row, BackupStatus status, @Nullable String point, @Nullable Long size, @Nullable Long whole) {
        return new Backup(
                row.id(),
                row.uuid(),
                row.name(),
                null,
                row.vmId(),
                point,
                "FULL",
                row.date(),
                size,
                whole,
                status,
                row.offeringId(),
                row.owner(),
                row.zoneId(),
                List.of(),
                null,
                null,
                row.version(),
                null);
    }

    /** Does one random thing at a time, some of them in one transaction, some taken back. */
    private static final class Writer {
        private final Database database;
        private final BackupStore store;
        private final Random random;

        Writer(Database database, Random random) {
            this.database = database;
            this.store = new JdbcBackupStore(database);
            this.random = random;
        }

        void write() {
            if (random.nextInt(5) > 0) {
                one();
                return;
            }
            boolean takenBack = random.nextInt(3) == 0;
            try {
                database.run(() -> {
                    // Rows that others lock too are locked in the order of their ids, so one such batch per
                    // transaction.
                    store.add(random(), Map.of());
                    store.addAll(List.of(new NewBackup(random(), Map.of()), new NewBackup(random(), Map.of())));
                    store.removeAll(some(), TestTenants.CREATED);
                    if (takenBack) {
                        throw new IllegalStateException("taken back");
                    }
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("taken back");
            }
        }

        private void one() {
            List<Backup> some = some();
            switch (random.nextInt(6)) {
                case 0 -> store.add(random(), Map.of());
                case 1 ->
                    store.addAll(IntStream.range(0, random.nextInt(5))
                            .mapToObj(i -> new NewBackup(random(), Map.of()))
                            .toList());
                case 2 -> some.stream().limit(1).forEach(row -> store.update(changed(row)));
                case 3 -> store.updateAll(some.stream().map(this::changed).toList());
                case 4 -> some.stream().limit(1).forEach(row -> store.remove(row.id(), TestTenants.CREATED));
                default -> store.removeAll(some.stream().limit(2).toList(), TestTenants.CREATED);
            }
        }

        private List<Backup> some() {
            List<Backup> live = new ArrayList<>(store.ofVm(BackupWorld.WEB, 1));
            Collections.shuffle(live, random);
            return live.stream().limit(4).toList();
        }

        private Backup changed(Backup row) {
            Backup other = random();
            return with(row, other.status(), other.externalId(), other.sizeBytes(), other.protectedBytes());
        }

        private Backup random() {
            BackupStatus[] all = BackupStatus.values();
            return row(
                    OWNERS.get(random.nextInt(OWNERS.size())),
                    all[random.nextInt(all.length)],
                    random.nextBoolean() ? "p" : null,
                    random.nextInt(3) == 0 ? null : (long) random.nextInt(1000),
                    random.nextInt(3) == 0 ? null : (long) random.nextInt(1000));
        }
    }
}
