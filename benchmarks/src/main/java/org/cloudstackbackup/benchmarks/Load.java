/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Calls over and over from several clients for a while; each waits for its answer before it calls again. */
final class Load {
    private Load() {}

    /** Latencies of all calls; one failed call fails the measurement. */
    static Result run(SignedClient client, int clients, Duration duration, Supplier<Map<String, String>> calls)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long begin = System.nanoTime();
            long end = begin + duration.toNanos();
            List<Future<long[]>> futures = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                futures.add(threads.submit(one(client, end, calls)));
            }
            List<long[]> latencies = new ArrayList<>();
            for (Future<long[]> future : futures) {
                latencies.add(future.get());
            }
            long[] all =
                    latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Result(all, Duration.ofNanos(System.nanoTime() - begin));
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<long[]> one(SignedClient client, long end, Supplier<Map<String, String>> calls) {
        return () -> {
            long[] nanos = new long[1024];
            int count = 0;
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                client.call(calls.get());
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = System.nanoTime() - start;
            }
            return Arrays.copyOf(nanos, count);
        };
    }

    /** Sorted latencies in nanoseconds. */
    record Result(long[] sorted, Duration elapsed) {
        double percentileMillis(double percentile) {
            int index = (int) Math.min(sorted.length - 1L, Math.round(percentile / 100 * (sorted.length - 1)));
            return sorted[index] / 1e6;
        }

        double perSecond() {
            return sorted.length / (elapsed.toNanos() / 1e9);
        }
    }
}
