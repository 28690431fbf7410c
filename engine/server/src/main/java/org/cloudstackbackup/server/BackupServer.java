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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

/** The running server: starts its parts in order, and stops them in the reverse order. */
final class BackupServer implements AutoCloseable {
    /** The CloudStack release whose API is spoken. */
    static final String API_VERSION = "4.22.0.0";

    private static final Logger LOG = LogManager.getLogger(BackupServer.class);
    private static final int DATABASE_CONNECTIONS = 20;
    private static final Duration READY_WITHIN = Duration.ofSeconds(2);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
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

    /** Stops accepting, lets running work reach a safe point within seconds, and closes the database. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
        stopped.countDown();
    }

    private void startParts(ServerOptions options, Clock clock) {
        DataFolder data = opened(DataFolder.open(options.data()));
        Node node = node(data);
        Metrics metrics = opened(new Metrics());
        Database database = opened(database(options, data));
        metrics.watch(database.dataSource());
        Parts built = Parts.build(options, data, node, database, clock, admin -> keep(admin, data));
        opened(built.drivers());
        opened(built.pxBackups());
        opened(built.dummy());
        DurableWork work = built.work();
        metrics.gauge(
                "cloudstackbackup.operations.open",
                "Backup operations that have not ended",
                () -> built.framework().operations().openOperationUuids().size());
        ApiServer api = opened(api(options, node, built, database, metrics));
        listen(api::listen);
        Instant now = clock.instant();
        work.start();
        opened(() -> {
            built.jobs().stopping();
            work.close();
        });
        opened(built.syncs()).start(metrics::compared);
        // Once more, so that it is the first to stop.
        listen(opened(api)::start);
        boolean plain = options.port() != ApiConfig.NO_PLAIN_PORT;
        int port = plain ? api.port() : api.tlsPort();
        opened(new SignsOfLife(new JdbcNodeStore(database), self(node, port, now), clock))
                .start();
        opened(database::hurry);
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

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }
}
