/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.cloudstackbackup.store.Database;

/**
 * Signed {@code listBackups} pages of 20, on the embedded database and on MariaDB; time to the first answer; idle memory.
 *
 * <p>Arguments: the start script, the number of backups, seconds per measurement.
 */
public final class ListBackupsBenchmark {
    private static final int PAGE_SIZE = 20;
    private static final int STARTS = 3;
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final Path script;
    private final int rows;
    private final Duration measured;
    private final List<String> table = new ArrayList<>();

    private ListBackupsBenchmark(Path script, int rows, Duration measured) {
        this.script = script;
        this.rows = rows;
        this.measured = measured;
    }

    public static void main(String[] arguments) throws Exception {
        ListBackupsBenchmark benchmark = new ListBackupsBenchmark(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Duration.ofSeconds(Long.parseLong(arguments[2])));
        benchmark.measure("H2", "");
        try (ScratchMariaDb mariaDb = ScratchMariaDb.start()) {
            benchmark.measure("MariaDB", mariaDb.url());
        }
        benchmark.print();
    }

    private void measure(String name, String databaseUrl) throws Exception {
        Path data = Files.createTempDirectory("benchmark-" + name.toLowerCase(Locale.ROOT) + "-")
                .resolve("data");
        Files.createDirectories(data);
        try (ServerProcess server = ServerProcess.start(script, ServerProcess.freePort(), data, databaseUrl)) {
            server.awaitFirstAnswer();
        }
        Filling.fill(databaseUrl.isEmpty() ? Database.embeddedUrl(data) : databaseUrl, rows);
        double[] startSeconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long begin = System.nanoTime();
            try (ServerProcess server = ServerProcess.start(script, ServerProcess.freePort(), data, databaseUrl)) {
                SignedClient client = server.awaitFirstAnswer();
                startSeconds[i] = (System.nanoTime() - begin) / 1e9;
                if (i == STARTS - 1) {
                    TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
                    long idleKib = server.residentKib();
                    load(name, client);
                    java.util.Arrays.sort(startSeconds);
                    table.add(String.format(
                            Locale.ROOT,
                            "%-8s start to first answer %.2f s (median of %d), resident idle %d MiB, after load %d MiB",
                            name,
                            startSeconds[STARTS / 2],
                            STARTS,
                            idleKib / 1024,
                            server.residentKib() / 1024));
                }
            }
        }
    }

    private void load(String name, SignedClient client) throws Exception {
        String answer = client.call(page(1));
        if (!answer.contains("\"count\":" + rows)) {
            throw new IllegalStateException("Expected " + rows + " backups, got " + answer.substring(0, 200));
        }
        int pages = rows / PAGE_SIZE;
        Supplier<Map<String, String>> first = () -> page(1);
        Supplier<Map<String, String>> random =
                () -> page(1 + ThreadLocalRandom.current().nextInt(pages));
        Load.run(client, 4, measured, random);
        for (int clients : new int[] {1, 16}) {
            row(name, "first page", clients, Load.run(client, clients, measured, first));
            row(name, "random page", clients, Load.run(client, clients, measured, random));
        }
    }

    private void row(String name, String what, int clients, Load.Result result) {
        table.add(String.format(
                Locale.ROOT,
                "%-8s %-12s %2d clients  p50 %8.2f ms  p99 %8.2f ms  %8.1f requests/s",
                name,
                what,
                clients,
                result.percentileMillis(50),
                result.percentileMillis(99),
                result.perSecond()));
        System.err.println(table.get(table.size() - 1));
    }

    private void print() {
        System.out.printf(
                Locale.ROOT,
                "listBackups, signed, pages of %d, %d backups, %d processors, Java %s%n",
                PAGE_SIZE,
                rows,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        table.forEach(System.out::println);
        System.out.println("CloudStack 4.22 on 2 cores, for comparison: p50 805 ms at 1 client, 7000 ms at 16,"
                + " 1.5 requests/s, start 54 s, resident 1 GiB");
    }

    private static Map<String, String> page(int number) {
        return Map.of(
                "command",
                "listBackups",
                "listall",
                "true",
                "page",
                String.valueOf(number),
                "pagesize",
                String.valueOf(PAGE_SIZE));
    }
}
