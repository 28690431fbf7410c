/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Random calls from many clients: lists with all sorts of filters, and backups and deletions that go on beside them. Fails at any
 * answer that is no answer or refusal in order, and when the live heap at the end is more than a quarter and 16 MiB over that after
 * the first fifth.
 *
 * <p>Arguments: the start script, the number of clients, seconds.
 */
public final class ApiLoadBenchmark {
    /** The VM is busy, the limit is reached, or what was picked is gone by now: what the server must say when clients get into each other's way. */
    private static final Set<Integer> REFUSALS = Set.of(431, 535, 536);

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern VM = Pattern.compile("\"id\":\"([^\"]+)\",\"name\":\"demo-vm");
    private static final Pattern JOB = Pattern.compile("\"jobid\":\"([^\"]+)\"");
    private static final long MIB = 1L << 20;

    private final ServerProcess server;
    private final SignedClient client;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private List<String> vms = List.of();

    private ApiLoadBenchmark(ServerProcess server, SignedClient client) {
        this.server = server;
        this.client = client;
    }

    public static void main(String[] arguments) throws Exception {
        Path script = Path.of(arguments[0]);
        int clients = Integer.parseInt(arguments[1]);
        Duration whole = Duration.ofSeconds(Long.parseLong(arguments[2]));
        Path data =
                Files.createDirectories(Files.createTempDirectory("api-load-").resolve("data"));
        boolean good;
        try (ScratchMariaDb mariaDb = ScratchMariaDb.start();
                ServerProcess server = ServerProcess.start(script, ServerProcess.freePort(), data, mariaDb.url())) {
            good = new ApiLoadBenchmark(server, server.awaitFirstAnswer()).run(clients, whole);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(int clients, Duration whole) throws Exception {
        prepare();
        System.out.printf(
                Locale.ROOT,
                "random calls, %d clients, %d s, MariaDB, %d processors, Java %s%n",
                clients,
                whole.toSeconds(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        load(clients, whole.dividedBy(5));
        long before = server.liveHeapBytes();
        load(clients, whole.multipliedBy(4).dividedBy(5));
        long after = server.liveHeapBytes();
        System.out.printf(
                Locale.ROOT,
                "%d answers, %.1f a second, %d refusals in order, %d errors, slowest %d ms%n",
                answers.get(),
                answers.get() / (double) whole.toSeconds(),
                refusals.get(),
                errors.size(),
                slowest.get());
        System.out.printf(
                Locale.ROOT,
                "live heap after a full collection: %.1f MiB after the first fifth, %.1f MiB at the end; resident %d MiB%n",
                before / (double) MIB,
                after / (double) MIB,
                server.residentKib() / 1024);
        errors.stream().limit(10).forEach(System.out::println);
        boolean flat = after <= before + before / 4 + 16 * MIB;
        if (!flat) {
            System.out.println("The live heap has grown");
        }
        return errors.isEmpty() && flat;
    }

    private void prepare() throws Exception {
        String zone = first(ID, client.call(Map.of("command", "listZones")));
        String offering = first(
                ID,
                job(Map.of(
                        "command", "importBackupOffering",
                        "name", "Gold",
                        "description", "Gold",
                        "externalid", "gold-policy",
                        "zoneid", zone,
                        "allowuserdrivenbackups", "true")));
        vms = all(VM, client.call(Map.of("command", "listVirtualMachines", "listall", "true")));
        if (vms.isEmpty()) {
            throw new IllegalStateException("The demo has no VMs");
        }
        for (String vm : vms) {
            job(Map.of(
                    "command", "assignVirtualMachineToBackupOffering",
                    "virtualmachineid", vm,
                    "backupofferingid", offering));
        }
    }

    /** What queryAsyncJobResult tells once the job has ended well. */
    private String job(Map<String, String> call) throws Exception {
        String job = first(JOB, client.call(call));
        while (true) {
            String told = client.call(Map.of("command", "queryAsyncJobResult", "jobid", job));
            if (told.contains("\"jobstatus\":1")) {
                return told.substring(told.indexOf("\"jobresult\":"));
            }
            if (!told.contains("\"jobstatus\":0")) {
                throw new IllegalStateException(call + " failed: " + told);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void load(int clients, Duration duration) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long end = System.nanoTime() + duration.toNanos();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        one();
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private void one() throws InterruptedException {
        ThreadLocalRandom dice = ThreadLocalRandom.current();
        Map<String, String> call = new TreeMap<>();
        call.put("listall", "true");
        String vm = vms.get(dice.nextInt(vms.size()));
        switch (dice.nextInt(14)) {
            case 0 -> call.putAll(Map.of("command", "createBackup", "virtualmachineid", vm));
            case 1 -> call.putAll(Map.of("command", "deleteBackup", "id", backup(vm)));
            case 2 -> call.putAll(Map.of("command", "listVirtualMachines", "keyword", "demo"));
            case 3 -> call.putAll(Map.of("command", "listVolumes", "virtualmachineid", vm));
            case 4 ->
                call.putAll(Map.of(
                        "command", "listEvents", "page", String.valueOf(1 + dice.nextInt(50)), "pagesize", "20"));
            case 5 -> call.putAll(Map.of("command", "listAsyncJobs", "page", "1", "pagesize", "20"));
            case 6 -> call.putAll(Map.of("command", "listZones"));
            case 7 -> call.putAll(Map.of("command", "listBackupOfferings"));
            case 8 -> call.putAll(Map.of("command", "listConfigurations", "keyword", "backup"));
            case 9 -> call.putAll(Map.of("command", "listBackups", "keyword", "vm-" + dice.nextInt(1000)));
            case 10 ->
                call.putAll(Map.of("command", "listBackups", "status", dice.nextBoolean() ? "Failed" : "Removed"));
            case 11 -> call.putAll(Map.of("command", "listBackups", "name", "no-" + dice.nextInt(100_000)));
            default ->
                call.putAll(Map.of(
                        "command",
                        "listBackups",
                        "page",
                        String.valueOf(1 + dice.nextInt(30)),
                        "pagesize",
                        "20",
                        "listvmdetails",
                        String.valueOf(dice.nextBoolean())));
        }
        String body = answer(call);
        Matcher job = JOB.matcher(body);
        if (job.find()) {
            answer(Map.of("command", "queryAsyncJobResult", "jobid", job.group(1)));
        }
    }

    private String backup(String vm) throws InterruptedException {
        List<String> ids = all(
                ID,
                answer(Map.of(
                        "command", "listBackups",
                        "virtualmachineid", vm,
                        "listall", "true",
                        "page", "1",
                        "pagesize", "5")));
        return ids.isEmpty() ? "none" : ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
    }

    private String answer(Map<String, String> call) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(call);
            answers.incrementAndGet();
            slowest.accumulateAndGet((System.nanoTime() - begin) / 1_000_000, Math::max);
            if (REFUSALS.contains(response.statusCode())) {
                refusals.incrementAndGet();
            } else if (response.statusCode() != 200) {
                errors.add(response.statusCode() + " for " + call + ": " + response.body());
            }
            return response.body();
        } catch (java.io.IOException e) {
            errors.add(e + " for " + call);
            return "";
        }
    }

    private static String first(Pattern pattern, String text) {
        return all(pattern, text).get(0);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
