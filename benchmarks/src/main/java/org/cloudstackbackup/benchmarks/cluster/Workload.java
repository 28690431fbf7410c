/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What a cluster is filled with: a mix of configuration, workloads, rights and custom resources, the same in each run. */
final class Workload {
    private static final int THREADS = 24;
    private static final int RECREATED = 5;

    private final int namespaces;
    private final int scale;
    private final int definitions;
    private final boolean large;

    private Workload(int namespaces, int scale, int definitions, boolean large) {
        this.namespaces = namespaces;
        this.scale = scale;
        this.definitions = definitions;
        this.large = large;
    }

    /** W1: 10,000 objects in 50 namespaces; W2: ten times that, one in a hundred of 100 kB to 900 kB. */
    static Workload named(String name) {
        return switch (name) {
            case "W1" -> new Workload(50, 1, 10, false);
            case "W2", "W4" -> new Workload(500, 10, 40, true);
            default -> throw new IllegalArgumentException("there is no workload '" + name + "', but W1, W2 and W4");
        };
    }

    int objects() {
        return 10_000 * scale;
    }

    /** Makes everything in an empty cluster. */
    void fill(KubeHttp kube) throws IOException, InterruptedException, ExecutionException {
        inParallel(
                namespaces,
                i -> kube.send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + namespace(i) + "\"}}"));
        for (int i = 0; i < definitions; i++) {
            kube.send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Bodies.definition(i));
        }
        for (int i = 0; i < definitions; i++) {
            awaitServed(kube, "/apis/bench.example.org/v1/kind" + i + "s");
        }
        inParallel(4000 * scale, i -> create(kube, i, "/api/v1", "configmaps", Bodies.configMap(i, size(i), 0)));
        inParallel(3000 * scale, i -> create(kube, i, "/api/v1", "secrets", Bodies.secret(i)));
        inParallel(1000 * scale, i -> create(kube, i, "/apis/apps/v1", "deployments", Bodies.deployment(i)));
        inParallel(1000 * scale, i -> create(kube, i, "/api/v1", "services", Bodies.service(i)));
        inParallel(500 * scale, i -> create(kube, i, "/apis/rbac.authorization.k8s.io/v1", "roles", Bodies.role(i)));
        inParallel(
                500 * scale,
                i -> create(
                        kube,
                        i,
                        "/apis/bench.example.org/v1",
                        "kind" + i % definitions + "s",
                        Bodies.custom(i, i % definitions)));
        inParallel(
                200 * scale, i -> kube.send("POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", Bodies.role(i)));
    }

    /**
     * One object in a hundred changed, one in two hundred deleted, as many made; gives how many files that touches. Each round, from 0, does it anew.
     */
    int churn(KubeHttp kube, int round) throws InterruptedException, ExecutionException {
        int changed = objects() / 100;
        int replaced = objects() / 200;
        // Never the large ones: W4 asks what a usual day costs.
        inParallel(
                changed,
                i -> kube.send(
                        "PATCH",
                        "/api/v1/namespaces/" + namespace(i * 2 + 1) + "/configmaps/cm-" + (i * 2 + 1),
                        "{\"data\":{\"changed\":\"round " + round + "\"}}"));
        inParallel(replaced, i -> {
            int number = objects() / 10 + round * replaced + i;
            kube.send("DELETE", "/api/v1/namespaces/" + namespace(number) + "/secrets/secret-" + number, "");
            create(kube, number, "/api/v1", "configmaps", Bodies.configMap(1_000_000 + number, 1000, RECREATED));
        });
        return changed + replaced;
    }

    private void create(KubeHttp kube, int i, String base, String plural, String body)
            throws IOException, InterruptedException {
        kube.send("POST", base + "/namespaces/" + namespace(i) + "/" + plural, body);
    }

    private String namespace(int i) {
        return "bench-" + i % namespaces;
    }

    /** Every fortieth ConfigMap is large: one in a hundred of all objects. */
    private int size(int i) {
        return large && i % 40 == 0 ? 100_000 + new Random(i).nextInt(800_000) : 1000;
    }

    private static void awaitServed(KubeHttp kube, String path) throws InterruptedException, IOException {
        for (int tries = 0; ; tries++) {
            try {
                kube.get(path);
                return;
            } catch (IOException e) {
                if (tries == 600) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static void inParallel(int count, Step step) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < THREADS; worker++) {
                workers.add(threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        step.run(i);
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Step {
        void run(int i) throws IOException, InterruptedException;
    }
}
