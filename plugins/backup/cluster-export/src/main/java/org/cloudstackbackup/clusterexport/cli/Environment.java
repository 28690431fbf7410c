/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.Config;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.catalog.Catalog;
import org.cloudstackbackup.clusterexport.catalog.Layout;
import org.cloudstackbackup.clusterexport.config.ConfigSource;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.config.SettingsReader;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.KubeConfig;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.Level;
import org.jspecify.annotations.Nullable;

/** The process around a command: variables, output and clock; and the parts a command is made of. For one thread. */
final class Environment {
    private static final Duration CONFIG_TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, String> variables;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;
    private @Nullable Config cluster;

    Environment(Map<String, String> variables, PrintStream out, PrintStream err, Clock clock) {
        this.variables = Map.copyOf(variables);
        this.out = requireNonNull(out, "out is null");
        this.err = requireNonNull(err, "err is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    Clock clock() {
        return clock;
    }

    /** All settings, checked, for a command that does without the cluster. */
    Settings settings() {
        return settings(new ArrayList<>());
    }

    /** All settings and the kubeconfig, checked: what is wrong in either is told at once. */
    Settings settingsAndCluster() {
        List<String> problems = new ArrayList<>();
        right(problems, this::kubeConfig);
        return settings(problems);
    }

    private Settings settings(List<String> problems) {
        // Without a kubeconfig no ConfigMap of the cluster can be read, but every other setting.
        boolean readable = problems.isEmpty() || !ConfigSource.isInCluster(variables);
        Optional<Map<String, String>> configMap =
                readable ? right(problems, () -> ConfigSource.read(variables, this::configMap)) : Optional.empty();
        Optional<Settings> settings = right(
                problems,
                () -> configMap.isPresent()
                        ? SettingsReader.read(variables, configMap.get())
                        : SettingsReader.readAlone(variables));
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
        return settings.orElseThrow();
    }

    private static <T> Optional<T> right(List<String> problems, Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (InvalidConfiguration e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private Map<String, String> configMap(String namespace, String name) {
        try (ApiServer server = new ApiServer(kubeConfig(), CONFIG_TIMEOUT)) {
            Map<String, @Nullable Object> map = server.get("/api/v1/namespaces/" + namespace + "/configmaps/" + name);
            Map<String, String> data = new LinkedHashMap<>();
            JsonTree.map(map, "data").forEach((key, value) -> data.put(key, String.valueOf(value)));
            return data;
        }
    }

    private Config kubeConfig() {
        Config known = cluster;
        if (known == null) {
            known = KubeConfig.of(variables);
            cluster = known;
        }
        return known;
    }

    ApiServer server(Settings settings) {
        return new ApiServer(kubeConfig(), settings.pace().requestTimeout());
    }

    Bucket bucket(Settings settings, Retry retry) {
        // A few more than uploads: the lock and packs are written beside them.
        int connections = settings.pace().uploads() + 4;
        return Bucket.open(settings.store(), connections, settings.pace().requestTimeout(), retry);
    }

    Catalog catalog(Settings settings, Bucket bucket) {
        return new Catalog(bucket, new Layout(settings.clusterName()));
    }

    /**
     * The lock of the cluster's exports, which keeps others from deleting what is read.
     *
     * @throws Locked while another run goes on
     */
    RunLock lock(Settings settings, Bucket bucket, String purpose) {
        String key = catalog(settings, bucket).layout().lock();
        try {
            return RunLock.take(bucket, key, settings.pace().lockExpiry(), purpose, log(settings, false));
        } catch (CallFailed e) {
            if (e.errorClass() == ErrorClass.CONFLICT) {
                throw new Locked(e);
            }
            throw e;
        }
    }

    /** The log of a run goes to the standard output; of other commands, whose result goes there, to the other. */
    EventLog log(Settings settings, boolean toOutput) {
        return new EventLog(toOutput ? out : err, clock, settings.service().logLevel(), settings.clusterName());
    }

    /** The log before the settings are known. */
    EventLog earlyLog() {
        return new EventLog(err, clock, Level.INFO, variables.getOrDefault("CLUSTER_NAME", "unknown"));
    }

    Retry retry(Settings settings, EventLog log) {
        return new Retry(
                settings.pace().retryAttempts(),
                settings.pace().retryDelay(),
                time -> Thread.sleep(time.toMillis()),
                (what, attempt, wait, failure) -> log.warn(
                        "retry_attempt",
                        "A call failed and is tried again",
                        JsonTree.ordered(
                                "call", what,
                                "attempt", attempt,
                                "max_attempts", settings.pace().retryAttempts(),
                                "backoff_delay_ms", wait.toMillis(),
                                "error_class", failure.errorClass().label()),
                        String.valueOf(failure.getMessage())));
    }
}
