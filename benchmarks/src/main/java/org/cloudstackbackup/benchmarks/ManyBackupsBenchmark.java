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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * First and last pages of listings among very many backups of 10,000 VMs and 100 accounts on MariaDB. Fails when the 99th
 * percentile of a last page is more than twice that of the first page.
 *
 * <p>Arguments: the start script, the number of backups, seconds per measurement.
 */
public final class ManyBackupsBenchmark {
    private static final int PAGE_SIZE = 20;
    private static final double ALLOWED = 2;

    private ManyBackupsBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path script = Path.of(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        Duration measured = Duration.ofSeconds(Long.parseLong(arguments[2]));
        Path data = Files.createDirectories(
                Files.createTempDirectory("many-backups-").resolve("data"));
        boolean good = true;
        try (ScratchMariaDb mariaDb = ScratchMariaDb.start()) {
            try (ServerProcess server = ServerProcess.start(script, ServerProcess.freePort(), data, mariaDb.url())) {
                server.awaitFirstAnswer();
            }
            long begin = System.nanoTime();
            Filling.fillMariaDb(mariaDb.url(), rows);
            System.err.printf(Locale.ROOT, "filled in %.0f s%n", (System.nanoTime() - begin) / 1e9);
            try (ServerProcess server = ServerProcess.start(script, ServerProcess.freePort(), data, mariaDb.url())) {
                SignedClient client = server.awaitFirstAnswer();
                System.out.printf(
                        Locale.ROOT,
                        "listBackups, signed, pages of %d, %d backups, 10000 VMs, 100 accounts, MariaDB, %d processors, Java %s%n",
                        PAGE_SIZE,
                        rows,
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version());
                good &= compare(client, measured, "all", Map.of());
                good &= compare(
                        client, measured, "one account", Map.of("account", "bench-42", "domainid", root(client)));
                good &= compare(client, measured, "status=Failed", Map.of("status", "Failed"));
                good &= compare(
                        client,
                        measured,
                        "half the dates",
                        Map.of("startdate", "2025-06-01", "enddate", "2026-06-01", "provider", "dummy"));
            }
        }
        if (!good) {
            System.out.println("A last page's 99th percentile is over twice the first page's");
            System.exit(1);
        }
    }

    private static boolean compare(SignedClient client, Duration measured, String what, Map<String, String> filter)
            throws Exception {
        long begin = System.nanoTime();
        int rows = count(client.call(page(filter, 1)));
        double cold = (System.nanoTime() - begin) / 1e6;
        int last = (rows + PAGE_SIZE - 1) / PAGE_SIZE;
        begin = System.nanoTime();
        client.call(page(filter, last));
        client.call(page(filter, last));
        double deep = (System.nanoTime() - begin) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%-14s %8d rows  count %.0f ms, landmarks %.0f ms, once per change%n",
                what,
                rows,
                cold,
                deep);
        Load.alternate(client, 1, measured.dividedBy(4), List.of(() -> page(filter, 1), () -> page(filter, last)));
        boolean good = true;
        for (int clients : new int[] {1, 16}) {
            List<Load.Result> results =
                    Load.alternate(client, clients, measured, List.of(() -> page(filter, 1), () -> page(filter, last)));
            double ratio = results.get(1).percentileMillis(99) / results.get(0).percentileMillis(99);
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %2d clients  first page p50 %7.2f ms p99 %7.2f ms  last page p50 %7.2f ms p99 %7.2f ms  ratio of p99 %.2f%n",
                    what,
                    clients,
                    results.get(0).percentileMillis(50),
                    results.get(0).percentileMillis(99),
                    results.get(1).percentileMillis(50),
                    results.get(1).percentileMillis(99),
                    ratio);
            good &= ratio <= ALLOWED;
        }
        return good;
    }

    private static Map<String, String> page(Map<String, String> filter, int number) {
        Map<String, String> call = new TreeMap<>(filter);
        call.putAll(Map.of(
                "command",
                "listBackups",
                "listall",
                "true",
                "page",
                String.valueOf(number),
                "pagesize",
                String.valueOf(PAGE_SIZE)));
        return call;
    }

    private static int count(String answer) {
        return Integer.parseInt(answer.replaceFirst("(?s).*?\"count\":(\\d+).*", "$1"));
    }

    private static String root(SignedClient client) throws Exception {
        return client.call(Map.of("command", "listDomains", "level", "0", "listall", "true"))
                .replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    }
}
