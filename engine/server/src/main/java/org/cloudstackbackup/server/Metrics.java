/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.sync.SyncCounts;
import org.cloudstackbackup.framework.sync.SyncState;
import org.cloudstackbackup.framework.sync.SyncStates;
import org.cloudstackbackup.framework.sync.SyncTarget;

/** What {@code /metrics} shows. Safe for use by many threads. */
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final Map<String, AtomicLong> lastValues = new ConcurrentHashMap<>();

    Metrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    void watch(DataSource dataSource) {
        if (dataSource instanceof HikariDataSource pool) {
            pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        }
    }

    /** A number that is asked for at each scrape. */
    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** One answered API request. */
    void apiRequest(String command, int status, Duration took) {
        Timer.builder("cloudstackbackup.api.requests")
                .description("Answered API requests")
                .tag("command", command)
                .tag("status", String.valueOf(status))
                .register(registry)
                .record(took);
    }

    /** One comparison of backups with what a provider has. */
    void compared(SyncTarget target, Zone zone, Instant begun, SyncStates.End end) {
        Tags tags = Tags.of("zone", zone.name(), "provider", target.provider());
        Timer.builder("cloudstackbackup.sync.duration")
                .description("Comparisons of backups with what the provider has")
                .tags(tags.and("outcome", end.outcome().name().toLowerCase(Locale.ROOT)))
                .register(registry)
                .record(Duration.between(begun, end.at()));
        SyncCounts counts = end.counts();
        Map.of("adopted", counts.adopted(), "updated", counts.updated(), "removed", counts.removed())
                .forEach((change, rows) -> Counter.builder("cloudstackbackup.sync.rows")
                        .description("Backups that comparisons changed")
                        .tags(tags.and("change", change))
                        .register(registry)
                        .increment(rows));
        Map.of(
                        "listed", counts.points(),
                        "unknown", counts.unknown(),
                        "unplaced", counts.unplaced(),
                        "left", counts.left(),
                        "bad", counts.bad(),
                        "missing", counts.missing())
                .forEach((kind, points) -> last("cloudstackbackup.sync.points", tags.and("kind", kind), points));
        if (end.outcome() != SyncState.Outcome.FAILED) {
            last("cloudstackbackup.sync.succeeded.epoch.seconds", tags, end.at().getEpochSecond());
        }
    }

    /** A number that stays until the next one is told. */
    private void last(String name, Tags tags, long value) {
        lastValues
                .computeIfAbsent(name + tags, key -> registry.gauge(name, tags, new AtomicLong()))
                .set(value);
    }

    /** In Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
