/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.content.ItemStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.http.Answer;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * One API server over HTTP. Every failure is a {@link CallFailed}; nothing is tried again here.
 *
 * <p>Safe for use by many threads.
 */
public final class ApiServer implements AutoCloseable {
    private static final String JSON = "application/json";
    /** Of lists; served since Kubernetes 1.15. */
    private static final String BRIEF = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1," + JSON;

    private static final int LONGEST_ERROR_BODY = 64 << 10;

    private final HttpClient client;
    /** Where nothing stands between us and the server. */
    private final @Nullable DirectGets direct;

    private final String base;
    private final Duration timeout;
    private final Map<String, LongAdder> requests = new java.util.concurrent.ConcurrentHashMap<>();

    public ApiServer(Config config, Duration timeout) {
        // Our own rules decide what is tried again; HTTP/1.1, so that a list that waits for the store does not hold up
        // the others.
        config.setRequestRetryBackoffLimit(0);
        config.setHttp2Disable(true);
        config.setConnectionTimeout((int) Math.min(timeout.toMillis(), 30_000));
        this.base = config.getMasterUrl().replaceFirst("/+$", "");
        this.timeout = requireNonNull(timeout, "timeout is null");
        HttpClient.Builder terms = new JdkHttpClientFactory().newBuilder(config);
        this.client = terms.build();
        this.direct = DirectGets.to(base, client, terms, timeout).orElse(null);
    }

    /** The address, for messages. */
    public String address() {
        return base;
    }

    /** How many requests were sent, by verb. */
    public Map<String, Long> requests() {
        Map<String, Long> counts = new java.util.TreeMap<>();
        requests.forEach((verb, count) -> counts.put(verb, count.sum()));
        return counts;
    }

    /** GETs a JSON object; {@code accept} may name other forms of it. */
    public Map<String, @Nullable Object> get(String path, String accept) {
        return object(read("get", path, accept), "GET", path);
    }

    /** GETs a JSON object. */
    public Map<String, @Nullable Object> get(String path) {
        return get(path, JSON);
    }

    /** Reads one page of a list, item by item. */
    public ItemStream.End list(String path, Map<String, String> parameters, ItemStream stream, ItemStream.Sink sink) {
        return list(path, openList(path, parameters, false), stream, sink);
    }

    /**
     * Asks for one page of a list; its items are to be read and closed by whoever asked.
     *
     * @param brief whether the metadata will do; a server that cannot leave out the rest sends it all
     */
    public InputStream openList(String path, Map<String, String> parameters, boolean brief) {
        return read("list", path + query(parameters), brief ? BRIEF : JSON);
    }

    /** Reads the page that {@link #openList} asked for, item by item, and closes it. */
    public ItemStream.End list(String path, InputStream page, ItemStream stream, ItemStream.Sink sink) {
        try (page) {
            return stream.read(page, sink);
        } catch (IOException e) {
            checkStopped("LIST " + path);
            throw new CallFailed(classOf(e), "The answer to LIST " + path + " was cut or is no list: " + e, e);
        }
    }

