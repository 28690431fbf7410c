/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Connects to one server; with TLS its name is compared with its certificate. Safe for use by many threads. */
public final class Sockets {
    private final URI endpoint;
    private final int port;
    private final Supplier<SSLContext> tls;
    private final Duration timeout;
    private final List<String> tlsVersions;
    private final boolean interruptible;
    private @Nullable SSLContext context;

    private Sockets(
            URI endpoint, Supplier<SSLContext> tls, Duration timeout, List<String> tlsVersions, boolean interruptible) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.tls = requireNonNull(tls, "tls is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.tlsVersions = List.copyOf(tlsVersions);
        this.interruptible = interruptible;
        int standard = isTls() ? 443 : 80;
        this.port = endpoint.getPort() < 0 ? standard : endpoint.getPort();
    }

    /**
     * @param endpoint of the scheme {@code http} or {@code https}, with a host
     * @param tls asked once, for the first connection with TLS; it knows whom to trust
     * @param timeout for making a connection
     */
    public Sockets(URI endpoint, Supplier<SSLContext> tls, Duration timeout) {
        this(endpoint, tls, timeout, List.of(), false);
    }

    /** The same with these versions of TLS only, by their names in Java; empty for those of the context. */
    public Sockets withTlsVersions(List<String> versions) {
        return new Sockets(endpoint, tls, timeout, versions, interruptible);
    }

    /** The same, but an interrupt ends what its thread waits for: an exception comes, and the connection is closed. */
    public Sockets ofInterruptibleThreads() {
        return new Sockets(endpoint, tls, timeout, tlsVersions, true);
    }

    /** The value of the header {@code Host}. */
    public String hostHeader() {
        return endpoint.getPort() < 0 || endpoint.getPort() == (isTls() ? 443 : 80)
                ? endpoint.getHost()
                : endpoint.getHost() + ":" + port;
    }

    /** Whether an interrupt has ended, or would end, what this thread does. */
    boolean isStopped() {
        return interruptible && Thread.currentThread().isInterrupted();
    }

    /** A new connection; TLS begins with the first request. */
    Connection connect(Duration requestTimeout) throws IOException {
        Socket plain = open();
        try {
            plain.setTcpNoDelay(true);
            return new Connection(plain, isTls() ? secured(plain) : plain, requestTimeout);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** To the first of the host's addresses that answers. */
    private Socket open() throws IOException {
        String host = endpoint.getHost().replaceAll("[\\[\\]]", "");
        IOException refused = null;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            Socket socket = interruptible ? SocketChannel.open().socket() : new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
                return socket;
            } catch (IOException e) {
                socket.close();
                IOException failure = new IOException("Connect to " + address + ":" + port + ": " + e.getMessage(), e);
                if (refused != null) {
                    failure.addSuppressed(refused);
                }
                refused = failure;
            }
        }
        throw requireNonNull(refused, "a host without addresses is unknown");
    }

    private SSLSocket secured(Socket plain) throws IOException {
        String host = endpoint.getHost();
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!tlsVersions.isEmpty()) {
            parameters.setProtocols(tlsVersions.toArray(String[]::new));
        }
        socket.setSSLParameters(parameters);
        return socket;
    }

    private synchronized SSLContext context() {
        if (context == null) {
            context = tls.get();
        }
        return context;
    }

    private boolean isTls() {
        return "https".equals(endpoint.getScheme());
    }

    @Override
    public String toString() {
        return "Sockets[" + endpoint + "]";
    }
}
