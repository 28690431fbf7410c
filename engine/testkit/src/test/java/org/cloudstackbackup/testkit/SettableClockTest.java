/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class SettableClockTest {
    private final SettableClock clock = new SettableClock();

    @Test
    void standsStillUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo(SettableClock.START).isEqualTo(clock.instant());
    }

    @Test
    void advancesByTheDurationGiven() {
        Instant moved = clock.advance(Duration.ofMinutes(5));

        assertThat(moved).isEqualTo(SettableClock.START.plusSeconds(300)).isEqualTo(clock.instant());
    }

    @Test
    void refusesToAdvanceBackwards() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)));
        assertThat(clock.instant()).isEqualTo(SettableClock.START);
    }

    @Test
    void movesTogetherWithItsCopiesInOtherZones() {
        Clock elsewhere = clock.withZone(ZoneId.of("Asia/Kolkata"));

        clock.set(Instant.EPOCH);

        assertThat(elsewhere.instant()).isEqualTo(Instant.EPOCH);
        assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
    }
}
