/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the packaged program, with the options that its image has, measured from outside. */
record ExportRun(double seconds, double cpuSeconds, long peakKib) {
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    /**
     * Runs it to its end.
     *
     * @param oneCpu on the first processor only
     * @throws IOException when it ends with anything but 0
     */
    static ExportRun of(Program program, Map<String, String> environment, Path log, boolean oneCpu)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(oneCpu ? List.of("taskset", "-c", "0") : List.of());
        command.addAll(program.command());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KUBE") || name.startsWith("S3_"));
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        Process process = builder.start();
        Duration cpu = Duration.ZERO;
        long peak = 0;
        try {
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                cpu = process.info().totalCpuDuration().orElse(cpu);
                peak = Math.max(peak, peakKib(process.pid()));
                if (System.nanoTime() - begin > LONGEST.toNanos()) {
                    throw new IOException("The export did not end within " + LONGEST + "; see " + log);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (process.exitValue() != 0) {
            List<String> lines = Files.readAllLines(log);
            throw new IOException("The export ended with " + process.exitValue() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
        }
        return new ExportRun(seconds, cpu.toNanos() / 1e9, peak);
    }

    private static long peakKib(long pid) throws IOException {
        try {
            Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc", String.valueOf(pid), "status")));
            // A process that ended just now has no memory any more.
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
