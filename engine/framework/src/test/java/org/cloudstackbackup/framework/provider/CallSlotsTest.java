/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.cloudstackbackup.testkit.SettableClock;
import org.junit.jupiter.api.Test;

class CallSlotsTest {
    private final SettableClock clock = new SettableClock();

    @Test
    void aThreadInterruptedBetweenBothBoundsKeepsNothing() throws Exception {
        CallSlots slots = new CallSlots(1, 1, 0, clock);
        Drivers.Slot last = slots.take("one", 1, Duration.ZERO).orElseThrow();
        AtomicReference<Optional<Drivers.Slot>> got = new AtomicReference<>(Optional.of(last));
        Thread waiting = new Thread(() -> got.set(slots.take("two", 1, Duration.ofMinutes(5))));
        waiting.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        waiting.interrupt();
        waiting.join(60_000);
        assertThat(got.get()).isEmpty();
        last.close();
        assertThat(slots.take("two", 1, Duration.ZERO)).isPresent();
    }

    @Test
    void productsThatTookAllSlotsLeaveOneToEachOther() {
        CallSlots slots = new CallSlots(6, 16, 5, clock);
        for (int silent = 1; silent <= 4; silent++) {
            takeAll(slots, "silent-" + silent);
        }
        Drivers.Slot first = slots.take("other", 1, Duration.ZERO).orElseThrow();
        assertThat(slots.take("other", 1, Duration.ZERO))
                .as("the second is none of the reserve's")
                .isEmpty();
        assertThat(slots.take("late", 1, Duration.ZERO))
                .as("the reserve is spent")
                .isEmpty();
        first.close();
        assertThat(slots.take("late", 1, Duration.ZERO)).isPresent();
    }

    @Test
    void theLongerNobodyGetsASlotTheLonger() {
        CallSlots slots = new CallSlots(2, 2, 0, clock);
        List<Drivers.Slot> held = takeAll(slots, "one");
        clock.advance(Duration.ofSeconds(7));
        assertThat(slots.take("one", 1, Duration.ZERO)).isEmpty();
        assertThat(slots.refusedFor("one", 1)).isEqualTo(Duration.ofSeconds(7));
        assertThat(slots.refusedFor("two", 1)).isZero();
        held.forEach(Drivers.Slot::close);
        assertThat(slots.take("one", 1, Duration.ZERO)).isPresent();
        assertThat(slots.refusedFor("one", 1)).isZero();
    }

    private static List<Drivers.Slot> takeAll(CallSlots slots, String provider) {
        List<Drivers.Slot> taken = new ArrayList<>();
        Optional<Drivers.Slot> next = slots.take(provider, 1, Duration.ZERO);
        while (next.isPresent()) {
            taken.add(next.get());
            next = slots.take(provider, 1, Duration.ZERO);
        }
        return taken;
    }
}
