/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.service.ClusterAccess;
import org.cloudstackbackup.clusterexport.service.ClusterExporter;
import org.cloudstackbackup.clusterexport.service.ExportFailure;
import org.cloudstackbackup.clusterexport.service.Restoration;
import org.cloudstackbackup.clusterexport.service.Restored;
import org.cloudstackbackup.clusterexport.service.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restore of the library writes nothing without its lock, and goes on without its report. */
@SuppressWarnings("NullAway.Init")
class RestoreLockTest {
    private static final String LOCK = "clusterexport/east/lock.json";
    private static final int OBJECTS = 40;
    private static final int THREADS = 8;
    private static final long LONGEST_MILLIS = 60_000;

    private ClusterServer cluster;
    private StoreServer store;
    private Map<String, String> settings;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final ClusterExporter exporter = new ClusterExporter(Clock.systemUTC(), (level, line) -> log.add(line));

    @BeforeEach
    void open() throws Exception {
        cluster = new ClusterServer();
        store = new StoreServer();
        settings = new TreeMap<>(Map.of(
                "CLUSTER_NAME", "east",
                "MINIO_ENDPOINT", store.endpoint(),
                "MINIO_ACCESS_KEY", "access",
                "MINIO_SECRET_KEY", "a-secret-nobody-logs",
                "MINIO_USE_SSL", "false",
                "RETRY_DELAY", "1ms",
                "LOCK_EXPIRY", "20s"));
        cluster.put("namespaces", "", "shop", Map.of());
        for (int i = 0; i < OBJECTS; i++) {
            cluster.put("configmaps", "shop", "object-" + i, Map.of());
        }
        ClusterAccess access = new ClusterAccess(cluster.kubeconfig(), null);
        exporter.export(access, settings, new Task("job-export", false, (percent, message) -> {}));
        for (int i = 0; i < OBJECTS; i++) {
            cluster.remove("configmaps", "shop", "object-" + i);
        }
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
        store.close();
    }

    private Restored restore() {
        Restoration wanted =
                new Restoration("latest", List.of(), List.of(), List.of(), "", Map.of(), "skip", false, false, false);
        ClusterAccess access = new ClusterAccess(cluster.kubeconfig(), null);
        return exporter.restore(access, settings, wanted, new Task("job-restore", false, (percent, message) -> {}));
    }

    /** The lock is renewed no more once it is known to be lost. */
    private static void awaitLoss() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("lock-renewal")) {
                try {
                    thread.join(LONGEST_MILLIS);
                    assertThat(thread.isAlive()).isFalse();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Test
    void nothingMoreIsWrittenOnceTheLockIsAnothers() {
        AtomicBoolean taken = new AtomicBoolean();
        AtomicInteger writes = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (exchange.getRequestMethod().equals("POST") && !query.containsKey("dryRun")) {
                writes.incrementAndGet();
                if (!taken.getAndSet(true)) {
                    store.put(LOCK, "{\"holder\":\"run of another\",\"expirySeconds\":3600}");
                }
                awaitLoss();
            }
            return false;
        });
        assertThatThrownBy(this::restore)
                .hasMessageContaining("taken over by another run")
                .asInstanceOf(type(ExportFailure.class))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(ExportFailure.Reason.BUSY));
        assertThat(writes).as("those under way when it was lost").hasValueBetween(1, THREADS);
    }

    @Test
    void aReportThatCannotBeKeptEndsNoRestore() {
        store.refuse(key -> key.contains("/restores/"), 403, "AccessDenied");
        Restored restored = restore();
        assertThat(restored.fine()).isTrue();
        assertThat(restored.counts()).containsEntry("created", (long) OBJECTS);
        assertThat(restored.report()).isEmpty();
        assertThat(log).anyMatch(line -> line.contains("restore_keep") && line.contains("AccessDenied"));
    }
}
