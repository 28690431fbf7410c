/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.node.ServerNode;
import org.cloudstackbackup.server.api.ApiConfig;
import org.cloudstackbackup.server.api.ApiServer;
import org.cloudstackbackup.server.api.PlainAnswer;
import org.cloudstackbackup.server.identity.IdentityBootstrap.FirstAdmin;
import org.cloudstackbackup.server.job.DurableWork;
import org.cloudstackbackup.server.job.Node;
import org.cloudstackbackup.server.node.SignsOfLife;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcNodeStore;
import org.jspecify.annotations.Nullable;

/** The running server: starts its parts in order, and stops them within {@link #STOPPED_AFTER}. */
final class BackupServer implements AutoCloseable {
    /** The CloudStack release whose API is spoken. */
    static final String API_VERSION = "4.22.0.0";

    private static final Logger LOG = LogManager.getLogger(BackupServer.class);
    private static final int DATABASE_CONNECTIONS = 20;
    private static final Duration READY_WITHIN = Duration.ofSeconds(2);

    /** Without the end of the process itself a stop takes no longer, also while the database is away or hangs. */
    private static final Duration STOPPED_AFTER = Duration.ofMillis(4250);

    private final StopSequence stop = new StopSequence();
    /** Nobody waits for a database that is away any more, and interrupted work is kept for the next start. */
    private final StopSequence.Stage notice = stop.stage(Duration.ofMillis(100));
    /** Nothing new is accepted or begun, and what runs gets its time. */
    private final StopSequence.Stage work = stop.stage(Duration.ofMillis(2500));
    /** What is not done is handed over, if the database answers. */
    private final StopSequence.Stage handover = stop.stage(Duration.ofMillis(3250));
    /** What the work needed. */
    private final StopSequence.Stage resources = stop.stage(Duration.ofMillis(4000));
    /** What tells others that a server is at work here. */
    private final StopSequence.Stage last = stop.stage(STOPPED_AFTER);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<String> greeting = new ArrayList<>();
    private boolean closed;

    private BackupServer() {}

    /**
     * Starts everything; returns when requests are answered.
     *
     * @throws StartFailure with one line for whoever starts it; nothing is left running then
     */
    static BackupServer start(ServerOptions options) {
        BackupServer server = new BackupServer();
        try {
            server.startParts(options, Clock.systemUTC());
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** What is printed once the server is ready. */
    List<String> greeting() {
        return List.copyOf(greeting);
    }

    /** Returns when the server was closed. */
    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Stops accepting, gives running work two seconds, hands over what is left, and closes the database. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stop.run();
        stopped.countDown();
    }

    private void startParts(ServerOptions options, Clock clock) {
        DataFolder data = last.add("data folder", DataFolder.open(options.data()));
        Node node = node(data);
        Metrics metrics = last.add("metrics", new Metrics());
        Database database = resources.add("database", database(options, data));
        notice.add("waits for the database", database::hurry);
        metrics.watch(database.dataSource());
        Parts built = Parts.build(options, data, node, database, clock, admin -> keep(admin, data));
        resources.add("drivers", built.drivers());
        resources.add("PX-Backup commands", built.pxBackups());
        resources.add("dummy product", built.dummy());
        DurableWork durable = built.work();
        metrics.gauge(
                "cloudstackbackup.operations.open",
                "Backup operations that have not ended",
                () -> built.framework().operations().openOperationUuids().size());
        ApiServer api = work.add("API", api(options, node, built, database, metrics));
        listen(api::listen);
        Instant now = clock.instant();
        durable.start();
        notice.add("jobs", built.jobs()::stopping);
        work.add("workers", durable::stop);
        handover.add("unfinished work", durable::handOver);
        work.add("comparisons", built.syncs()).start(metrics::compared);
        listen(api::start);
        boolean plain = options.port() != ApiConfig.NO_PLAIN_PORT;
        int port = plain ? api.port() : api.tlsPort();
        work.add("signs of life", new SignsOfLife(new JdbcNodeStore(database), self(node, port, now), clock))
                .start();
        String url = (plain ? "http://" : "https://") + reachable(options.bind()) + ":" + port + "/client/api";
        CmkProfile.read(data).ifPresent(profile -> profile.at(url).write(data));
        greet(url, data, built.firstAdmin().isPresent());
        if (plain && options.tls() != null) {
            greeting.add("With TLS:       https://" + reachable(options.bind()) + ":" + api.tlsPort() + "/client/api");
        }
        greeting.add("CloudStack Backup is ready on port " + port);
    }

    private static ServerNode self(Node node, int port, Instant now) {
        return new ServerNode(
                node.id(),
                hostName(),
                false,
                API_VERSION,
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                port,
                now,
                null,
                now);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.debug("This host has no name", e);
            return "localhost";
        }
    }

