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

    /** As {@link #run}, each client calling one after the other of the kinds in turn, so that noise meets all alike. */
    static List<Result> alternate(
            SignedClient client, int clients, Duration duration, List<Supplier<Map<String, String>>> kinds)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long begin = System.nanoTime();
            long end = begin + duration.toNanos();
            List<Future<List<List<Long>>>> futures = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                futures.add(threads.submit(() -> inTurn(client, end, kinds)));
            }
            List<List<Long>> latencies = new ArrayList<>();
            kinds.forEach(kind -> latencies.add(new ArrayList<>()));
            for (Future<List<List<Long>>> future : futures) {
                List<List<Long>> measured = future.get();
                for (int kind = 0; kind < kinds.size(); kind++) {
                    latencies.get(kind).addAll(measured.get(kind));
                }
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            return latencies.stream()
                    .map(all -> new Result(
                            all.stream().mapToLong(Long::longValue).sorted().toArray(), elapsed))
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<List<Long>> inTurn(SignedClient client, long end, List<Supplier<Map<String, String>>> kinds)
            throws Exception {
        List<List<Long>> latencies = new ArrayList<>();
        kinds.forEach(kind -> latencies.add(new ArrayList<>()));
        while (System.nanoTime() < end) {
            for (int kind = 0; kind < kinds.size(); kind++) {
                long start = System.nanoTime();
                client.call(kinds.get(kind).get());
                latencies.get(kind).add(System.nanoTime() - start);
            }
        }
        return latencies;
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
