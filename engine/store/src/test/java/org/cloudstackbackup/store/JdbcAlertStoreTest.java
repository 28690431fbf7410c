/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.alert.Alert;
import org.cloudstackbackup.framework.alert.AlertStore;
import org.cloudstackbackup.framework.alert.AlertStore.Filter;
import org.cloudstackbackup.framework.alert.AlertStore.Selection;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcAlertStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Filter ALL = new Filter(null, null, null, null, null);
    private static final PageRequest FIRST = new PageRequest(0, 100);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aCauseHasOneStandingAlertThatCounts(DatabaseKind kind) {
        try (Database database = kind.open()) {
            AlertStore store = new JdbcAlertStore(database);
            AlertStore.Raised first = store.raise(failed("vm:a", "first"), NOW);
            assertThat(first.isNew()).isTrue();
            AlertStore.Raised second = store.raise(failed("vm:a", "second"), NOW.plusSeconds(5));
            assertThat(second.isNew()).isFalse();
            assertThat(second.alert())
                    .usingRecursiveComparison()
                    .ignoringFields("raised", "lastRaised", "content")
                    .isEqualTo(first.alert());
            assertThat(second.alert().raised()).isEqualTo(2);
            assertThat(second.alert().lastRaised()).isEqualTo(NOW.plusSeconds(5));
            assertThat(second.alert().content()).isEqualTo("second");
            assertThat(store.raise(failed("vm:A", "another VM"), NOW).isNew())
                    .as("causes differ by case, whatever the database thinks of letters")
                    .isTrue();
            assertThat(store.raise(alert(AlertType.RPO_EXCEEDED, "vm:a", "x", "x"), NOW)
                            .isNew())
                    .isTrue();

            assertThat(store.resolve(AlertType.BACKUP_FAILED, "vm:a", NOW.plusSeconds(9)))
                    .hasValueSatisfying(
                            resolved -> assertThat(resolved.resolved()).isEqualTo(NOW.plusSeconds(9)));
            assertThat(store.resolve(AlertType.BACKUP_FAILED, "vm:a", NOW)).isEmpty();
            AlertStore.Raised third = store.raise(failed("vm:a", "third"), NOW);
            assertThat(third.isNew()).isTrue();
            assertThat(third.alert().uuid()).isNotEqualTo(first.alert().uuid());
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void manyThatRaiseAtOnceMakeOneAlertAndKeepTheirOwnWork(DatabaseKind kind) throws Exception {
        int threads = 6;
        int rounds = 10;
        try (Database database = kind.open()) {
            database.jdbi().useHandle(handle -> handle.execute("CREATE TABLE work (id int PRIMARY KEY)"));
            AlertStore store = new JdbcAlertStore(database);
            ExecutorService nodes = Executors.newFixedThreadPool(threads);
            try {
                for (int round = 0; round < rounds; round++) {
                    String cause = "vm:" + round;
                    CyclicBarrier together = new CyclicBarrier(threads);
                    List<Callable<Boolean>> raises = new ArrayList<>();
                    for (int thread = 0; thread < threads; thread++) {
                        int id = round * threads + thread;
                        raises.add(() -> {
                            together.await(20, TimeUnit.SECONDS);
                            return database.inTransaction(() -> {
                                database.jdbi().useHandle(handle -> handle.execute("INSERT INTO work VALUES (?)", id));
                                return store.raise(failed(cause, "x"), NOW).isNew();
                            });
                        });
                    }
                    int added = 0;
                    for (Future<Boolean> raise : nodes.invokeAll(raises, 60, TimeUnit.SECONDS)) {
                        added += raise.get() ? 1 : 0;
                    }
                    assertThat(added).as("alerts added for %s", cause).isOne();
                }
            } finally {
                nodes.shutdownNow();
            }
            assertThat(count(database, "SELECT COUNT(*) FROM alert")).isEqualTo(rounds);
            assertThat(count(database, "SELECT MIN(sent_count) FROM alert")).isEqualTo(threads);
            assertThat(count(database, "SELECT COUNT(*) FROM work"))
                    .as("writes of the transactions that raised")
                    .isEqualTo(rounds * threads);
        }
    }

    /** The slower one meets the unique index inside its transaction, and its transaction goes on. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRaiseWaitsForAnotherThatIsNotCommittedYet(DatabaseKind kind) throws Exception {
        try (Database database = kind.open()) {
            database.jdbi().useHandle(handle -> handle.execute("CREATE TABLE work (id int PRIMARY KEY)"));
            AlertStore store = new JdbcAlertStore(database);
            CountDownLatch raised = new CountDownLatch(1);
            ExecutorService other = Executors.newSingleThreadExecutor();
            try {
                Future<Boolean> slower = database.inTransaction(() -> {
                    store.raise(failed("vm:a", "first"), NOW);
                    Future<Boolean> waiting = other.submit(() -> database.inTransaction(() -> {
                        database.jdbi().useHandle(handle -> handle.execute("INSERT INTO work VALUES (1)"));
                        raised.countDown();
                        boolean isNew =
                                store.raise(failed("vm:a", "second"), NOW).isNew();
                        database.jdbi().useHandle(handle -> handle.execute("INSERT INTO work VALUES (2)"));
                        return isNew;
                    }));
                    await(raised);
                    return waiting;
                });
                assertThat(slower.get(30, TimeUnit.SECONDS)).isFalse();
            } finally {
                other.shutdownNow();
            }
            assertThat(count(database, "SELECT COUNT(*) FROM alert")).isOne();
            assertThat(count(database, "SELECT COUNT(*) FROM work")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void alertsAreListedArchivedAndDeleted(DatabaseKind kind) {
        try (Database database = kind.open()) {
            AlertStore store = new JdbcAlertStore(database);
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO data_center (id, uuid, name, inventory, created) VALUES (7, 'zone-7', 'z', 'sim', ?)",
                            NOW));
            Alert old = store.raise(failed("vm:old", "50% of Web"), NOW.minus(Duration.ofDays(2)))
                    .alert();
            Alert rpo = store.raise(new NewAlert(AlertType.RPO_EXCEEDED, "vm:x", "too old", "none", 7L), NOW)
                    .alert();
            Alert gone =
                    store.raise(failed("vm:gone", "gone"), NOW.minusSeconds(9)).alert();
            store.resolve(AlertType.BACKUP_FAILED, "vm:gone", NOW);

            assertThat(uuids(store.list(ALL, FIRST))).containsExactly(rpo.uuid(), gone.uuid(), old.uuid());
            Page<Alert> second = store.list(ALL, new PageRequest(1, 1));
            assertThat(second.total()).isEqualTo(3);
            assertThat(uuids(second)).containsExactly(gone.uuid());
            assertThat(store.list(new Filter(rpo.id(), null, null, null, null), FIRST)
                            .items())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.zoneUuid()).isEqualTo("zone-7"));
            assertThat(uuids(store.list(new Filter(null, 1004, null, null, null), FIRST)))
                    .containsExactly(rpo.uuid());
            assertThat(uuids(store.list(new Filter(null, null, "ALERT.BACKUP.RPO", null, null), FIRST)))
                    .containsExactly(rpo.uuid());
            assertThat(uuids(store.list(new Filter(null, null, null, "50% OF WEB", null), FIRST)))
                    .containsExactly(old.uuid());
            assertThat(uuids(store.list(new Filter(null, null, null, "5_%", null), FIRST)))
                    .isEmpty();
            assertThat(uuids(store.list(new Filter(null, null, null, null, true), FIRST)))
                    .containsExactly(rpo.uuid(), old.uuid());
            assertThat(uuids(store.list(new Filter(null, null, null, null, false), FIRST)))
                    .containsExactly(gone.uuid());

            assertThat(store.archive(new Selection(List.of(gone.id()), null, null, null)))
                    .isOne();
            assertThat(store.archive(new Selection(List.of(gone.id()), null, null, null)))
                    .isZero();
            assertThat(store.archive(new Selection(List.of(), null, null, null)))
                    .isZero();
            assertThat(uuids(store.list(ALL, FIRST))).containsExactly(rpo.uuid(), old.uuid());
            assertThat(store.idOf(gone.uuid())).contains(gone.id());
            assertThat(store.delete(new Selection(null, 1001, null, NOW.minus(Duration.ofDays(1)))))
                    .isOne();
            assertThat(store.delete(new Selection(null, 1001, NOW.minus(Duration.ofDays(1)), NOW)))
                    .as("archived alerts can be deleted")
                    .isOne();
            assertThat(uuids(store.list(ALL, FIRST))).containsExactly(rpo.uuid());
            store.resolve(AlertType.RPO_EXCEEDED, "vm:x", NOW);
            assertThat(store.deleteResolvedBefore(NOW)).isZero();
            assertThat(store.deleteResolvedBefore(NOW.plusMillis(1))).isOne();
        }
    }

    private static List<String> uuids(Page<Alert> page) {
        return page.items().stream().map(Alert::uuid).toList();
    }

    private static NewAlert failed(String cause, String content) {
        return alert(AlertType.BACKUP_FAILED, cause, "a subject", content);
    }

    private static NewAlert alert(AlertType type, String cause, String subject, String content) {
        return new NewAlert(type, cause, subject, content, null);
    }

    private static long count(Database database, String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
