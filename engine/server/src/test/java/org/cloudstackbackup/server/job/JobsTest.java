/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.job.Job;
import org.cloudstackbackup.framework.provider.CallNotBegunException;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsTest {
    private static final String WANTED = "6f1c9a52-0000-4000-8000-000000000001";

    private final JobWorld world = new JobWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aJobEndsWithWhatItsCommandAnswers() {
        world.commands.script = (params, job) -> Map.of("made", params.get("name"));
        String uuid = world.jobs.submit(world.call(null));
        assertThat(job(uuid).status()).isEqualTo(Job.Status.PENDING);
        world.jobs.execute(uuid);
        assertThat(job(uuid).status()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(job(uuid).result()).isEqualTo("{\"made\":\"gold\"}");
        assertThat(job(uuid).completeNode()).isEqualTo("node-a");
        world.jobs.execute(uuid);
        assertThat(world.commands.executed).hasSize(1);
    }

    @Test
    void aFailureKeepsItsCodeAndSentence() {
        world.commands.script = (params, job) -> {
            throw new ProviderException(ErrorKind.UNAVAILABLE, "veeam", "Veeam answered 503 to POST /jobs (vm=web-1)");
        };
        String uuid = world.jobs.submit(world.call(null));
        world.jobs.execute(uuid);
        assertThat(job(uuid).status()).isEqualTo(Job.Status.FAILED);
        assertThat(job(uuid).resultCode()).isEqualTo(534);
        assertThat(job(uuid).result()).contains("\"errorcode\":534").contains("Veeam answered 503");
    }

    @Test
    void aCallThatWasNotBegunPostponesItsJob() {
        world.commands.script = (params, job) -> {
            throw new CallNotBegunException("Waits to begin the removal", Duration.ofSeconds(7));
        };
        String uuid = world.jobs.submit(world.call(null));
        assertThatThrownBy(() -> world.jobs.execute(uuid))
                .isInstanceOfSatisfying(
                        JobPostponed.class, e -> assertThat(e.delay()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(job(uuid).status()).isEqualTo(Job.Status.PENDING);
        assertThat(job(uuid).message()).isEqualTo("Waits to begin the removal");
        world.commands.script = (params, job) -> null;
        world.jobs.execute(uuid);
        assertThat(job(uuid).status()).isEqualTo(Job.Status.SUCCEEDED);
    }

    @Test
    void aJobOfARemovedUserFailsAndSaysSo() {
        world.userRemoved = true;
        String uuid = world.jobs.submit(world.call(null));
        world.jobs.execute(uuid);
        assertThat(job(uuid).result()).contains("was removed");
        assertThat(world.commands.executed).isEmpty();
    }

    @Test
    void theCallerMayChooseTheIdOnce() {
        assertThat(world.jobs.submit(world.call(WANTED.toUpperCase(java.util.Locale.ROOT))))
                .isEqualTo(WANTED);
        assertThatThrownBy(() -> world.jobs.submit(world.call(WANTED)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("customjobid")
                .hasMessageContaining(WANTED)
                .as("it may be another tenant's")
                .message()
                .doesNotContain("there is a job");
        assertThatThrownBy(() -> world.jobs.submit(world.call("../../etc"))).hasMessageContaining("not a UUID");
        assertThatThrownBy(() -> world.jobs.submit(world.call("1-1-1-1-1"))).hasMessageContaining("not a UUID");
    }

    @Test
    void workThatGoesOnLaterEndsTheJobOnce() {
        world.commands.script = (params, job) -> {
            job.instance("Backup", 7, "backup-7");
            job.continueLater();
            return null;
        };
        String uuid = world.jobs.submit(world.call(null));
        world.jobs.execute(uuid);
        assertThat(job(uuid).status()).isEqualTo(Job.Status.PENDING);
        long id = job(uuid).id();
        world.jobs.progress(id, 30, "copying");
        assertThat(job(uuid).percent()).isEqualTo(30);
        assertThat(job(uuid).message()).isEqualTo("copying");

        world.jobs.succeeded(id, "backup-7");
        world.jobs.failed(id, new ProviderException(ErrorKind.EXTERNAL, "vm", "too late"));
        assertThat(job(uuid).status()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(job(uuid).result()).isEqualTo("{\"made\":\"backup-7\"}");
        assertThat(job(uuid).entityUuid()).isEqualTo("backup-7");
    }

    @Test
    void aResultThatCannotBeDrawnDoesNotTurnSuccessIntoFailure() {
        String uuid = world.jobs.submit(world.call(null));
        world.jobs.succeeded(job(uuid).id(), "undrawable");
        assertThat(job(uuid).status()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(job(uuid).result()).isEqualTo("{\"success\":true}");
    }

    @Test
    void whatACrashLeftBehindIsArrangedAgainButNotWhatGoesOnElsewhere() {
        List<String> arranged = new ArrayList<>();
        String lost = world.jobs.submit(world.call(null));
        world.commands.script = (params, job) -> {
            job.continueLater();
            return null;
        };
        String later = world.jobs.submit(world.call(null));
        world.jobs.execute(later);
        world.jobs.attach(arranged::add);
        world.jobs.recoverLost();
        assertThat(arranged).as("a job that was accepted just now is not lost").isEmpty();
        world.clock.advance(Duration.ofMinutes(1));
        world.jobs.recoverLost();
        assertThat(arranged).containsExactly(lost);
    }

    @Test
    void anInterruptionByTheStopIsNoFailure() {
        world.commands.script = (params, job) -> {
            throw new IllegalStateException("interrupted");
        };
        String uuid = world.jobs.submit(world.call(null));
        world.jobs.stopping();
        assertThatThrownBy(() -> world.jobs.execute(uuid)).hasMessageContaining("stop of the server");
        assertThat(job(uuid).status()).isEqualTo(Job.Status.PENDING);
    }

    @Test
    void aJobThatItsServerDidNotSurviveFiveTimesIsNotExecutedAgain() {
        String uuid = world.jobs.submit(world.call(null));
        for (int kill = 1; kill <= 5; kill++) {
            // What a kill leaves: the count, and a job that is still pending.
            world.store.enter(job(uuid).id());
        }
        world.jobs.execute(uuid);
        assertThat(world.commands.executed).isEmpty();
        assertThat(job(uuid).status()).isEqualTo(Job.Status.FAILED);
        assertThat(job(uuid).result())
                .contains("5 times the server ended while it executed importBackupOffering")
                .contains("its start");
    }

    @Test
    void aJobThatFindsNoMemoryIsRepeatedFiveTimesAndNotForEver() {
        String uuid = world.jobs.submit(world.call(null));
        world.commands.script = (params, job) -> {
            job.progress(40, "40 of 100 types");
            throw new OutOfMemoryError("heap");
        };
        for (int time = 1; time <= 5; time++) {
            assertThatThrownBy(() -> world.jobs.execute(uuid)).isInstanceOf(OutOfMemoryError.class);
        }
        world.jobs.execute(uuid);
        assertThat(world.commands.executed).hasSize(5);
        assertThat(job(uuid).status()).isEqualTo(Job.Status.FAILED);
        assertThat(job(uuid).result()).contains("It was last at: 40 of 100 types");
    }

    @Test
    void anExecutionCountsAsCutOffOnlyUntilItEndsInOrder() {
        String uuid = world.jobs.submit(world.call(null));
        List<Integer> counted = new ArrayList<>();
        world.commands.script = (params, job) -> {
            counted.add(job(uuid).executions());
            throw new JobPostponed(Duration.ofSeconds(3), "its turn");
        };
        for (int time = 1; time <= 7; time++) {
            assertThatThrownBy(() -> world.jobs.execute(uuid)).isInstanceOf(JobPostponed.class);
        }
        assertThat(counted).hasSize(7).containsOnly(1);
        assertThat(job(uuid).executions()).isZero();
        world.commands.script = (params, job) -> {
            world.jobs.stopping();
            assertThat(job(uuid).executions())
                    .as("a stop that does not wait cuts nothing off")
                    .isZero();
            throw new IllegalStateException("interrupted");
        };
        assertThatThrownBy(() -> world.jobs.execute(uuid)).hasMessageContaining("stop of the server");
        assertThat(job(uuid).executions()).isZero();
        assertThat(job(uuid).status()).isEqualTo(Job.Status.PENDING);
    }

    @Test
    void thatTheWorkBeganIsKnownAlthoughTheJobWasPutOffSince() {
        String uuid = world.jobs.submit(world.call(null));
        List<Boolean> again = new ArrayList<>();
        world.commands.script = (params, job) -> {
            again.add(job.begin());
            throw new JobPostponed(Duration.ofSeconds(3), "its turn");
        };
        assertThatThrownBy(() -> world.jobs.execute(uuid)).isInstanceOf(JobPostponed.class);
        world.commands.script = (params, job) -> {
            throw new JobPostponed(Duration.ofSeconds(3), "Waits for others");
        };
        assertThatThrownBy(() -> world.jobs.execute(uuid)).isInstanceOf(JobPostponed.class);
        world.commands.script = (params, job) -> {
            again.add(job.begin());
            return null;
        };
        world.jobs.execute(uuid);
        assertThat(again).containsExactly(false, true);
    }

    @Test
    void endedJobsAreForgottenAfterTheirTime() {
        String uuid = world.jobs.submit(world.call(null));
        world.jobs.execute(uuid);
        world.jobs.purge(world.clock.instant());
        assertThat(world.store.findByUuid(uuid)).isPresent();
        world.jobs.purge(world.clock.instant().plusSeconds(1));
        assertThat(world.store.findByUuid(uuid)).isEmpty();
    }

    private Job job(String uuid) {
        return world.store.findByUuid(uuid).orElseThrow();
    }
}
