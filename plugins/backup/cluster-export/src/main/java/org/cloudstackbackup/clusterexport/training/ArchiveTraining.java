/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the program twice against servers of its own, so that the JVM of the second run has loaded what runs load when all is well, and writes an archive
 * of it at its end. For the building of an image; arguments: the program's jar, the file of the JVM's options, the archive to write.
 */
public final class ArchiveTraining {
    private static final long LONGEST_MINUTES = 5;

    private final String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private final String jar;
    private final String options;
    private final Path folder;

    private ArchiveTraining(String jar, String options, Path folder) {
        this.jar = jar;
        this.options = options;
        this.folder = folder;
    }

    /** Ends with the code of the first run that failed, after its output. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("training");
        ArchiveTraining training = new ArchiveTraining(arguments[0], arguments[1], folder);
        int code;
        try (TrainingCluster cluster = new TrainingCluster(folder);
                TrainingStore store = new TrainingStore()) {
            code = training.run(store.address(), List.of());
            if (code == 0) {
                cluster.change();
                code = training.run(store.address(), List.of("-XX:ArchiveClassesAtExit=" + arguments[2]));
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        System.exit(code);
    }

    private int run(String store, List<String> more) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(java, "@" + options));
        command.addAll(more);
        command.addAll(List.of("-jar", jar, "run"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(Map.of(
                "HOME", folder.toString(),
                "KUBECONFIG", folder.resolve(TrainingCluster.KUBECONFIG).toString(),
                "CONFIG_MAP", "none",
                "CLUSTER_NAME", "training",
                "METRICS_PORT", "0",
                "MINIO_ENDPOINT", store,
                "MINIO_USE_SSL", "false",
                "MINIO_ACCESS_KEY", "training",
                "MINIO_SECRET_KEY", "training"));
        Process process = builder.start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0) {
            System.err.println(Files.readString(log));
        }
        return process.exitValue();
    }
}
