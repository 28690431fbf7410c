/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** More uploads at once where they help, and few where they do not; with a clock of its own. */
class UploadPaceTest {
    private static final double SECOND = 1e9;

    /** The average number of uploads at once after {@code from} seconds, for a store that ends so many a second. */
    private static double level(UploadPace pace, IntToDoubleFunction perSecond, double from, double to, long seed) {
        Random random = new Random(seed);
        double now = 0;
        double sum = 0;
        double counted = 0;
        while (now < to * SECOND) {
            int allowed = pace.allowed();
            double step = SECOND / perSecond.applyAsDouble(allowed) * (0.5 + random.nextDouble());
            now += step;
            if (now >= from * SECOND) {
                sum += allowed * step;
                counted += step;
            }
            pace.ended(1, true, (long) now);
        }
        return sum / counted;
    }

    @Test
    void aStoreFarAwayGetsAllThatAreAllowed() {
        // 30 ms each.
        assertThat(level(new UploadPace(32, 0), level -> level / 0.030, 3, 30, 1))
                .isGreaterThan(28);
        assertThat(level(new UploadPace(20, 0), level -> level / 0.030, 3, 30, 1))
                .isGreaterThan(18);
    }

    @Test
    void aStoreWithEnoughToDoGetsAFew() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(level(new UploadPace(32, 0), level -> 3000, 0.5, 10, seed))
                    .as("seed %d", seed)
                    .isLessThan(10);
        }
    }

    /** As a JVM that compiles what is hot. */
    @Test
    void aProgramThatGetsQuickerByItselfDoesNotGetMore() {
        for (long seed = 1; seed <= 20; seed++) {
            double[] rate = {300};
            assertThat(level(new UploadPace(32, 0), level -> rate[0] = Math.min(3000, rate[0] * 1.002), 0, 5, seed))
                    .as("seed %d", seed)
                    .isLessThan(12);
        }
    }

    @Test
    void aStoreThatServesSomeAtOnceGetsAboutThose() {
        double level = level(new UploadPace(64, 0), each -> Math.min(each, 12) * 100, 3, 60, 1);
        assertThat(level).isBetween(6.0, 18.0);
    }

    @Test
    void itFollowsAStoreThatChanges() {
        UploadPace pace = new UploadPace(32, 0);
        level(pace, level -> 3000, 0, 10, 1);
        double[] now = {10 * SECOND};
        for (int i = 0; i < 20_000; i++) {
            now[0] += SECOND / (pace.allowed() / 0.030);
            pace.ended(1, true, (long) now[0]);
        }
        assertThat(pace.allowed()).isGreaterThanOrEqualTo(16);
    }

    @Test
    void withoutWorkForAllPlacesNothingIsJudged() {
        UploadPace pace = new UploadPace(32, 0);
        for (int i = 1; i < 10_000; i++) {
            pace.ended(1, i % 30 != 0, i * 2_500_000L);
        }
        assertThat(pace.allowed()).isEqualTo(8);
    }

    @Test
    void aProgramThatJustStartedBeginsWithOne() {
        UploadPace pace = new UploadPace(32, 0);
        assertThat(pace.allowed()).isEqualTo(1);
        assertThat(level(pace, level -> 1000, 0, 0.2, 1)).isLessThan(1.1);
        assertThat(level(pace, level -> 1000, 0.2, 0.4, 1)).isLessThan(2.1);
        assertThat(pace.allowed()).isBetween(2, 4);
    }

    @Test
    void neverMoreThanAllowed() {
        // Fewer and more than go on at least.
        for (int most = 1; most <= 10; most++) {
            UploadPace pace = new UploadPace(most, 0);
            for (int i = 1; i < 5_000; i++) {
                pace.ended(1, true, i * 5_000_000L);
                assertThat(pace.allowed()).isBetween(1, most);
            }
        }
    }
}
