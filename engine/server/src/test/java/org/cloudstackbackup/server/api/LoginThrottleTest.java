/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.cloudstackbackup.testkit.SettableClock;
import org.junit.jupiter.api.Test;

final class LoginThrottleTest {
    private final SettableClock clock = new SettableClock();
    private final LoginThrottle throttle = new LoginThrottle(clock);

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(name, address);
        }
    }

    @Test
    void theFirstFailuresAreFree() {
        fail("ann", "a", 4);

        assertThat(throttle.waitFor("ann", "a")).isZero();
    }

    @Test
    void theWaitDoublesUpToAMinute() {
        fail("ann", "a", 5);
        assertThat(throttle.waitFor("ANN", "a")).isEqualTo(Duration.ofSeconds(1));
        fail("ann", "a", 1);
        assertThat(throttle.waitFor("ann", "a")).isEqualTo(Duration.ofSeconds(2));
        fail("ann", "a", 100);
        assertThat(throttle.waitFor("ann", "a")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void anotherAddressIsNotSlowed() {
        fail("ann", "a", 100);

        assertThat(throttle.waitFor("ann", "b")).isZero();
    }

    @Test
    void anAddressWithManyFailuresIsSlowedForAllNames() {
        for (int i = 0; i < 30; i++) {
            throttle.failed("name" + i, "a");
        }

        assertThat(throttle.waitFor("ann", "a")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void successForgetsTheNamesFailures() {
        fail("ann", "a", 6);
        throttle.succeeded("ann", "a");

        assertThat(throttle.waitFor("ann", "a")).isZero();
    }

    @Test
    void oldFailuresAreForgotten() {
        fail("ann", "a", 10);
        clock.advance(Duration.ofMinutes(16));
        fail("ann", "a", 1);

        assertThat(throttle.waitFor("ann", "a")).isZero();
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 20_000; i++) {
            throttle.failed("name" + i, "address" + i);
        }

        assertThat(throttle.size()).isEqualTo(10_000);
    }
}
