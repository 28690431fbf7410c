/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exports a filled cluster and prints, beside each run, the larger of two bounds measured in the same run: listing everything
 * and discarding it, and putting bodies that are there already.
 *
 * <p>Arguments: the folder of the export's module, which is packaged; the workload. The environment has the API server and the S3 server.
 */
public final class ClusterExportBenchmark {
    private static final String BUCKET = "bench";
    private static final String REGION = System.getenv().getOrDefault("S3_REGION", "us-east-1");
    private static final int UPLOADS = 32;
    private static final int WARM_UP = 20_000;
    private static final int TYPICAL_BYTES = 1500;
    private static final Duration DELAY = Duration.ofMillis(30);
    /** How long another client is watched at least: a p99 of one run of W1 would be that of a dozen answers, of one hiccup of the machine. */
    private static final Duration WATCHED = Duration.ofSeconds(60);
    /** Made anew by the cluster all the time; neither the export nor the bound reads them. */
    private static final Set<String> WITHOUT = Set.of("events", "leases", "endpoints", "endpointslices", "nodes");

    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
    /** Each changes anew and has a bound of its own; the middle one counts. */
    private static final int ROUNDS = 3;

    private static final Pattern READS =
            Pattern.compile("(?m)^apiserver_request_total\\{[^}]*verb=\"(LIST|WATCH)\"[^}]*} (\\S+)$");

    private final Program program;
    private final String name;
    private final KubeHttp admin;
    private final KubeHttp reader;
    private final S3Relay relay;
    private final Path work;

    private ClusterExportBenchmark(Program program, String name, KubeHttp admin, S3Relay relay, Path work)
            throws IOException, InterruptedException {
        this.program = program;
        this.name = name;
        this.admin = admin;
        this.reader = admin.as(readerToken(admin));
        this.relay = relay;
        this.work = work;
        Files.writeString(work.resolve("kubeconfig"), reader.kubeconfig());
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory("cluster-export-bench");
        try (S3Relay relay = S3Relay.to(Integer.parseInt(KubeHttp.variable("S3_PORT")))) {
            Program program = Program.prepare(Path.of(arguments[0]), work);
            new ClusterExportBenchmark(program, arguments[1], KubeHttp.fromEnvironment(), relay, work).measure();
        }
    }

    private void measure() throws Exception {
        Workload workload = Workload.named(name);
        long begin = System.nanoTime();
        workload.fill(admin);
        System.out.printf(
                Locale.ROOT,
                "%s: %d objects made in %.0f s; %d processors%n",
                name,
                workload.objects(),
                (System.nanoTime() - begin) / 1e9,
                Runtime.getRuntime().availableProcessors());
        warmUp();
        double idle = idleP99();
        ListBound.Result lists = listBound();
        print(lists);
        if (name.equals("W4")) {
            run("first run", "bench", lists.pages(), 0, 0, false);
            changed(workload, lists.pages());
            return;
        }
        fresh(lists, idle);
    }

