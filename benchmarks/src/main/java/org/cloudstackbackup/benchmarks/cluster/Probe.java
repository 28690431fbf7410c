/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another client of the API server, which gets one object over and over and notes how long each answer takes. */
final class Probe implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final KubeHttp kube;
    private final String path;
    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread = new Thread(this::look, "probe");
    private volatile boolean ended;

    private Probe(KubeHttp kube, String path) {
        this.kube = kube;
        this.path = path;
    }

    static Probe start(KubeHttp kube, String path) {
        Probe probe = new Probe(kube, path);
        probe.thread.setDaemon(true);
        probe.thread.start();
        return probe;
    }

    /** The slowest but for one in a hundred, in milliseconds. */
    double p99() {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.isEmpty() ? 0 : sorted.get((int) ((sorted.size() - 1) * 0.99));
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
    }

    private void look() {
        try {
            while (!ended) {
                long begin = System.nanoTime();
                kube.get(path);
                millis.add((System.nanoTime() - begin) / 1e6);
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The probe got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
