/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.cloudstackbackup.clusterexport.cli.Main;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** The program with its environment, run in this process as from a shell. */
final class Program {
    private final Map<String, String> variables = new TreeMap<>();
    private Clock clock = Clock.systemUTC();
    private String output = "";
    private String errors = "";

    Program(ClusterServer cluster, StoreServer store, Path folder) throws Exception {
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, cluster.kubeconfig());
        with("KUBECONFIG", kubeconfig.toString());
        with("CLUSTER_NAME", "east");
        with("MINIO_ENDPOINT", store.endpoint());
        with("MINIO_ACCESS_KEY", "access");
        with("MINIO_SECRET_KEY", "a-secret-nobody-logs");
        with("MINIO_USE_SSL", "false");
        with("METRICS_PORT", "0");
        with("RETRY_DELAY", "1ms");
        with("UPLOAD_CONCURRENCY", "4");
    }

    Program with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Program without(String name) {
        variables.remove(name);
        return this;
    }

    Program at(Clock newClock) {
        clock = newClock;
        return this;
    }

    int run(String... arguments) {
        return runWithErrorAt(line -> false, arguments);
    }

    /** Runs with a machine that has no memory left for such a line of output. */
    int runWithErrorAt(Predicate<String> line, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8) {
            @Override
            public void println(@Nullable String text) {
                if (line.test(String.valueOf(text))) {
                    throw new OutOfMemoryError("of the test");
                }
                super.println(text);
            }
        };
        int code = Main.execute(arguments, variables, print, new PrintStream(err, true, StandardCharsets.UTF_8), clock);
        output = out.toString(StandardCharsets.UTF_8);
        errors = err.toString(StandardCharsets.UTF_8);
        return code;
    }

    /** Starts a run as a process of its own. */
    Process start(Path log) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        return builder.start();
    }

    String output() {
        return output;
    }

    String errors() {
        return errors;
    }

    /** The records of the log with an operation. */
    List<Map<String, @Nullable Object>> records(String operation) {
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        (output + errors).lines().filter(line -> line.startsWith("{")).forEach(line -> {
            Map<String, @Nullable Object> record = JsonTree.readObject(line);
            if (JsonTree.text(record, "operation").equals(operation)) {
                records.add(record);
            }
        });
        return records;
    }

    /** The data of the only record with an operation. */
    Map<String, @Nullable Object> data(String operation) {
        List<Map<String, @Nullable Object>> records = records(operation);
        if (records.size() != 1) {
            throw new AssertionError(records.size() + " records of " + operation + " in\n" + output + errors);
        }
        return JsonTree.map(records.get(0), "data");
    }
}
