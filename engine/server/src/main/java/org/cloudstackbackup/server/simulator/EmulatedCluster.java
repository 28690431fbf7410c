/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.simulator;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.cloudstackbackup.framework.inventory.Hypervisor;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * The cluster inside the emulator of PX-Backup as a hypervisor, reached through the emulator's admin API over HTTP. A volume is a
 * claim there; its path is {@code namespace/claim}. For the demo and for tests; for many threads.
 */
public final class EmulatedCluster implements Hypervisor {
    /** The {@code inventory} of zones that run here. */
    public static final String INVENTORY = "px-backup-emulator";

    /** The cluster at the emulator. */
    public static final String CLUSTER = "sim-cluster";

    /** The location of backups at the emulator. */
    public static final String LOCATION = "sim-location";

    /** Where all machines of the demo are. */
    public static final String NAMESPACE = "sim-pxbackup";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SEED = """
            {"clusters": [{"name": "%s", "timeZone": "UTC"}],
             "locations": [{"name": "%s"}],
             "policies": [
               {"name": "gold-daily", "policy": {"daily": {"time": "02:00AM", "retain": 7}}},
               {"name": "silver-weekly", "policy": {"weekly": {"day": "sunday", "time": "03:00AM", "retain": 4}}}]}
            """;

    private final String admin;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param admin the address of the emulator's admin API, with or without {@code /_emu/} */
    public EmulatedCluster(URI admin) {
        this.admin = requireNonNull(admin, "admin is null").resolve("/_emu/").toString();
    }

    /**
     * Makes cluster, location and policies at the emulator when they are not there.
     *
     * @throws ProviderException {@code UNAVAILABLE} when the emulator does not answer
     */
    public void prepare() {
        if (!inventory("is prepared").has(CLUSTER)) {
            post("seed", SEED.formatted(CLUSTER, LOCATION));
        }
    }

    /** Makes a running machine with these claims, when it is not there; whatever it does now it goes on with. */
    public void ensureMachine(String name, String uid, List<String> paths) {
        if (find("machines", NAMESPACE, name) != null) {
            return;
        }
        JsonObject machine = named(NAMESPACE, name);
        machine.addProperty("uid", uid);
        JsonArray claims = new JsonArray();
        paths.stream()
                .filter(path -> path.startsWith(NAMESPACE + "/"))
                .forEach(path -> claims.add(path.substring(NAMESPACE.length() + 1)));
        machine.add("claims", claims);
        put("machines", machine);
    }

    @Override
    public String inventory() {
        return INVENTORY;
    }

    /** As the simulator's, so that its templates can be used. */
    @Override
    public String type() {
        return "Simulator";
    }

    @Override
    public String createVolume(String volumeUuid, long sizeBytes, String label) {
        String claim = "vol-" + volumeUuid;
        if (find("claims", NAMESPACE, claim) == null) {
            JsonObject wanted = named(NAMESPACE, claim);
            wanted.addProperty("size", sizeBytes);
            wanted.addProperty("text", label);
            put("claims", wanted);
        }
        return NAMESPACE + "/" + claim;
    }

    @Override
    public void resizeVolume(String path, long sizeBytes) {
        throw new ProviderException(
                ErrorKind.USER,
                "volume " + path,
                "Volume " + path + " cannot be grown: the emulated cluster does not resize claims");
    }

    @Override
    public void deleteVolume(String path) {
        int slash = path.indexOf('/');
        JsonObject gone = new JsonObject();
        gone.addProperty("namespace", path.substring(0, Math.max(0, slash)));
        gone.addProperty("claim", path.substring(slash + 1));
        change("remove", gone);
    }

    private @Nullable JsonObject find(String kind, String namespace, String name) {
        JsonObject cluster = inventory("has " + name).getAsJsonObject(CLUSTER);
        if (cluster == null) {
            throw failed(ErrorKind.EXTERNAL, "The emulator has no cluster " + CLUSTER, null);
        }
        for (JsonElement each : cluster.getAsJsonArray(kind)) {
            JsonObject object = each.getAsJsonObject();
            if (object.get("namespace").getAsString().equals(namespace)
                    && object.get("name").getAsString().equals(name)) {
                return object;
            }
        }
        return null;
    }

    private static JsonObject named(String namespace, String name) {
        JsonObject object = new JsonObject();
        object.addProperty("namespace", namespace);
        object.addProperty("name", name);
        return object;
    }

    private void put(String kind, JsonObject object) {
        JsonArray all = new JsonArray();
        all.add(object);
        JsonObject what = new JsonObject();
        what.add(kind, all);
        change("put", what);
    }

    private void change(String how, JsonObject what) {
        JsonObject body = new JsonObject();
        body.addProperty("cluster", CLUSTER);
        body.add(how, what);
        post("inventory", body.toString());
    }

    private void post(String path, String body) {
        send(HttpRequest.newBuilder(URI.create(admin + path))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private JsonObject inventory(String question) {
        String told = send(HttpRequest.newBuilder(URI.create(admin + "inventory"))
                .timeout(PATIENCE)
                .build());
        try {
            return JsonParser.parseString(told).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw failed(ErrorKind.EXTERNAL, "The emulator's answer to whether it " + question + " is no JSON", e);
        }
    }

    private String send(HttpRequest request) {
        String what = request.method() + " " + request.uri();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw failed(
                        ErrorKind.EXTERNAL,
                        "The emulator answered " + answer.statusCode() + " to " + what + ": " + answer.body(),
                        null);
            }
            return answer.body();
        } catch (IOException e) {
            throw failed(ErrorKind.UNAVAILABLE, "The emulator did not answer " + what + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(ErrorKind.UNAVAILABLE, what + " was interrupted", e);
        }
    }

    private static ProviderException failed(ErrorKind kind, String message, @Nullable Throwable cause) {
        return new ProviderException(kind, "px-backup emulator", message, cause);
    }
}
