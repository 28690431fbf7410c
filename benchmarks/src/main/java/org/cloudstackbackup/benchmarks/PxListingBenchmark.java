/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cloudstackbackup.pxbackup.client.Login;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.Pause;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.pxbackup.client.Tls;

/**
 * The client of PX-Backup lists many backups of the emulator, which is a process of its own and tells how long it worked itself,
 * over TLS; then it makes many small calls.
 *
 * <p>Arguments: the emulator's jar, the number of backups. Run with the heap that is to be enough.
 */
public final class PxListingBenchmark implements AutoCloseable {
    private static final int LISTINGS = 5;
    private static final int CALLS = 5000;
    private static final Pattern READY =
            Pattern.compile("PX-Backup emulator ready: (https?://\\S+) .*admin (http://\\S+?)/_emu/");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process emulator;
    private final String url;
    private final String admin;

    private PxListingBenchmark(Path jar, Path folder) throws IOException {
        emulator = new ProcessBuilder(
                        "java",
                        "-Xmx1g",
                        "-jar",
                        jar.toString(),
                        "px-backup",
                        "--port",
                        "0",
                        "--token",
                        "bench",
                        "--speed",
                        "0",
                        "--empty",
                        "--tls-folder",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(emulator.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        if (!ready.find()) {
            emulator.destroy();
            throw new IOException("The emulator did not start; it said: " + line);
        }
        url = ready.group(1);
        admin = ready.group(2) + "/_emu/";
    }

    public static void main(String[] arguments) throws Exception {
        int backups = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("px-listing");
        System.out.printf(
                Locale.ROOT,
                "Listing of %d backups over TLS, %d processors, heap of at most %d MiB, Java %s%n",
                backups,
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.version());
        try (PxListingBenchmark benchmark = new PxListingBenchmark(Path.of(arguments[0]), folder)) {
            benchmark.measure(backups, folder.resolve("ca.pem"));
        }
    }

    private void measure(int backups, Path authority) {
        post(
                "seed",
                "{\"clusters\":[{\"name\":\"c\",\"timeZone\":\"UTC\",\"claims\":[{\"namespace\":\"n\",\"name\":\"d\","
                        + "\"size\":1073741824,\"text\":\"t\"}],\"machines\":[{\"namespace\":\"n\",\"name\":\"vm\","
                        + "\"claims\":[\"d\"],\"phase\":\"running\"}]}],\"locations\":[{\"name\":\"l\",\"lockDays\":0}],"
                        + "\"backups\":{\"count\":" + backups
                        + ",\"cluster\":\"c\",\"location\":\"l\",\"prefix\":\"old\"}}");
        PxBackupConfig config = PxBackupConfig.of(url, Login.token("bench")).withTls(Tls.trusting(authority));
        try (PxBackupClient client = new PxBackupClient(config, Clock.systemUTC(), Pause.REAL)) {
            for (int run = 1; run <= LISTINGS; run++) {
                list(client, backups, run);
            }
            calls(client);
            System.out.printf(
                    Locale.ROOT,
                    "  TLS handshakes of all these calls: %s%n",
                    found("\"handshakes\":\\s*(\\d+)", get("state")));
        }
    }

    private void list(PxBackupClient client, int backups, int run) {
        forget();
        AtomicLong count = new AtomicLong();
        long beginCpu = cpuNanos();
        long begin = System.nanoTime();
        client.backups().forEach(Parameters.none(), each -> count.incrementAndGet());
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
        long cpu = cpuNanos() - beginCpu;
        if (count.get() != backups) {
            throw new IllegalStateException("Listed " + count + " backups, not " + backups);
        }
        String journal = get("journal");
        long server = serverMicros(journal);
        System.out.printf(
                Locale.ROOT,
                "  run %d: %d pages in %.2f s, %.2f s of them in the server: %.0f%%; ours %.1f us a backup, %.1f us of CPU%n",
                run,
                found("\"count\":\\s*(\\d+)", journal),
                micros / 1e6,
                server / 1e6,
                100.0 * server / micros,
                (micros - server) / (double) backups,
                cpu / 1e3 / backups);
    }

    private void calls(PxBackupClient client) {
        long[] took = new long[CALLS];
        forget();
        for (int i = 0; i < CALLS; i++) {
            long begin = System.nanoTime();
            client.version();
            took[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
        }
        long server = serverMicros(get("journal")) / CALLS;
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT,
                "  %d small calls: p50 %d us, p99 %d us, of which the server has %d us on average%n",
                CALLS,
                took[CALLS / 2],
                took[CALLS * 99 / 100],
                server);
    }

    /** Of the whole process, compiler and collector too. */
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long serverMicros(String journal) {
        return found("\"micros\":\\s*(\\d+)", journal);
    }

    private void forget() {
        send(HttpRequest.newBuilder(URI.create(admin + "journal")).DELETE().build());
    }

    private String get(String what) {
        return send(HttpRequest.newBuilder(URI.create(admin + what)).build());
    }

    private void post(String what, String body) {
        send(HttpRequest.newBuilder(URI.create(admin + what))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(request + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(request + " was interrupted", e);
        }
    }

    private static long found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("No " + pattern + " in " + text.substring(0, Math.min(200, text.length())));
        }
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public void close() {
        emulator.destroy();
    }
}