    private static void print(ListBound.Result lists) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.1f s  %d pages, %.0f MB%n",
                "bound: LIST, discarded",
                lists.seconds(),
                lists.pages(),
                lists.bytes() / 1e6);
    }

    private void fresh(ListBound.Result lists, double idle) throws Exception {
        double first = run("first run", "bench", lists.pages(), -1, 0, false);
        List<Integer> sizes = sizes("bench");
        PutBound puts = puts(sizes);
        double put = puts.run(BUCKET, "bound/plain", sizes, UPLOADS);
        double bound = Math.max(lists.seconds(), put);
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.1f s  %d bodies, %d at once%n",
                "bound: PUT, prepared",
                put,
                sizes.size(),
                UPLOADS);
        aim("first run / larger bound", first / bound, 1.5);
        System.out.printf(Locale.ROOT, "%-28s %8.1f objects/s%n", "first run", sizes.size() / first);
        others(lists, puts, sizes, idle);
        run("again, nothing changed", "bench", lists.pages(), 0, lists.seconds(), false);
        run("first run, one processor", "single", lists.pages(), sizes.size(), 0, true);
        relay.delayPuts(DELAY);
        double delayed = puts.run(BUCKET, "bound/delayed", sizes, UPLOADS);
        double late = run("first run, PUT + 30 ms", "late", lists.pages(), sizes.size(), 0, false);
        System.out.printf(Locale.ROOT, "%-28s %8.1f s%n", "bound: PUT + 30 ms", delayed);
        aim("delayed / its bound", late / Math.max(delayed, lists.seconds()), 2);
    }

    /** What another client of the API server feels of an export, and of each bound alone. */
    private void others(ListBound.Result lists, PutBound puts, List<Integer> sizes, double idle) throws Exception {
        double beside;
        double besideLists;
        double besidePuts;
        try (Probe probe = probe()) {
            long end = System.nanoTime() + WATCHED.toNanos();
            for (int run = 1; run == 1 || System.nanoTime() < end; run++) {
                run("first run, beside a client", "beside-" + run, lists.pages(), sizes.size(), 0, false);
            }
            beside = probe.p99();
        }
        try (Probe probe = probe()) {
            ListBound bound = ListBound.of(reader, WITHOUT);
            for (long end = System.nanoTime() + WATCHED.toNanos(); System.nanoTime() < end; ) {
                bound.run();
            }
            besideLists = probe.p99();
        }
        try (Probe probe = probe()) {
            puts.run(BUCKET, "bound/beside", sizes, UPLOADS);
            besidePuts = probe.p99();
        }
        relay.takeCounts();
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.1f ms, idle %.1f ms, beside the LIST bound %.1f ms, beside the PUT bound %.1f ms%n",
                "p99 of the client's GETs",
                beside,
                idle,
                besideLists,
                besidePuts);
        aim("p99 / idle", beside / idle, 3);
    }

    private void changed(Workload workload, int pages) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            int files = workload.churn(admin, round);
            // Else it depends on who comes first whether the type that changed last is listed from the server's cache.
            admin.send("POST", LEASES, "{\"metadata\":{\"generateName\":\"bench-\"}}");
            ListBound.Result lists = listBound();
            print(lists);
            double again = run("1% changed", "bench", pages, files, lists.seconds(), false);
            ratios.add(again / lists.seconds());
        }
        Collections.sort(ratios);
        aim("1% changed / LIST, median", ratios.get(ROUNDS / 2), 1.3);
    }

    /** Runs the export and prints what it took; {@code files} below 0 stands for all there are. */
    private double run(String what, String cluster, int pages, int files, double bound, boolean oneCpu)
            throws IOException, InterruptedException {
        relay.takeCounts();
        Reads before = reads();
        Path log = work.resolve(what.replaceAll("[^a-z0-9]+", "-") + ".log");
        ExportRun run = ExportRun.of(program, environment(cluster), log, oneCpu);
        Reads after = reads();
        long lists = after.lists() - before.lists();
        long watches = after.watches() - before.watches();
        Map<String, Long> requests = relay.takeCounts();
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.1f s  %6.1f s CPU, peak %d MiB, %d LIST, %d WATCH, S3 %s%n",
                what,
                run.seconds(),
                run.cpuSeconds(),
                run.peakKib() / 1024,
                lists,
                watches,
                requests);
        int changed = files < 0 ? sizes(cluster).size() : files;
        long all = lists
                + watches
                + requests.values().stream().mapToLong(Long::longValue).sum();
        if (files != 0) {
            aim("  requests / (pages + changed)", all / (double) (pages + changed), 1.05);
        }
        aim("  peak MiB", run.peakKib() / 1024.0, 512);
        if (bound > 0) {
            System.out.printf(Locale.ROOT, "  %.2f of the LIST bound%n", run.seconds() / bound);
        }
        return run.seconds();
    }

    private static void aim(String what, double value, double most) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.2f (aim: at most %.2f) %s%n",
                what,
                value,
                most,
                value <= most ? "met" : "NOT MET");
    }

    private Map<String, String> environment(String cluster) {
        return Map.ofEntries(
                Map.entry("KUBECONFIG", work.resolve("kubeconfig").toString()),
                Map.entry("CONFIG_MAP", "none"),
                Map.entry("CLUSTER_NAME", cluster),
                Map.entry("MINIO_ENDPOINT", "127.0.0.1:" + relay.port()),
                Map.entry("MINIO_USE_SSL", "false"),
                Map.entry("MINIO_BUCKET", BUCKET),
                Map.entry("MINIO_REGION", REGION),
                Map.entry("MINIO_ACCESS_KEY", KubeHttp.variable("S3_ACCESS_KEY")),
                Map.entry("MINIO_SECRET_KEY", KubeHttp.variable("S3_SECRET_KEY")),
                Map.entry("EXCLUDE_RESOURCES", String.join(",", WITHOUT)),
                Map.entry("EXCLUDE_NAMESPACES", ""),
                Map.entry("BATCH_SIZE", "500"),
                Map.entry("UPLOAD_CONCURRENCY", String.valueOf(UPLOADS)),
                Map.entry("METRICS_PORT", "0"),
                Map.entry("TMPDIR", work.toString()));
    }

    /** An S3 server that was just started is half as quick, which would flatter whoever comes later. */
    private void warmUp() throws Exception {
        List<Integer> sizes = Collections.nCopies(WARM_UP, TYPICAL_BYTES);
        PutBound puts = puts(sizes);
        puts.makeBucket(BUCKET);
        puts.run(BUCKET, "warm/up", sizes, UPLOADS);
    }

    private double idleP99() throws InterruptedException, IOException {
        try (Probe probe = probe()) {
            TimeUnit.NANOSECONDS.sleep(WATCHED.toNanos());
            return probe.p99();
        }
    }

    private Probe probe() throws InterruptedException, IOException {
        return Probe.start(admin.as(readerToken(admin)), "/api/v1/namespaces/default");
    }

    /** The quicker of two, so that neither this process nor the server is cold. */
    private ListBound.Result listBound() throws IOException, InterruptedException {
        ListBound bound = ListBound.of(reader, WITHOUT);
        ListBound.Result first = bound.run();
        ListBound.Result second = bound.run();
        return first.seconds() < second.seconds() ? first : second;
    }

    private PutBound puts(List<Integer> sizes) {
        int largest = sizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
        return new PutBound(
                relay.port(), KubeHttp.variable("S3_ACCESS_KEY"), KubeHttp.variable("S3_SECRET_KEY"), REGION, largest);
    }

    /** The sizes of the files of a cluster, as they were sent. */
    private List<Integer> sizes(String cluster) {
        return relay.sizes("/" + BUCKET + "/clusterbackup/" + cluster + "/");
    }

    /** How many lists and watches the API server has answered since it started; its own watches of itself are among them. */
    private Reads reads() throws IOException, InterruptedException {
        Matcher matcher = READS.matcher(admin.get("/metrics"));
        double lists = 0;
        double watches = 0;
        while (matcher.find()) {
            double count = Double.parseDouble(matcher.group(2));
            if (matcher.group(1).equals("LIST")) {
                lists += count;
            } else {
                watches += count;
            }
        }
        return new Reads(Math.round(lists), Math.round(watches));
    }

    private record Reads(long lists, long watches) {}

    /** A token of a service account that may list everything; the administrator is exempt from the server's fair queues. */
    private static String readerToken(KubeHttp admin) throws IOException, InterruptedException {
        String account = "reader-" + Long.toHexString(System.nanoTime());
        String accounts = "/api/v1/namespaces/default/serviceaccounts";
        admin.send("POST", accounts, "{\"metadata\":{\"name\":\"" + account + "\"}}");
        admin.send("POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", """
                {"metadata": {"name": "%s"}, "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]}]}
                """.formatted(account));
        admin.send("POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", """
                {"metadata": {"name": "%s"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "%s"},
                 "subjects": [{"kind": "ServiceAccount", "namespace": "default", "name": "%s"}]}
                """.formatted(
                        account, account, account));
        String answer =
                admin.send("POST", accounts + "/" + account + "/token", "{\"spec\":{\"expirationSeconds\":7200}}");
        return com.google.gson.JsonParser.parseString(answer)
                .getAsJsonObject()
                .getAsJsonObject("status")
                .get("token")
                .getAsString();
    }
}