    /**
     * Reads what changed since a version of a list, change by change; the parameters say for how long. The server refuses when it does not know that
     * version any more.
     */
    public void watch(
            String path,
            Map<String, String> parameters,
            ItemStream stream,
            ItemStream.Sink sink,
            BooleanSupplier enough) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("watch", "true");
        try (InputStream body = read("watch", path + query(all), JSON)) {
            stream.readChanges(body, sink, enough);
        } catch (IOException e) {
            checkStopped("WATCH " + path);
            throw new CallFailed(classOf(e), "The answer to WATCH " + path + " was cut or is none: " + e, e);
        }
    }

    /** The body of an answer to a GET, which is what an export does. */
    private InputStream read(String verb, String path, String accept) {
        if (direct != null) {
            String what = what("GET", path);
            count(verb);
            try {
                Optional<Answer> answer = direct.get(base + path, accept, () -> count(verb));
                if (answer.isPresent()) {
                    return accepted(answer.get(), what);
                }
            } catch (HttpTimeoutException e) {
                throw noAnswer(what, e);
            } catch (IOException e) {
                checkStopped(what);
                throw failed(what, e);
            }
        }
        return body(send(verb, "GET", path, accept, null, JSON));
    }

    private InputStream accepted(Answer answer, String what) {
        if (answer.isSuccess()) {
            return answer.longBody();
        }
        throw refused(answer.status(), answer.header("retry-after"), answer.body(), what);
    }

    private static void checkStopped(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw new Stopped("Stopped while waiting for " + what);
        }
    }

    /** Sends an object; {@code method} is POST, PUT, PATCH or DELETE. Returns what came back. */
    public Map<String, @Nullable Object> write(
            String method, String path, Map<String, String> parameters, @Nullable Map<String, ?> body) {
        String type = method.equals("PATCH") ? "application/apply-patch+yaml" : JSON;
        String text = body == null ? null : JsonText.of(body);
        String verb = method.toLowerCase(java.util.Locale.ROOT);
        return object(body(send(verb, method, path + query(parameters), JSON, text, type)), method, path);
    }

    private HttpResponse<InputStream> send(
            String verb, String method, String path, String accept, @Nullable String body, String bodyType) {
        HttpRequest.Builder request = client.newHttpRequestBuilder()
                .uri(base + path)
                .header("Accept", accept)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (body != null || !method.equals("GET")) {
            request.method(method, bodyType, body == null ? "" : body);
        }
        count(verb);
        String what = what(method, path);
        HttpResponse<InputStream> response = await(client.sendAsync(request.build(), InputStream.class), what);
        if (!response.isSuccessful()) {
            throw refused(response.code(), response.header("Retry-After"), body(response), what);
        }
        return response;
    }

    private void count(String verb) {
        requests.computeIfAbsent(verb, key -> new LongAdder()).increment();
    }

    private String what(String method, String path) {
        return method + " " + path.replaceFirst("\\?.*", "") + " at " + base;
    }

    private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> answer, String what) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw noAnswer(what, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped while waiting for " + what);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failed(what, cause);
        }
    }

    private CallFailed noAnswer(String what, Exception cause) {
        return new CallFailed(ErrorClass.TIMEOUT, what + " got no answer within " + timeout.toMillis() + " ms", cause);
    }

    private static CallFailed failed(String what, Throwable cause) {
        return new CallFailed(classOf(cause), what + " failed: " + ConnectionCause.describe(cause), cause);
    }

    private InputStream body(HttpResponse<InputStream> response) {
        return new TimedBody(response.body(), timeout);
    }

    private static ErrorClass classOf(Throwable failure) {
        boolean late = failure instanceof HttpTimeoutException || failure.getCause() instanceof SocketTimeoutException;
        return late ? ErrorClass.TIMEOUT : ErrorClass.CONNECTION;
    }

    private static CallFailed refused(int status, @Nullable String retryAfter, InputStream answer, String what) {
        String message = "";
        try (answer) {
            String text = new String(answer.readNBytes(LONGEST_ERROR_BODY), StandardCharsets.UTF_8);
            message = text.startsWith("{") ? JsonTree.text(JsonTree.readObject(text), "message") : text.strip();
        } catch (IOException | RuntimeException e) {
            message = "(its body cannot be read: " + e + ")";
        }
        Duration wait = null;
        if (retryAfter != null && retryAfter.strip().matches("\\d{1,6}")) {
            wait = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
        }
        return new CallFailed(
                ErrorClass.ofStatus(status), what + " was answered " + status + ": " + message, wait, null);
    }

    private Map<String, @Nullable Object> object(InputStream answer, String method, String path) {
        try (InputStream body = answer) {
            return JsonTree.readObject(body);
        } catch (IOException e) {
            checkStopped(method + " " + path);
            throw new CallFailed(
                    classOf(e), "The answer to " + method + " " + path + " was cut or is no JSON: " + e, e);
        }
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        new LinkedHashMap<>(parameters)
                .forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

    @Override
    public void close() {
        if (direct != null) {
            direct.close();
        }
        client.close();
    }
}
