/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig.Limits;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to one server over connections that are kept, and reads the answer within its limits. No retry, no redirect, no
 * cookie. For many threads.
 */
final class HttpTransport implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(HttpTransport.class);
    private static final int CONNECTIONS = 20;
    private static final int BUFFER = 16 * 1024;
    /** A whole answer may take so many times the longest silence. */
    private static final int SILENCES = 10;

    private final Address address;
    private final Limits limits;
    private final Clock clock;
    private final CloseableHttpClient http;

    HttpTransport(String setting, Address address, Tls tls, Limits limits, Clock clock) {
        this.address = address;
        this.limits = limits;
        this.clock = clock;
        this.http = client(tls, limits);
        if (!tls.verify()) {
            LOG.warn(
                    "{}: the certificate of {} is not verified; anybody in between can read the token",
                    setting,
                    address.text());
        }
        if (address.isExposed()) {
            LOG.warn("{}: {} is clear text; anybody in between can read the token", setting, address.text());
        }
    }

    private static CloseableHttpClient client(Tls tls, Limits limits) {
        Timeout read = Timeout.of(limits.read());
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(socket -> new QuietConnection())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        PemFiles.context(tls),
                        tls.verify() ? HostnameVerificationPolicy.BOTH : HostnameVerificationPolicy.CLIENT,
                        tls.verify() ? HttpsSupport.getDefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(read)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(read)
                        .setConnectionRequestTimeout(read)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .evictIdleConnections(TimeValue.ofMinutes(1))
                .build();
    }

    Address address() {
        return address;
    }

    /**
     * Sends and reads.
     *
     * @param path encoded, with its query
     * @param authorization the header, or null for none
     * @throws PxBackupException when no whole answer came; an answer of any status is no failure here
     */
    Answer send(String method, String path, @Nullable String authorization, @Nullable HttpEntity body) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, java.net.URI.create(address.with(path)));
        request.setHeader("Accept", "application/json");
        if (authorization != null) {
            request.setHeader("Authorization", authorization);
        }
        request.setEntity(body);
        String told = told(method, path);
        long begin = System.nanoTime();
        try {
            Answer answer = http.execute(request, response -> read(request, response, told));
            LOG.debug("{} answered {} after {} ms", told, answer.status(), millisSince(begin));
            return answer;
        } catch (IOException e) {
            LOG.debug(
                    "{} failed after {} ms: {}",
                    told,
                    millisSince(begin),
                    e.getClass().getSimpleName());
            throw failure(told, e);
        }
    }

    private Answer read(HttpUriRequestBase request, ClassicHttpResponse response, String told) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : body(request, entity, told);
        return new Answer(response.getCode(), body, retryAfter(response.getFirstHeader("Retry-After")));
    }

    private byte[] body(HttpUriRequestBase request, HttpEntity entity, String told) throws IOException {
        long end = System.nanoTime() + limits.read().toNanos() * SILENCES;
        long length = entity.getContentLength();
        Whole whole = new Whole(length < 0 ? BUFFER : (int) Math.min(length, limits.answerBytes()));
        try (InputStream in = entity.getContent()) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (whole.size() + count > limits.answerBytes()) {
                    request.abort();
                    throw new PxBackupException(
                            Reason.TOO_LARGE,
                            told + " answers more than the allowed " + limits.answerBytes()
                                    + " bytes; smaller pages may help",
                            null);
                }
                if (System.nanoTime() - end > 0) {
                    request.abort();
                    throw new SocketTimeoutException("the answer trickles");
                }
                whole.write(buffer, 0, count);
            }
        }
        return whole.bytes();
    }

    private @Nullable Duration retryAfter(@Nullable Header header) {
        if (header == null) {
            return null;
        }
        String text = header.getValue().strip();
        try {
            if (text.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null; // as if it were not there
        }
    }

    private String told(String method, String path) {
        int query = path.indexOf('?');
        return method + " " + address.with(query < 0 ? path : path.substring(0, query));
    }

    private PxBackupException failure(String told, IOException e) {
        if (e instanceof UnknownHostException) {
            return new PxBackupException(
                    Reason.UNKNOWN_HOST, told + ": the host " + address.uri().getHost() + " is unknown to DNS", e);
        }
        if (e instanceof SSLException) {
            return new PxBackupException(
                    Reason.TLS, told + ": TLS failed: " + Answer.shorten(String.valueOf(e.getMessage())), e);
        }
        if (e instanceof ConnectTimeoutException) {
            return new PxBackupException(
                    Reason.UNREACHABLE,
                    told + ": no connection within " + limits.connect().toMillis() + " ms",
                    e);
        }
        if (e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            return new PxBackupException(Reason.INTERRUPTED, told + " was interrupted", e);
        }
        if (e instanceof InterruptedIOException) {
            return new PxBackupException(
                    Reason.TIMEOUT, told + ": no answer within " + limits.read().toMillis() + " ms", e);
        }
        String problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new PxBackupException(
                Reason.UNREACHABLE, told + ": the connection failed: " + Answer.shorten(problem), e);
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        http.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }

    /** Gives its bytes without copying them when there was room for exactly as many. */
    private static final class Whole extends ByteArrayOutputStream {
        Whole(int size) {
            super(size);
        }

        byte[] bytes() {
            return count == buf.length ? buf : toByteArray();
        }
    }
}
