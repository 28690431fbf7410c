/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SystemPropertyTlsKeyManagersProvider;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** Connects to the store's endpoint, with the same trust and keys as the SDK does. Safe for use by many threads. */
final class StoreSockets {
    private final URI endpoint;
    private final int port;
    private final TrustManager @Nullable [] trust;
    private final Duration timeout;
    private @Nullable SSLContext tls;

    /** {@code trust} is null for what Java trusts. */
    StoreSockets(URI endpoint, TrustManager @Nullable [] trust, Duration timeout) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.trust = trust == null ? null : trust.clone();
        this.timeout = requireNonNull(timeout, "timeout is null");
        int standard = isTls() ? 443 : 80;
        this.port = endpoint.getPort() < 0 ? standard : endpoint.getPort();
    }

    /** Whether the environment or the system properties want a proxy for the endpoint, which the SDK knows to use. */
    static boolean isProxied(URI endpoint) {
        ProxyConfiguration proxy = ProxyConfiguration.builder().build();
        String host = endpoint.getHost().toLowerCase(java.util.Locale.ROOT);
        boolean exempt =
                proxy.nonProxyHosts() != null && proxy.nonProxyHosts().stream().anyMatch(host::matches);
        return proxy.host() != null && !proxy.host().isEmpty() && !exempt;
    }

    /** The value of the header {@code Host}. */
    String hostHeader() {
        return endpoint.getPort() < 0 || endpoint.getPort() == (isTls() ? 443 : 80)
                ? endpoint.getHost()
                : endpoint.getHost() + ":" + port;
    }

    /** A new connection; TLS begins with the first request. */
    StoreConnection connect() throws IOException {
        Socket plain = open();
        try {
            plain.setTcpNoDelay(true);
            return new StoreConnection(plain, isTls() ? secured(plain) : plain);
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
            Socket socket = new Socket();
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
        socket.setSSLParameters(parameters);
        return socket;
    }

    private synchronized SSLContext context() {
        if (tls == null) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(SystemPropertyTlsKeyManagersProvider.create().keyManagers(), trust, null);
                tls = context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("TLS is part of Java", e);
            }
        }
        return tls;
    }

    private boolean isTls() {
        return "https".equals(endpoint.getScheme());
    }

    @Override
    public String toString() {
        return "StoreSockets[" + endpoint + ", " + (trust == null ? "Java's trust" : Arrays.toString(trust)) + "]";
    }
}
