/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopSequenceTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final StopSequence sequence = new StopSequence();
    private final List<String> stopped = new CopyOnWriteArrayList<>();

    @Test
    void partsOfAStageAreStoppedSideBySide() {
        CyclicBarrier both = new CyclicBarrier(2);
        StopSequence.Stage stage = sequence.stage(LONG);
        for (String name : List.of("one", "other")) {
            stage.add(name, () -> {
                both.await(40, SECONDS);
                stopped.add(name);
            });
        }
        sequence.run();
        assertThat(stopped).containsExactlyInAnyOrder("one", "other");
    }

    @Test
    void aStageBeginsWhenTheOneBeforeHasEnded() {
        CountDownLatch secondHasBegun = new CountDownLatch(1);
        sequence.stage(LONG)
                .add("first", () -> stopped.add(secondHasBegun.await(100, MILLISECONDS) ? "too late" : "first"));
        sequence.stage(LONG).add("second", () -> {
            secondHasBegun.countDown();
            stopped.add("second");
        });
        sequence.run();
        assertThat(stopped).containsExactly("first", "second");
    }

    @Test
    void whatHangsCostsTheTimeOfItsStageOnlyAndKeepsNothingFromBeingStopped() {
        CountDownLatch never = new CountDownLatch(1);
        StopSequence.Stage first = sequence.stage(Duration.ofMillis(200));
        first.add("hanging", never::await);
        first.add("also hanging", never::await);
        first.add("quick", () -> stopped.add("quick"));
        StopSequence.Stage second = sequence.stage(Duration.ofMillis(300));
        second.add("hanging too", never::await);
        sequence.stage(LONG).add("last", () -> stopped.add("last"));
        long begun = System.nanoTime();
        sequence.run();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
        assertThat(stopped).containsExactly("quick", "last");
        never.countDown();
    }

    @Test
    void aStageWhoseTimeHasPassedIsStoppedNevertheless() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        sequence.stage(Duration.ZERO).add("late", done::countDown);
        sequence.run();
        assertThat(done.await(40, SECONDS)).isTrue();
    }

    @Test
    void aFailureKeepsNoOtherPartFromBeingStopped() {
        StopSequence.Stage stage = sequence.stage(LONG);
        stage.add("broken", () -> {
            throw new IllegalStateException("broken on purpose");
        });
        stage.add("sound", () -> stopped.add("sound"));
        sequence.stage(LONG).add("next", () -> stopped.add("next"));
        sequence.run();
        assertThat(stopped).containsExactly("sound", "next");
    }

    @Test
    void aPartIsStoppedOnce() {
        sequence.stage(LONG).add("part", () -> stopped.add("part"));
        sequence.run();
        sequence.run();
        assertThat(stopped).containsExactly("part");
    }
}
