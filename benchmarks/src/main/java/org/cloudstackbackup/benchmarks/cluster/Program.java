/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The packaged program as its image has it: the same options, and an archive of its classes. */
record Program(Path module, Path archive) {
    /** As the image is built, for a module that is packaged. */
    static Program prepare(Path module, Path work) throws IOException, InterruptedException {
        Program program = new Program(module, work.resolve("cluster-export.jsa"));
        Process process = new ProcessBuilder(
                        module.resolve("deploy/archive-classes").toString(),
                        program.jar(),
                        program.options(),
                        program.archive().toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("deploy/archive-classes ended with " + process.exitValue());
        }
        return program;
    }

    /** What starts a run, at the priority of the image; the heap is what the image takes of the 1 GiB in the manifests. */
    List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                "nice",
                "-n",
                "19",
                java,
                "@" + options(),
                "-XX:SharedArchiveFile=" + archive,
                "-Xmx256m",
                "-jar",
                jar(),
                "run");
    }

    private String jar() {
        return module.resolve("target/dist/cluster-export.jar").toString();
    }

    private String options() {
        return module.resolve("deploy/java-options").toString();
    }
}
