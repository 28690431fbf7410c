/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands end with the documented codes, also where another goes on or they are told to stop. */
class CommandEndTest extends ProgramFixture {
    private static final String LOCK = "clusterexport/east/lock.json";
    private static final long LONGEST_SECONDS = 60;

    @BeforeEach
    void prepare() {
        cluster.put("configmaps", "shop", "web", Map.of());
    }

    @Test
    void aServiceThatWaitsForItsNextRunEndsQuietlyWhenItIsToldTo() throws Exception {
        program.with("SCHEDULE", "0 3 29 2 *");
        AtomicInteger code = new AtomicInteger(-1);
        Thread service = new Thread(() -> code.set(program.run("run")));
        service.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!sleeps(service) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        service.interrupt();
        service.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
        assertThat(code).as(program.output() + program.errors()).hasValue(0);
        assertThat(program.records("shutdown")).hasSize(1);
        assertThat(program.records("command_failed")).isEmpty();
    }

    private static boolean sleeps(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("slept"));
    }

    @Test
    void aScheduleThatNeverComesIsRefused() {
        assertThat(program.with("SCHEDULE", "0 0 30 2 *").run("run")).isEqualTo(2);
        assertThat(program.output() + program.errors()).contains("SCHEDULE").contains("no day ever fits");
    }

    @Test
    void whatMeetsTheLockEndsWithItsCodeAndCountsNothing() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        String totals = store.text("clusterexport/east/totals.json");
        store.put(LOCK, "{\"holder\":\"run another\",\"expirySeconds\":60}");
        assertThat(program.run("prune")).isEqualTo(4);
        assertThat(program.run("restore")).isEqualTo(4);
        assertThat(program.run("run")).isEqualTo(4);
        assertThat(store.text("clusterexport/east/totals.json")).isEqualTo(totals);
    }
}
