/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is tried again, and after which waits. */
class RetryTest {
    private final List<Duration> waits = new ArrayList<>();

    private int callsOf(ErrorClass errorClass, int attempts) {
        AtomicInteger calls = new AtomicInteger();
        Retry retry = new Retry(attempts, Duration.ofSeconds(4), waits::add, (what, attempt, wait, failure) -> {});
        CallFailed failure = catchThrowableOfType(
                CallFailed.class,
                () -> retry.call("a call", () -> {
                    calls.incrementAndGet();
                    throw new CallFailed(errorClass, "it failed", null);
                }));
        assertThat(failure.errorClass()).isEqualTo(errorClass);
        return calls.get();
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, 1",
        "403, FORBIDDEN, 1",
        "404, NOT_FOUND, 1",
        "405, METHOD_NOT_ALLOWED, 1",
        "409, CONFLICT, 1",
        "410, EXPIRED, 1",
        "422, INVALID, 1",
        "507, FULL, 1",
        "429, THROTTLED, 4",
        "500, SERVER, 4",
        "503, SERVER, 4",
        "504, TIMEOUT, 4"
    })
    void theClassOfAStatusDecidesHowOftenItIsTried(int status, ErrorClass expected, int calls) {
        assertThat(ErrorClass.ofStatus(status)).isEqualTo(expected);
        assertThat(callsOf(expected, 3)).isEqualTo(calls);
    }

    @Test
    void waitsGrowUpToALimitAndAreVaried() {
        assertThat(callsOf(ErrorClass.SERVER, 10)).isEqualTo(11);
        long full = 4000;
        for (Duration wait : waits) {
            assertThat(wait.toMillis()).isBetween(full / 2, full);
            full = Math.min(full * 2, 120_000);
        }
        assertThat(waits).hasSize(10);
        waits.clear();
        Set<Duration> first = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            callsOf(ErrorClass.SERVER, 1);
        }
        first.addAll(waits);
        assertThat(first).as("2000 waits are possible").hasSizeGreaterThan(10);
    }
}
