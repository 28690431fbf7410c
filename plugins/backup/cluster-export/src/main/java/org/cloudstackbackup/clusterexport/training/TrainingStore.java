/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of an S3 server as a run without any trouble asks for: one bucket, in memory, for whoever comes. */
final class TrainingStore implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

    /** Starts it on a free port. */
    TrainingStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().substring(1).split("/", 2);
        String key = parts.length < 2 ? "" : parts[1];
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, key, body);
            case "HEAD" -> exchange.sendResponseHeaders(key.isEmpty() || objects.containsKey(key) ? 200 : 404, -1);
            case "DELETE" -> {
                objects.remove(key);
                exchange.sendResponseHeaders(204, -1);
            }
            case "POST" -> {
                KEY.matcher(new String(body, StandardCharsets.UTF_8))
                        .results()
                        .forEach(found -> objects.remove(found.group(1)));
                send(exchange, 200, HEAD + "<DeleteResult></DeleteResult>");
            }
            default -> get(exchange, key);
        }
        exchange.close();
    }

    private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
        if (exchange.getRequestHeaders().containsKey("If-None-Match") && objects.containsKey(key)) {
            send(exchange, 412, HEAD + "<Error><Code>PreconditionFailed</Code></Error>");
            return;
        }
        objects.put(key, body);
        exchange.getResponseHeaders().set("ETag", tag(body));
        exchange.sendResponseHeaders(200, -1);
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        byte[] body = objects.get(key);
        if (key.isEmpty()) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            send(
                    exchange,
                    200,
                    HEAD + "<ListBucketResult><IsTruncated>false</IsTruncated>" + contents(query)
                            + "</ListBucketResult>");
        } else if (body == null) {
            send(
                    exchange,
                    404,
                    HEAD + "<Error><Code>NoSuchKey</Code><Message>There is no " + key + "</Message></Error>");
        } else {
            exchange.getResponseHeaders().set("ETag", tag(body));
            exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String contents(String query) {
        String prefix = query.replaceFirst("(?s)(^|.*&)prefix=([^&]*).*", "$2");
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(object ->
                        "<Contents><Key>%s</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>%s</ETag><Size>%d</Size></Contents>"
                                .formatted(
                                        object.getKey(),
                                        tag(object.getValue()).replace("\"", "&quot;"),
                                        object.getValue().length))
                .collect(Collectors.joining());
    }

    private static String tag(byte[] body) {
        return "\"" + Integer.toHexString(Arrays.hashCode(body)) + "\"";
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
