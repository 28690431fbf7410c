/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.observe;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log: one JSON object a line, with the documented fields {@code timestamp level component cluster operation message}, and where they
 * apply {@code namespace resource data error duration_ms}.
 *
 * <p>Safe for use by many threads. Callers pass no secret.
 */
public final class EventLog {
    private static final String COMPONENT = "backup";

    private final Sink sink;
    private final Clock clock;
    private final Level least;
    private final String cluster;

    /** Takes the lines. */
    @FunctionalInterface
    public interface Sink {
        void write(Level level, String line);
    }

    public EventLog(PrintStream out, Clock clock, Level least, String cluster) {
        this((level, line) -> out.println(line), clock, least, cluster);
        requireNonNull(out, "out is null");
    }

    public EventLog(Sink sink, Clock clock, Level least, String cluster) {
        this.sink = requireNonNull(sink, "sink is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.least = requireNonNull(least, "least is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    /** Whether records of this level are written. */
    public boolean shows(Level level) {
        return level.compareTo(least) >= 0;
    }

    public void debug(String operation, String message, Map<String, ?> data) {
        write(Level.DEBUG, operation, message, data, null);
    }

    public void info(String operation, String message, Map<String, ?> data) {
        write(Level.INFO, operation, message, data, null);
    }

    public void warn(String operation, String message, Map<String, ?> data) {
        write(Level.WARN, operation, message, data, null);
    }

    public void warn(String operation, String message, Map<String, ?> data, String error) {
        write(Level.WARN, operation, message, data, error);
    }

    public void error(String operation, String message, Map<String, ?> data, String error) {
        write(Level.ERROR, operation, message, data, error);
    }

    /** The keys {@code namespace}, {@code resource} and {@code duration_ms} of the data are repeated at the top. */
    public void write(Level level, String operation, String message, Map<String, ?> data, @Nullable String error) {
        if (!shows(level)) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        line.put("level", level.label());
        line.put("component", COMPONENT);
        line.put("cluster", cluster);
        lift(data, "namespace", line);
        lift(data, "resource", line);
        line.put("operation", operation);
        line.put("message", message);
        if (!data.isEmpty()) {
            line.put("data", data);
        }
        if (error != null) {
            line.put("error", error);
        }
        lift(data, "duration_ms", line);
        sink.write(level, JsonText.of(line));
    }

    private static void lift(Map<String, ?> data, String key, Map<String, Object> line) {
        Object value = data.get(key);
        if (value != null) {
            line.put(key, value);
        }
    }
}
