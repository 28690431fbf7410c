/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private final VirtualClock clock = new VirtualClock(START, 0);
    private final Timeline timeline = new Timeline(clock);
    private final List<String> happened = new ArrayList<>();

    private void note(String what) {
        happened.add(what + "@" + Duration.between(START, timeline.now()).toSeconds());
    }

    @Test
    void thingsHappenInOrderEachAtItsTime() {
        timeline.after(Duration.ofSeconds(5), () -> note("b"));
        timeline.after(Duration.ofSeconds(2), () -> {
            note("a");
            timeline.after(Duration.ofSeconds(1), () -> note("a2"));
        });
        timeline.after(Duration.ofSeconds(5), () -> note("c"));
        timeline.after(Duration.ofSeconds(60), () -> note("later"));
        timeline.catchUp();
        assertThat(happened).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        timeline.catchUp();
        assertThat(happened).containsExactly("a@2", "a2@3", "b@5", "c@5");
        assertThat(timeline.now()).isEqualTo(START.plusSeconds(10));
        timeline.at(START, () -> note("past"));
        timeline.catchUp();
        assertThat(happened).last().isEqualTo("past@10");
        timeline.clear();
        clock.advance(Duration.ofDays(1));
        timeline.catchUp();
        assertThat(happened).hasSize(5);
    }

    @Test
    void aClockThatStandsStillMovesOnlyWhenItIsMoved() {
        assertThat(List.of(clock.instant(), clock.instant())).containsOnly(START);
        clock.set(START.plusSeconds(7));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(7));
        assertThatThrownBy(() -> clock.set(START)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.factor(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFastClockOutrunsTheRealOne() {
        VirtualClock fast = new VirtualClock(START, 100_000);
        Instant before = fast.instant();
        long real = System.nanoTime();
        while (System.nanoTime() - real < Duration.ofMillis(5).toNanos()) {
            Thread.onSpinWait();
        }
        assertThat(Duration.between(before, fast.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(400));
        fast.factor(0);
        Instant stopped = fast.instant();
        assertThat(fast.instant()).isEqualTo(stopped);
    }
}
