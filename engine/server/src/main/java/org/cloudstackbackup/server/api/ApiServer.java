/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The HTTP server: the API at {@code /client/api}, and small answers at other paths. */
public final class ApiServer implements AutoCloseable {
    /** How long a stop waits for what is being answered. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    /** How long it then waits for the threads; they are interrupted at half of it. */
    private static final Duration THREADS_STOP_TIMEOUT = Duration.ofMillis(400);
    /** How long a stop waits for connections on which nothing is being answered. */
    private static final Duration SHUTDOWN_IDLE_TIMEOUT = Duration.ofMillis(200);

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final int ACCEPT_QUEUE = 256;
    private static final int MOST_CONNECTIONS = 2048;
    private static final int HEADER_BYTES = 64 * 1024;
    private static final int SHORTEST_POOL = 4;

    private final ApiConfig config;
    private final Server server;
    private @Nullable ServerConnector plain;
    private @Nullable TlsListener tls;

    /** @param paths what is answered beside the API, by path, for example {@code /healthz} */
    public ApiServer(
            ApiConfig config,
            ApiPorts ports,
            CommandDispatcher dispatcher,
            Map<String, Supplier<PlainAnswer>> paths,
            RequestObserver observer) {
        this(config, ports, dispatcher, paths, observer, null);
    }

    /** @param ui folder of CloudStack's UI, to be served at {@code /client/}; null for none */
    public ApiServer(
            ApiConfig config,
            ApiPorts ports,
            CommandDispatcher dispatcher,
            Map<String, Supplier<PlainAnswer>> paths,
            RequestObserver observer,
            @Nullable Path ui) {
        this.config = config;
        QueuedThreadPool threads = new QueuedThreadPool(config.threads(), SHORTEST_POOL, (int) IDLE_TIMEOUT.toMillis());
        threads.setName("http");
        threads.setStopTimeout(THREADS_STOP_TIMEOUT.toMillis());
        this.server = new Server(threads);
        ApiEndpoint endpoint = new ApiEndpoint(config, ports, dispatcher, observer);
        Handler.Sequence handlers = new Handler.Sequence(new ApiHandler(endpoint, threads));
        if (ui != null) {
            handlers.addHandler(UiFolder.over(ui));
        }
        handlers.addHandler(new PlainHandler(paths));
        server.setHandler(new GracefulHandler(new SecurityHeaders(handlers)));
        server.setErrorHandler(errors());
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
    }

    /**
     * Takes the ports; nobody is answered yet. So what is wrong with them is known before anything else has begun.
     *
     * @throws IOException when a port cannot be listened on or the certificate cannot be used; the message is one line for the
     *     operator
     */
    public void listen() throws IOException {
        try {
            addListeners();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Answers requests, on the ports that were taken or are taken now.
     *
     * @throws IOException as {@link #listen}
     */
    public void start() throws IOException {
        if (plain == null && tls == null) {
            listen();
        }
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IOException("Cannot start to answer requests: " + e.getMessage(), e);
        }
        if (tls != null) {
            tls.watch(tls.connector().getScheduler());
        }
    }

    private void addListeners() throws IOException {
        HttpConfiguration http = http();
        List<ServerConnector> connectors = new ArrayList<>();
        if (config.isPlain()) {
            plain = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
            plain.setPort(config.port());
            connectors.add(plain);
        }
        TlsConfig secure = config.tls();
        if (secure != null) {
            tls = new TlsListener(server, secure, http, !config.isPlain());
            connectors.add(tls.connector());
        }
        for (ServerConnector connector : connectors) {
            listen(connector);
        }
        // A connection carries one request at a time, so this bounds what waits for a thread as well.
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connectors.toArray(Connector[]::new)));
    }

    private void listen(ServerConnector connector) throws IOException {
        connector.setHost(config.host().isEmpty() ? null : config.host());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_TIMEOUT.toMillis());
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException | RuntimeException e) {
            String where = (config.host().isEmpty() ? "port " : config.host() + ", port ") + connector.getPort();
            String reason = isBind(e) ? "it is in use or not allowed" : String.valueOf(e.getMessage());
            throw new IOException("Cannot listen on " + where + ": " + reason, e);
        }
    }

    /** The port that is listened on without TLS; only after the start. */
    public int port() {
        if (plain == null) {
            throw new IllegalStateException("There is no listener without TLS");
        }
        return plain.getLocalPort();
    }

    /** The port that is listened on with TLS; only after the start. */
    public int tlsPort() {
        if (tls == null) {
            throw new IllegalStateException("There is no listener with TLS");
        }
        return tls.connector().getLocalPort();
    }

    /** Accepts nothing new, waits a few seconds for what is being answered, and ends. Calling it again does nothing. */
    public void stop() {
        try {
            server.stop();
            for (Connector connector : server.getConnectors()) {
                ((ServerConnector) connector).close(); // also of a server that was never started
            }
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server could not be stopped cleanly", e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setUriCompliance(UriCompliance.DEFAULT);
        return http;
    }

    /** What Jetty itself refuses, such as a request line that is too long, tells nothing about the server's inside. */
    private static ErrorHandler errors() {
        ErrorHandler errors = new ErrorHandler();
        errors.setShowStacks(false);
        errors.setShowCauses(false);
        return errors;
    }

    private static boolean isBind(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** Puts CloudStack's security headers on every answer. */
    private static final class SecurityHeaders extends Handler.Wrapper {
        SecurityHeaders(Handler next) {
            super(next);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            HttpFields.Mutable headers = response.getHeaders();
            headers.put("X-Content-Type-Options", "nosniff");
            headers.put("X-XSS-Protection", "1;mode=block");
            headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            return super.handle(request, response, callback);
        }
    }
}
