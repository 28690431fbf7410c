/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.testkit.SettableClock;
import org.jspecify.annotations.Nullable;

/** An API server on a free port with {@link Things} and {@link People}; everybody's password and secret is their name. */
final class RunningApi implements AutoCloseable {
    static final String VERSION = "4.22.0.0";

    final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    final Things things = new Things();
    final List<JobQueue.CommandCall> submitted = new CopyOnWriteArrayList<>();
    final List<String> observed = new CopyOnWriteArrayList<>();
    final Map<String, Caller> people = new ConcurrentHashMap<>();
    final Map<String, Sessions.Session> sessionKeys = new ConcurrentHashMap<>();
    /** Settings that differ from their defaults. */
    final Map<String, String> settings = new ConcurrentHashMap<>();

    final ApiRules rules = new ApiRules(new ChangedSettings());
    final RequestLimiter limiter = new RequestLimiter(rules, clock);
    final AtomicInteger passwordChecks = new AtomicInteger();
    final CommandDispatcher dispatcher;
    final ApiPorts ports =
            new ApiPorts(this::keyHolder, new MemorySessions(), this::authenticate, clock, rules, limiter);
    final ApiServer server;

    private final Map<String, Caller> sessionCallers = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    RunningApi() throws IOException {
        Stream.of(People.ADMIN, People.READER, People.CHIEF, People.USER, People.READING_USER, People.MEMBER)
                .forEach(caller -> people.put(caller.user().username(), caller));
        dispatcher = new CommandDispatcher(List.of(things), new Tree(), call -> {
            submitted.add(call);
            return String.valueOf(call.wantedUuid());
        });
        server = new ApiServer(
                config(0),
                ports,
                dispatcher,
                Map.of("/healthz", () -> new PlainAnswer(200, "text/plain", "fine")),
                (command, status, took) -> observed.add(command + " " + status));
        server.start();
    }

    static ApiConfig config(int port) {
        return new ApiConfig("127.0.0.1", port, VERSION, "node-1", ApiConfig.DEFAULT_SESSION_TIMEOUT, 16);
    }

    /** A signed GET that asks for JSON. */
    HttpResponse<String> get(Caller caller, String command, String... more) {
        return get(signed(caller, command, more));
    }

    HttpResponse<String> get(Map<String, String> params, String... headers) {
        return send(HttpRequest.newBuilder(uri("?" + encode(params))).GET(), headers);
    }

    HttpResponse<String> post(Map<String, String> form, String... headers) {
        return postText(encode(form), headers);
    }

    HttpResponse<String> postText(String body, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(""))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        try {
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String query) {
        return URI.create("http://127.0.0.1:" + server.port() + "/client/api" + query);
    }

    /** What the server writes to a client that sends these bytes and then nothing more. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    HttpResponse<String> login(String username, String password) {
        return post(Map.of("command", "login", "username", username, "password", password, "response", "json"));
    }

    /** The Cookie header that a browser would send after the login. */
    static String cookies(HttpResponse<String> login) {
        return login.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    static Map<String, String> params(String command, String... more) {
        Map<String, String> params = new TreeMap<>();
        params.put("command", command);
        params.put("response", "json");
        for (int i = 0; i < more.length; i += 2) {
            params.put(more[i], more[i + 1]);
        }
        return params;
    }

    static Map<String, String> signed(Caller caller, String command, String... more) {
        return sign(caller, params(command, more));
    }

    static Map<String, String> sign(Caller caller, Map<String, String> params) {
        params.put("apiKey", String.valueOf(caller.user().apiKey()));
        params.put("signature", signature(params, caller.user().username()));
        return params;
    }

    /** As CloudStack's documentation tells clients to sign; shares nothing with the server. */
    private static String signature(Map<String, String> params, String secret) {
        List<String> pairs = new ArrayList<>();
        params.forEach((name, value) -> pairs.add(name + "=" + encode(value)));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            String text = String.join("&", pairs).toLowerCase(Locale.ROOT);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encode(Map<String, String> params) {
        return params.entrySet().stream()
                .map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Optional<UserDirectory.KeyHolder> keyHolder(String apiKey) {
        return people.values().stream()
                .filter(caller -> apiKey.equals(caller.user().apiKey()))
                .findFirst()
                .map(caller -> new UserDirectory.KeyHolder(caller, caller.user().username()));
    }

    private Optional<Caller> authenticate(
            String username, String password, @Nullable String domain, @Nullable String domainId) {
        passwordChecks.incrementAndGet();
        return Optional.ofNullable(people.get(username)).filter(caller -> password.equals(username));
    }

    @Override
    public void close() {
        server.close();
    }

    private final class ChangedSettings implements Settings {
        @Override
        public String value(SettingDefinition setting) {
            return settings.getOrDefault(setting.key(), setting.defaultValue());
        }

        @Override
        public String value(SettingDefinition setting, long zoneId) {
            return value(setting);
        }

        @Override
        public Map<String, String> valuesIn(long zoneId, Iterable<SettingDefinition> definitions) {
            return Map.copyOf(settings);
        }
    }

    private final class MemorySessions implements Sessions {
        @Override
        public Session create(Caller caller) {
            Session session = new Session("id" + java.util.UUID.randomUUID(), "key" + java.util.UUID.randomUUID());
            sessionKeys.put(session.id(), session);
            sessionCallers.put(session.id(), caller);
            return session;
        }

        @Override
        public Optional<Caller> find(String sessionId, String sessionKey) {
            Session session = sessionKeys.get(sessionId);
            if (session != null && !session.key().equals(sessionKey)) {
                destroy(sessionId);
                return Optional.empty();
            }
            return session == null ? Optional.empty() : Optional.ofNullable(sessionCallers.get(sessionId));
        }

        @Override
        public void destroy(String sessionId) {
            sessionKeys.remove(sessionId);
        }
    }

    private static final class Tree implements Tenants {
        @Override
        public Optional<Owner> findProject(long id) {
            return id == People.PROJECT ? Optional.of(People.PROJECT_OWNER) : Optional.empty();
        }

        @Override
        public Optional<Domain> findDomain(long id) {
            return Stream.of(People.ROOT, People.A, People.B, People.C)
                    .filter(domain -> domain.id() == id)
                    .findFirst();
        }

        @Override
        public Optional<Account> findAccount(String name, long domainId) {
            return Stream.of(People.ADMIN, People.CHIEF, People.USER)
                    .map(Caller::account)
                    .filter(account -> account.name().equals(name) && account.domainId() == domainId)
                    .findFirst();
        }
    }
}
