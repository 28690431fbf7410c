/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.job.Job;
import org.cloudstackbackup.framework.job.JobStore;
import org.cloudstackbackup.testkit.SettableClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcJobStoreTest {
    private final SettableClock clock = new SettableClock();

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aJobIsKeptWithItsOwnerAndForgetsItsParametersAtTheEnd(DatabaseKind kind) {
        try (Database database = kind.open()) {
            JdbcJobStore store = store(database);
            Job job = store.add(shopJob("job-1")).orElseThrow();
            assertThat(store.add(shopJob("job-1"))).isEmpty();
            assertThat(job.params()).isEqualTo(Map.of("name", "gold", "password", "secret"));
            assertThat(job.status()).isEqualTo(Job.Status.PENDING);

            store.progress(job.id(), 40, "copying");
            store.instance(job.id(), "Backup", 7, "backup-7");
            assertThat(store.end(job.id(), Job.Status.SUCCEEDED, 0, "{\"success\":true}", "node-b"))
                    .isTrue();
            assertThat(store.end(job.id(), Job.Status.FAILED, 530, "{}", "node-a"))
                    .isFalse();
            store.progress(job.id(), 50, "too late");

            JobStore.Entry entry = store.entry("job-1").orElseThrow();
            assertThat(entry.owner()).isEqualTo(TestTenants.SHOP);
            assertThat(entry.job().status()).isEqualTo(Job.Status.SUCCEEDED);
            assertThat(entry.job().percent()).isEqualTo(100);
            assertThat(entry.job().message()).isEqualTo("copying");
            assertThat(entry.job().entityUuid()).isEqualTo("backup-7");
            assertThat(entry.job().result()).isEqualTo("{\"success\":true}");
            assertThat(entry.job().completeNode()).isEqualTo("node-b");
            assertThat(entry.job().params()).isEmpty();
            assertThat(database.jdbi()
                            .<String, RuntimeException>withHandle(
                                    handle -> handle.createQuery("SELECT job_cmd_info FROM async_job")
                                            .mapTo(String.class)
                                            .one()))
                    .doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void onlyPendingJobsThatNobodyElseEndsAreLost(DatabaseKind kind) {
        try (Database database = kind.open()) {
            JdbcJobStore store = store(database);
            store.add(shopJob("lost"));
            store.defer(store.add(shopJob("deferred")).orElseThrow().id());
            long ended = store.add(shopJob("ended")).orElseThrow().id();
            store.end(ended, Job.Status.FAILED, 530, "{}", "node-a");
            clock.advance(Duration.ofSeconds(1));
            store.add(shopJob("young"));
            assertThat(store.pending(clock.instant(), 10)).containsExactly("lost");

            clock.advance(Duration.ofDays(2));
            assertThat(store.removeEndedBefore(clock.instant())).isEqualTo(1);
            assertThat(store.findByUuid("ended")).isEmpty();
            assertThat(store.findByUuid("lost")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void countsExecutionsUntilTheyAreLeftAndKnowsThatTheWorkBegan(DatabaseKind kind) {
        try (Database database = kind.open()) {
            JdbcJobStore store = store(database);
            long id = store.add(shopJob("job")).orElseThrow().id();
            assertThat(store.find(id).orElseThrow().begun()).isFalse();
            store.enter(id);
            store.enter(id);
            store.begun(id);
            store.leave(id);
            assertThat(store.find(id).orElseThrow().executions()).isEqualTo(1);
            assertThat(store.find(id).orElseThrow().begun()).isTrue();
            store.leave(id);
            store.leave(id);
            assertThat(store.find(id).orElseThrow().executions()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void listsWithinTheScopeNewestFirst(DatabaseKind kind) {
        try (Database database = kind.open()) {
            JdbcJobStore store = store(database);
            store.add(shopJob("a"));
            store.add(shopJob("b"));
            PageRequest one = new PageRequest(0, 1);
            assertThat(store.list(new OwnerScope.OneAccount(TestTenants.SHOP.accountId()), null, null, one)
                            .items())
                    .extracting(entry -> entry.job().uuid())
                    .containsExactly("b");
            assertThat(store.list(new OwnerScope.All(), null, "importbackup", one)
                            .total())
                    .isEqualTo(2);
            assertThat(store.list(new OwnerScope.All(), null, "nothing", one).total())
                    .isZero();
            assertThat(store.list(new OwnerScope.OneAccount(TestTenants.ADMIN.accountId()), null, null, one)
                            .total())
                    .isZero();
            assertThat(store.list(new OwnerScope.All(), clock.instant().plusSeconds(1), null, one)
                            .total())
                    .isZero();
        }
    }

    private JdbcJobStore store(Database database) {
        TestTenants.insert(database);
        return new JdbcJobStore(database, clock);
    }

    private static JobStore.NewJob shopJob(String uuid) {
        return new JobStore.NewJob(
                uuid,
                TestTenants.SHOP_USER,
                TestTenants.SHOP.accountId(),
                "importBackupOffering",
                "ImportBackupOfferingCommand",
                Map.of("name", "gold", "password", "secret"),
                null,
                null,
                null,
                "BACKUP.IMPORT.OFFERING",
                "Importing",
                "node-a");
    }
}
