/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A small API server for faults that a real one does not show when asked: it discovers, lists in pages of the size asked for, and answers single
 * requests with what a test says. List items carry neither {@code apiVersion} nor {@code kind}, as those of built-in types do.
 */
final class ClusterServer implements AutoCloseable {
    /** A type it serves. */
    record Type(String group, String version, String plural, String kind, boolean namespaced) {
        String path() {
            return (group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version);
        }

        String groupVersion() {
            return group.isEmpty() ? version : group + "/" + version;
        }
    }

    /** What a watch tells. */
    private record Change(long version, String plural, String key, Map<String, Object> object) {}

    /** Answers a request instead of the server; returns whether it did. */
    interface Fault {
        boolean answer(HttpExchange exchange, String path, Map<String, String> query) throws IOException;
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Type> types = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, Map<String, Object>>> objects = new TreeMap<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> stale = new CopyOnWriteArrayList<>();
    private final ServedDiscovery discovery = new ServedDiscovery(types, stale);
    private final AtomicLong versions = new AtomicLong(100);
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private volatile long forgotten;
    private volatile boolean aggregated = true;
    private volatile boolean brief = true;

    ClusterServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 64);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
        serve(new Type("", "v1", "namespaces", "Namespace", false));
        serve(new Type("", "v1", "configmaps", "ConfigMap", true));
        serve(new Type("", "v1", "secrets", "Secret", true));
        serve(new Type("", "v1", "services", "Service", true));
        serve(new Type("apps", "v1", "deployments", "Deployment", true));
        serve(new Type("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false));
    }

    /** A kubeconfig for it. */
    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: test, user: {token: a-token-nobody-logs}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                """.formatted(http.getAddress().getPort());
    }

    void serve(Type type) {
        types.add(type);
    }

    void withdraw(String plural, String group) {
        types.removeIf(type -> type.plural().equals(plural) && type.group().equals(group));
    }

    /** Says that a group version does not answer. */
    void breakApi(String groupVersion) {
        stale.add(groupVersion);
    }

    /** Discovers as servers before 1.27 do. */
    void old() {
        aggregated = false;
    }

    /** Sends whole objects also where their metadata would do, as some aggregated APIs do. */
    void neverBrief() {
        brief = false;
    }

    /** Knows no more what changed till now. */
    void forget() {
        forgotten = versions.get();
    }

    void fault(Fault fault) {
        faults.add(fault);
    }

    /** Lets nobody get a single object, as the role that is shipped does. */
    void listOnly() {
        fault((exchange, path, query) -> {
            boolean single = types.stream()
                    .anyMatch(type ->
                            path.startsWith(type.path() + "/") && path.matches(".*/" + type.plural() + "/[^/]+"));
            if (single) {
                status(exchange, 403, "forbidden: it may list only");
            }
            return single;
        });
    }

    /** Refuses each request for a path. */
    void forbid(String forbidden) {
        fault((exchange, path, query) -> {
            if (path.equals(forbidden)) {
                status(exchange, 403, "forbidden: " + path);
            }
            return path.equals(forbidden);
        });
    }

    void heal() {
        faults.clear();
    }

    List<String> requests() {
        return requests;
    }

    /** Stores an object, new or changed; extra fields stand beside its metadata. */
    synchronized void put(String plural, String namespace, String name, Map<String, ?> fields) {
        put(plural, namespace, name, Map.of(), fields);
    }

    synchronized void put(
            String plural, String namespace, String name, Map<String, ?> metadata, Map<String, ?> fields) {
        Map<String, Map<String, Object>> all = objects.computeIfAbsent(plural, key -> new TreeMap<>());
        Map<String, Object> before = all.get(namespace + "/" + name);
        Map<String, Object> full = new LinkedHashMap<>();
        full.put("name", name);
        if (!namespace.isEmpty()) {
            full.put("namespace", namespace);
        }
        Object uid = before == null
                ? java.util.UUID.randomUUID().toString()
                : JsonTree.text(JsonTree.map(before, "metadata"), "uid");
        full.put("uid", uid);
        full.put("resourceVersion", String.valueOf(versions.incrementAndGet()));
        full.put("creationTimestamp", "2026-01-01T00:00:00Z");
        full.put("managedFields", List.of(Map.of("manager", "test")));
        full.putAll(metadata);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("metadata", full);
        object.putAll(fields);
        all.put(namespace + "/" + name, object);
        changes.add(new Change(versions.get(), plural, namespace + "/" + name, object));
    }

    synchronized void remove(String plural, String namespace, String name) {
        objects.getOrDefault(plural, new TreeMap<>()).remove(namespace + "/" + name);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            for (Fault fault : faults) {
                if (fault.answer(exchange, path, query)) {
                    return;
                }
            }
            if (path.equals("/api") || path.equals("/apis")) {
                boolean asked = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"))
                        .contains("APIGroupDiscoveryList");
                send(exchange, 200, aggregated && asked ? discovery.aggregatedRoot(path) : discovery.oldRoot(path));
                return;
            }
            route(exchange, path, query);
        }
    }

    private void route(HttpExchange exchange, String path, Map<String, String> query) throws IOException {
        for (Type type : types) {
            if (path.equals(type.path()) && !stale.contains(type.groupVersion())) {
                send(exchange, 200, discovery.resources(type.path()));
                return;
            }
            String rest = path.startsWith(type.path() + "/")
                    ? path.substring(type.path().length() + 1)
                    : "";
            String namespace = "";
            if (type.namespaced() && rest.matches("namespaces/[^/]+/.+")) {
                namespace = rest.split("/")[1];
                rest = rest.split("/", 3)[2];
            }
            if (rest.equals(type.plural())) {
                if (exchange.getRequestMethod().equals("POST")) {
                    create(exchange, type, namespace, query);
                } else if (query.containsKey("watch")) {
                    watch(exchange, type, namespace, query);
                } else {
                    boolean asked = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"))
                            .contains("as=PartialObjectMetadataList");
                    send(exchange, 200, page(type, namespace, query, asked && brief));
                }
                return;
            }
            if (rest.startsWith(type.plural() + "/")) {
                String name = rest.substring(type.plural().length() + 1);
                Map<String, Object> object = find(type, namespace, name);
                if (object != null) {
                    String method = exchange.getRequestMethod();
                    if (method.equals("DELETE")) {
                        remove(type.plural(), namespace, name);
                    } else if (method.equals("PUT") && !store(type, namespace, name, exchange, query)) {
                        return;
                    }
                    send(exchange, 200, object);
                    return;
                }
            }
        }
        status(exchange, stale.stream().anyMatch(path::endsWith) ? 503 : 404, "not served: " + path);
    }

    private void create(HttpExchange exchange, Type type, String namespace, Map<String, String> query)
            throws IOException {
        Map<String, @Nullable Object> object = JsonTree.readObject(exchange.getRequestBody());
        String name = JsonTree.text(JsonTree.map(object, "metadata"), "name");
        if (isOfAnotherVersion(type, object)) {
            status(exchange, 400, "the API version in the data does not match the expected API version");
        } else if (!namespace.isEmpty() && find(types.get(0), "", namespace) == null) {
            status(exchange, 404, "namespaces \"" + namespace + "\" not found");
        } else if (find(type, namespace, name) != null) {
            status(exchange, 409, "already exists");
        } else {
            if (!query.containsKey("dryRun")) {
                keep(type, namespace, name, object, query);
            }
            Map<String, Object> made = find(type, namespace, name);
            send(exchange, 201, made == null ? object : made);
        }
    }

    private static boolean isOfAnotherVersion(Type type, Map<String, @Nullable Object> object) {
        String version = JsonTree.text(object, "apiVersion");
        return !version.isEmpty() && !version.equals(type.groupVersion());
    }

    private boolean store(Type type, String namespace, String name, HttpExchange exchange, Map<String, String> query)
            throws IOException {
        Map<String, @Nullable Object> object = JsonTree.readObject(exchange.getRequestBody());
        String seen = JsonTree.text(JsonTree.map(object, "metadata"), "resourceVersion");
        Map<String, Object> live = find(type, namespace, name);
        String newest = live == null ? "" : JsonTree.text(JsonTree.map(live, "metadata"), "resourceVersion");
        if (isOfAnotherVersion(type, object)) {
            status(exchange, 400, "the API version in the data does not match the expected API version");
            return false;
        }
        if (!seen.isEmpty() && !seen.equals(newest)) {
            status(exchange, 409, "the object has been modified");
            return false;
        }
        if (!query.containsKey("dryRun")) {
            keep(type, namespace, name, object, query);
        }
        return true;
    }

    private void keep(
            Type type, String namespace, String name, Map<String, @Nullable Object> object, Map<String, String> query) {
        Map<String, Object> fields = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            if (value != null
                    && !java.util.Set.of("metadata", "apiVersion", "kind").contains(key)) {
                fields.put(key, value);
            }
        });
        Map<String, Object> metadata = new LinkedHashMap<>();
        JsonTree.map(object, "metadata").forEach((key, value) -> {
            if (value != null
                    && !java.util.Set.of("uid", "resourceVersion", "name", "namespace")
                            .contains(key)) {
                metadata.put(key, value);
            }
        });
        metadata.put("managedFields", List.of(Map.of("manager", query.getOrDefault("fieldManager", ""))));
        put(type.plural(), namespace, name, metadata, fields);
    }

    synchronized @Nullable Map<String, Object> object(String plural, String namespace, String name) {
        return objects.getOrDefault(plural, Map.of()).get(namespace + "/" + name);
    }

    private synchronized @Nullable Map<String, Object> find(Type type, String namespace, String name) {
        return objects.getOrDefault(type.plural(), Map.of()).get(namespace + "/" + name);
    }

    /** All that is remembered, and then the end, as if the time was over. */
    private void watch(HttpExchange exchange, Type type, String namespace, Map<String, String> query)
            throws IOException {
        long since = Long.parseLong(query.get("resourceVersion"));
        StringBuilder events = new StringBuilder();
        for (Change change : changes) {
            boolean inScope = namespace.isEmpty() || change.key().startsWith(namespace + "/");
            if (since >= forgotten
                    && change.version() > since
                    && change.plural().equals(type.plural())
                    && inScope) {
                Map<String, Object> event = JsonTree.ordered("type", "MODIFIED", "object", change.object());
                events.append(JsonText.of(event)).append('\n');
            }
        }
        if (since < forgotten) {
            Map<String, Object> gone = JsonTree.ordered("message", "too old resource version", "code", 410);
            events.append(JsonText.of(JsonTree.ordered("type", "ERROR", "object", gone)));
        }
        byte[] bytes = events.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, Object> briefly(Map<String, Object> object) {
        return JsonTree.ordered("kind", "PartialObjectMetadata", "metadata", JsonTree.map(object, "metadata"));
    }

    private synchronized Map<String, Object> page(
            Type type, String namespace, Map<String, String> query, boolean asBrief) {
        List<Object> items = new ArrayList<>();
        String after = query.getOrDefault("continue", "");
        int limit = Integer.parseInt(query.getOrDefault("limit", "1000000"));
        String next = "";
        String last = "";
        for (Map.Entry<String, Map<String, Object>> object :
                objects.getOrDefault(type.plural(), Map.of()).entrySet()) {
            boolean inScope = (namespace.isEmpty() || object.getKey().startsWith(namespace + "/"))
                    && isSelected(object.getKey(), query.getOrDefault("fieldSelector", ""));
            if (inScope && object.getKey().compareTo(after) > 0) {
                if (items.size() == limit) {
                    next = last;
                    break;
                }
                items.add(asBrief ? briefly(object.getValue()) : object.getValue());
                last = object.getKey();
            }
        }
        return JsonTree.ordered(
                "kind",
                asBrief ? "PartialObjectMetadataList" : type.kind() + "List",
                "metadata",
                JsonTree.ordered("resourceVersion", String.valueOf(versions.get()), "continue", next),
                "items",
                items);
    }

    private static boolean isSelected(String key, String selector) {
        return selector.isEmpty() || selector.equals("metadata.name=" + key.substring(key.indexOf('/') + 1));
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String part : raw.split("&")) {
                String[] pair = part.split("=", 2);
                query.put(pair[0], java.net.URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    static void status(HttpExchange exchange, int code, String message) throws IOException {
        send(exchange, code, JsonTree.ordered("kind", "Status", "status", "Failure", "message", message, "code", code));
    }

    static void send(HttpExchange exchange, int code, Map<String, ?> body) throws IOException {
        byte[] bytes = JsonText.of(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
