/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.setting.SettingRegistry;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.server.api.ApiConfig;
import org.cloudstackbackup.server.api.ApiPorts;
import org.cloudstackbackup.server.api.ApiServer;
import org.cloudstackbackup.server.api.CommandDispatcher;
import org.cloudstackbackup.server.api.JobQueue;
import org.cloudstackbackup.server.identity.IdentityBootstrap.FirstAdmin;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcAccountStore;
import org.cloudstackbackup.store.JdbcDomainStore;
import org.cloudstackbackup.store.JdbcEventStore;
import org.cloudstackbackup.store.JdbcProjectStore;
import org.cloudstackbackup.store.JdbcResourceStore;
import org.cloudstackbackup.store.JdbcRoleStore;
import org.cloudstackbackup.store.JdbcSessionStore;
import org.cloudstackbackup.store.JdbcSettingStore;
import org.cloudstackbackup.store.JdbcUserStore;
import org.cloudstackbackup.testkit.SettableClock;

/** An API server with the identity commands over an embedded database, after its first start. */
final class RunningIdentity implements AutoCloseable {
    static final String ADMIN_PASSWORD = "the admin's password";

    final SettableClock clock = new SettableClock();
    final Database database =
            Database.open(Database.memoryUrl("identity-" + UUID.randomUUID()) + ";DB_CLOSE_DELAY=30", 8);
    final IdentityStores stores = stores();
    final Passwords passwords = new Passwords();
    final IdentityBootstrap bootstrap = new IdentityBootstrap(stores, passwords, clock);
    final FirstAdmin admin = bootstrap.run(ADMIN_PASSWORD).orElseThrow();
    final StoredSessions sessions = new StoredSessions(stores, clock);
    final PasswordLogins logins = new PasswordLogins(stores, passwords);
    final IdentityDirectory directory = new IdentityDirectory(stores);
    /** Accepted calls; {@link #finish} runs the last one. */
    final List<JobQueue.CommandCall> jobs = new CopyOnWriteArrayList<>();

    final StoredSettings settings = new StoredSettings(
            new SettingRegistry(ProjectSettings.ALL), new JdbcSettingStore(database, clock, SecretBox.random()), clock);
    final RememberedBelongings belongings = new RememberedBelongings();
    private final CommandDispatcher dispatcher = new CommandDispatcher(
            List.of(new IdentityCommands(
                    stores,
                    passwords,
                    settings,
                    belongings,
                    new ResourceLimits(new JdbcResourceStore(database), settings),
                    clock)),
            directory,
            call -> {
                jobs.add(call);
                return String.valueOf(call.wantedUuid());
            });
    private final ApiServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    RunningIdentity() throws IOException {
        server = new ApiServer(
                new ApiConfig("127.0.0.1", 0, "4.22.0.0", "node-1", Duration.ofMinutes(30), 16),
                new ApiPorts(directory, sessions, logins, clock),
                dispatcher,
                Map.of(),
                (command, status, took) -> {});
        server.start();
    }

    private IdentityStores stores() {
        return new IdentityStores(
                new JdbcRoleStore(database),
                new JdbcDomainStore(database),
                new JdbcAccountStore(database),
                new JdbcUserStore(database, SecretBox.random()),
                new JdbcProjectStore(database),
                new JdbcSessionStore(database),
                new JdbcEventStore(database, clock),
                database);
    }

    /** What a signed call answered: under the envelope's key. */
    record Answer(int status, JsonObject body) {
        /** Field of the one object in the answer, such as {@code domain.id}. */
        String text(String path) {
            JsonElement element = body;
            for (String step : path.split("\\.")) {
                element = element.getAsJsonObject().get(step);
            }
            return element.getAsString();
        }

        /** One field of each object in the list. */
        List<String> all(String list, String field) {
            JsonElement items = body.get(list);
            return items == null
                    ? List.of()
                    : ((JsonArray) items)
                            .asList().stream()
                                    .map(item ->
                                            item.getAsJsonObject().get(field).getAsString())
                                    .toList();
        }

        String error() {
            return body.get("errorcode").getAsInt() + " "
                    + body.get("errortext").getAsString();
        }
    }

    /** A call as the first admin. */
    Answer root(String command, String... params) {
        return call(admin.keys(), command, params);
    }

    Answer call(ApiKeys keys, String command, String... more) {
        TreeMap<String, String> params = new TreeMap<>();
        params.put("command", command);
        params.put("response", "json");
        params.put("apiKey", keys.apiKey());
        for (int i = 0; i < more.length; i += 2) {
            params.put(more[i], more[i + 1]);
        }
        params.put("signature", signature(params, keys.secretKey()));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/client/api"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(params)))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (!response.body().startsWith("{")) {
                // Refused before there was a command: control characters, for one.
                return new Answer(response.statusCode(), new JsonObject());
            }
            JsonObject envelope = JsonParser.parseString(response.body()).getAsJsonObject();
            return new Answer(
                    response.statusCode(),
                    envelope.entrySet().iterator().next().getValue().getAsJsonObject());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs the job that was accepted last, as its queue would. */
    Object finish() throws Exception {
        JobQueue.CommandCall call = jobs.get(jobs.size() - 1);
        return String.valueOf(dispatcher.execute(
                call.commandName(),
                call.params(),
                directory.find(call.userId()).orElseThrow(),
                new NoJobContext(),
                call.entityId(),
                call.entityUuid()));
    }

    /** Makes a domain below the root and returns its uuid. */
    String domain(String name) {
        return root("createDomain", "name", name).text("domain.id");
    }

    /** Somebody with an account of their own, and keys. */
    record Person(String account, String user, ApiKeys keys) {}

    Person person(String name, String domain, int accountType) {
        Answer made = root(
                "createAccount",
                "username",
                name,
                "password",
                "password of " + name,
                "firstname",
                "First",
                "lastname",
                "Last",
                "email",
                name + "@example.org",
                "domainid",
                domain,
                "accounttype",
                String.valueOf(accountType));
        JsonObject account = made.body().getAsJsonObject("account");
        String user = account.getAsJsonArray("user")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
        Answer keys = root("registerUserKeys", "id", user);
        return new Person(
                account.get("id").getAsString(),
                user,
                new ApiKeys(keys.text("userkeys.apikey"), keys.text("userkeys.secretkey")));
    }

    List<String> eventTypes() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT type FROM event ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }

    private static String signature(Map<String, String> params, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            String text = encoded(params).toLowerCase(Locale.ROOT);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(Map<String, String> params) {
        return params.entrySet().stream()
                .map(param -> param.getKey() + "="
                        + URLEncoder.encode(param.getValue(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
