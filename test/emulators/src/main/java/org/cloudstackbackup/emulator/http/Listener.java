/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** One listening port of an emulator, on the loopback address unless said otherwise. */
public final class Listener implements AutoCloseable {
    private static final int MOST_THREADS = 64;
    private static final int LEAST_THREADS = 2;
    private static final int IDLE_MILLIS = 60_000;
    private static final int HEADER_BYTES = 64 * 1024;

    private final Config config;
    private final Faults faults;
    private final Journal journal;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong handshakes = new AtomicLong();
    private final Authority.@Nullable Stores stores;
    private @Nullable Server server;
    private int port;

    /** Prepares the certificates, but does not listen yet. */
    public Listener(Config config, Faults faults, Journal journal) {
        this.config = requireNonNull(config, "config is null");
        this.faults = requireNonNull(faults, "faults is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.port = config.port();
        this.stores = config.tlsFolder() == null ? null : prepare(config.tlsFolder());
    }

    /** Listens; a second start after {@link #close} takes the same port. */
    public void start(Application application, Clock clock) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("emulator");
        threads.setDaemon(true);
        Server created = new Server(threads);
        ServerConnector connector = connector(created);
        created.addConnector(connector);
        created.setHandler(new FaultyHandler(application, faults, journal, clock));
        created.setStopTimeout(0);
        try {
            created.start();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot listen on " + config.host() + ", port " + port + ": " + e, e);
        }
        server = created;
        port = connector.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** Where the listener is, without a slash at the end. */
    public String url() {
        return (stores == null ? "http" : "https") + "://" + config.host() + ":" + port;
    }

    /** What clients need for TLS, or null without TLS. */
    public @Nullable TlsFiles tlsFiles() {
        return stores == null ? null : stores.files();
    }

    /** How many connections there have been. */
    public long connections() {
        return connections.get();
    }

    /** How many TLS handshakes have succeeded. */
    public long handshakes() {
        return handshakes.get();
    }

    @Override
    public void close() {
        Server running = server;
        server = null;
        if (running != null) {
            try {
                running.stop();
            } catch (Exception e) {
                throw new IllegalStateException("The listener on port " + port + " could not be stopped", e);
            }
        }
    }

    private ServerConnector connector(Server created) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setUriCompliance(org.eclipse.jetty.http.UriCompliance.UNSAFE);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = stores == null
                ? new ServerConnector(created, 1, 1, plain)
                : new ServerConnector(created, 1, 1, new SslConnectionFactory(tls(stores), "http/1.1"), plain);
        connector.setHost(config.host());
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.addBean(new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                if (connection instanceof org.eclipse.jetty.server.internal.HttpConnection) {
                    connections.incrementAndGet();
                }
            }

            @Override
            public void onClosed(Connection connection) {}
        });
        connector.addBean(new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
                handshakes.incrementAndGet();
            }
        });
        return connector;
    }

    private SslContextFactory.Server tls(Authority.Stores ready) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(ready.server());
        tls.setKeyStorePassword("");
        tls.setTrustStore(ready.trusted());
        tls.setTrustStorePassword("");
        tls.setNeedClientAuth(config.clientCertificate());
        return tls;
    }

    private static Authority.Stores prepare(Path folder) {
        try {
            return Authority.prepare(folder);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificates could not be made", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The certificates could not be written to " + folder, e);
        }
    }

    /**
     * Where and how to listen.
     *
     * @param port 0 takes a free one
     * @param tlsFolder where the files for clients go; null means no TLS
     * @param clientCertificate ask clients for a certificate
     */
    public record Config(String host, int port, @Nullable Path tlsFolder, boolean clientCertificate) {
        public Config {
            requireNonNull(host, "host is null");
        }
    }
}