    private static ApiServer api(ServerOptions options, Node node, Parts built, Database database, Metrics metrics) {
        Map<String, Supplier<PlainAnswer>> paths = Map.of(
                "/healthz", () -> new PlainAnswer(200, "text/plain; charset=utf-8", "ok\n"),
                "/readyz", () -> ready(database),
                "/metrics", () -> new PlainAnswer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
        ApiConfig config = new ApiConfig(
                options.bind(),
                options.port(),
                API_VERSION,
                node.id(),
                ApiConfig.DEFAULT_SESSION_TIMEOUT,
                ApiConfig.DEFAULT_THREADS,
                options.tls());
        return new ApiServer(
                config, built.apiPorts(), built.dispatcher(), paths, metrics::apiRequest, uiFolder(options));
    }

    private static @Nullable Path uiFolder(ServerOptions options) {
        Path folder = options.uiFolder();
        if (folder != null && !Files.isReadable(folder.resolve("index.html"))) {
            throw new StartFailure(
                    "--ui-folder: " + folder + " has no index.html that can be read; give what the build of"
                            + " CloudStack's UI leaves in its folder dist");
        }
        return folder;
    }

    /** An address under which this machine reaches the server. */
    private static String reachable(String bind) {
        if (bind.isEmpty() || bind.equals("0.0.0.0") || bind.equals("::")) {
            return "127.0.0.1";
        }
        return bind.indexOf(':') >= 0 ? "[" + bind + "]" : bind;
    }

    private interface Listening {
        void run() throws IOException;
    }

    private static void listen(Listening step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static PlainAnswer ready(Database database) {
        try {
            CompletableFuture.runAsync(() -> database.ping(READY_WITHIN)).get(READY_WITHIN.toMillis(), MILLISECONDS);
            return new PlainAnswer(200, "text/plain; charset=utf-8", "ready\n");
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.warn("The database does not answer: {}", e.toString());
            return new PlainAnswer(503, "text/plain; charset=utf-8", "the database does not answer\n");
        }
    }

    private static Database database(ServerOptions options, DataFolder data) {
        String given = options.databaseUrl();
        try {
            return Database.open(given == null ? Database.embeddedUrl(data.path()) : given, DATABASE_CONNECTIONS);
        } catch (RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String which =
                    given == null ? "the embedded database in " + data.path() : "database " + withoutSecrets(given);
            throw new StartFailure("Cannot open " + which + ": " + root.getMessage(), e);
        }
    }

    /** The URL up to its parameters, without a password before the host. */
    private static String withoutSecrets(String url) {
        return url.replaceAll("[?;].*", "").replaceAll("//[^/@]*@", "//");
    }

    private static Node node(DataFolder data) {
        try {
            return Node.in(data.path());
        } catch (IOException e) {
            throw new StartFailure("Cannot keep the server's id in " + data.path() + ": " + e, e);
        }
    }

    /** At once, so that nothing that fails later in the start can lose what is known only now. */
    private static void keep(FirstAdmin admin, DataFolder data) {
        new CmkProfile("", admin.keys().apiKey(), admin.keys().secretKey()).write(data);
        System.out.println("Admin user:     " + admin.username());
        if (admin.passwordGenerated()) {
            System.out.println("Admin password: " + admin.password());
        }
    }

    private void greet(String url, DataFolder data, boolean firstStart) {
        greeting.add("API URL:        " + url);
        if (firstStart) {
            CmkProfile.read(data).ifPresent(profile -> {
                greeting.add("CloudMonkey:");
                greeting.addAll(profile.commands());
                greeting.add("  (kept in " + data.path().resolve(CmkProfile.FILE) + ", readable by its owner only)");
            });
        }
    }
}
