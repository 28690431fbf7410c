/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.TlsVersion;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.cloudstackbackup.clusterexport.http.Answer;
import org.cloudstackbackup.clusterexport.http.Connections;
import org.cloudstackbackup.clusterexport.http.Sockets;
import org.jspecify.annotations.Nullable;

/**
 * Reads over connections of our own, on the terms of the client that writes: the same trust and keys, and the
 * headers, credentials among them, that it would send. What only the client knows to do is left to it, and decided here alone.
 *
 * <p>Safe for use by many threads.
 */
final class DirectGets implements AutoCloseable {
    /** What a client decides for itself; it says so to those who want it otherwise. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "accept-encoding");

    private static final byte[] NO_BODY = {};
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);

    private final StandardHttpClient<?, ?, ?> client;
    private final StandardHttpClientBuilder<?, ?, ?> terms;
    private final Sockets sockets;
    private final Connections connections;

    private DirectGets(
            URI server,
            StandardHttpClient<?, ?, ?> client,
            StandardHttpClientBuilder<?, ?, ?> terms,
            SSLContext tls,
            Duration timeout) {
        this.client = requireNonNull(client, "client is null");
        this.terms = requireNonNull(terms, "terms is null");
        Duration connect = terms.getConnectTimeout() == null ? LONGEST_CONNECT : terms.getConnectTimeout();
        this.sockets = new Sockets(server, () -> tls, connect)
                .withTlsVersions(versions(terms.getTlsVersions()))
                .ofInterruptibleThreads();
        this.connections = new Connections(sockets, timeout);
    }

    /**
     * Nothing where the client alone knows the way to the server.
     *
     * @param terms what the client was built of
     * @param timeout for the head of an answer, and for each read of its body
     */
    static Optional<DirectGets> to(String server, HttpClient client, HttpClient.Builder terms, Duration timeout) {
        if (!(client instanceof StandardHttpClient<?, ?, ?> made)
                || !(terms instanceof StandardHttpClientBuilder<?, ?, ?> known)
                || known.getSslContext() == null) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = URI.create(server);
        } catch (IllegalArgumentException e) {
            // The client says so with the first call.
            return Optional.empty();
        }
        boolean plain = uri.getHost() != null
                && uri.getUserInfo() == null
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && !isProxied(uri, known);
        return plain ? Optional.of(new DirectGets(uri, made, known, known.getSslContext(), timeout)) : Optional.empty();
    }

    /** By the configuration, or else by the settings of this JVM, which count unless the configuration excludes the server. */
    private static boolean isProxied(URI server, StandardHttpClientBuilder<?, ?, ?> terms) {
        ProxySelector ofThisJvm = ProxySelector.getDefault();
        return terms.getProxyAddress() != null
                || terms.getProxyType() != HttpClient.ProxyType.DIRECT
                        && ofThisJvm != null
                        && ofThisJvm.select(server).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    private static List<String> versions(TlsVersion @Nullable [] versions) {
        return versions == null
                ? List.of()
                : Arrays.stream(versions).map(TlsVersion::javaName).toList();
    }

    /**
     * GETs what is at the address, which is one of the server. Nothing when the client has to be asked for it: it knows how to renew
     * credentials that are refused, and to follow a server that points elsewhere.
     *
     * @param repeated hears of it when the request is sent once more, as its kept connection was found closed
     * @throws IOException when no answer came
     */
    Optional<Answer> get(String address, String accept, Runnable repeated) throws IOException {
        Optional<byte[]> head = head(address, accept);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Answer answer = connections.send(head.get(), NO_BODY, repeated);
        if (answer.status() == 401 || answer.status() / 100 == 3) {
            answer.close();
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    private Optional<byte[]> head(String address, String accept) {
        HttpRequest.Builder builder =
                client.newHttpRequestBuilder().uri(address).header("Accept", accept);
        HttpRequest request = builder.build();
        for (Interceptor interceptor : terms.getInterceptors().values()) {
            interceptor.before(builder, request, client);
            request = builder.build();
        }
        URI uri = request.uri();
        StringBuilder head = new StringBuilder(512);
        head.append("GET ").append(uri.getRawPath());
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(sockets.hostHeader()).append("\r\n");
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            for (String value : header.getValue()) {
                if (!isPlain(header.getKey(), value)) {
                    return Optional.empty();
                }
                head.append(header.getKey()).append(": ").append(value).append("\r\n");
            }
        }
        return Optional.of(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether a header can be sent as it is, and says nothing about the connection. */
    private static boolean isPlain(String name, String value) {
        return name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                && value.chars().allMatch(c -> c >= ' ' && c <= '~')
                && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        connections.close();
    }
}
