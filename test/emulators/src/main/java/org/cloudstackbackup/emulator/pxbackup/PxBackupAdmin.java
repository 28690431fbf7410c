/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.cloudstackbackup.emulator.http.Answer;
import org.cloudstackbackup.emulator.http.Application;
import org.cloudstackbackup.emulator.http.Call;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine.Phase;
import org.cloudstackbackup.emulator.pxbackup.wire.ApiFailure;

/** The admin API, on a port of its own: what {@link PxBackupEmulator} offers to Java, for everybody else. */
final class PxBackupAdmin implements Application {
    private final PxBackupEmulator emulator;

    PxBackupAdmin(PxBackupEmulator emulator) {
        this.emulator = requireNonNull(emulator, "emulator is null");
    }

    @Override
    public Answer answer(Call call) {
        try {
            JsonObject body = call.body().isBlank()
                    ? new JsonObject()
                    : JsonParser.parseString(call.body()).getAsJsonObject();
            JsonObject told = run(call.method() + " " + call.path(), body);
            return told == null ? Answer.text(404, help()) : Answer.json(200, told);
        } catch (ApiFailure e) {
            return Answer.json(e.code().status(), e.body());
        } catch (IllegalArgumentException
                | IllegalStateException
                | NoSuchElementException
                | DateTimeException
                | UnsupportedOperationException
                | JsonParseException e) {
            return Answer.json(400, ApiFailure.body(3, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public String error(int status, int code, String message) {
        return message;
    }

    private @org.jspecify.annotations.Nullable JsonObject run(String call, JsonObject body) {
        switch (call) {
            case "POST /_emu/reset" -> emulator.reset();
            case "POST /_emu/seed" -> emulator.inside(() -> emulator.seed().read(body));
            case "GET /_emu/clock" -> {
                return clock();
            }
            case "POST /_emu/clock" -> {
                return setClock(body);
            }
            case "GET /_emu/faults" -> {
                return Tree.of("faults", emulator.faults().json());
            }
            case "POST /_emu/faults" -> emulator.fault(Fault.of(body));
            case "DELETE /_emu/faults" -> emulator.faults().clear();
            case "GET /_emu/mishaps" -> {
                return emulator.world()
                        .inside(() ->
                                Tree.of("mishaps", emulator.world().mishaps().json()));
            }
            case "POST /_emu/mishaps" -> emulator.mishap(Mishap.of(body));
            case "DELETE /_emu/mishaps" ->
                emulator.inside(() -> emulator.world().mishaps().clear());
            case "GET /_emu/journal" -> {
                return emulator.journal().json();
            }
            case "DELETE /_emu/journal" -> emulator.journal().clear();
            case "GET /_emu/inventory" -> {
                return emulator.world().inside(this::inventory);
            }
            case "POST /_emu/inventory" -> change(body);
            case "GET /_emu/state" -> {
                return emulator.world().inside(this::state);
            }
            case "POST /_emu/state" -> setState(body);
            case "POST /_emu/restart" -> emulator.restart(Duration.ofMillis(Tree.number(body, "downMillis")));
            case "POST /_emu/tokens/expire" -> emulator.expireTokens(Tree.flag(body, "refresh"));
            default -> {
                return null;
            }
        }
        return new JsonObject();
    }

    private JsonObject clock() {
        JsonObject told = new JsonObject();
        told.addProperty("time", emulator.clock().instant().toString());
        told.addProperty("factor", emulator.clock().factor());
        return told;
    }

    private JsonObject setClock(JsonObject body) {
        if (body.has("factor")) {
            emulator.clock().factor(body.get("factor").getAsDouble());
        }
        if (body.has("set")) {
            emulator.clock().set(Instant.parse(Tree.text(body, "set")));
        }
        if (body.has("advance")) {
            emulator.clock().advance(Duration.parse(Tree.text(body, "advance")));
        }
        emulator.advance(Duration.ZERO);
        return clock();
    }

    /** One change on a cluster: {@code {"cluster": ..., "write": {"namespace", "claim", "text", "bytes"}}} and the like. */
    private void change(JsonObject body) {
        KubeCluster cluster = emulator.cluster(Tree.text(body, "cluster"));
        if (body.has("write")) {
            JsonObject write = Tree.object(body, "write");
            byte[] bytes = Tree.text(write, "text").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            long count = write.has("bytes") ? Tree.number(write, "bytes") : bytes.length;
            cluster.write(Tree.text(write, "namespace"), Tree.text(write, "claim"), bytes, count);
        }
        if (body.has("phase")) {
            JsonObject phase = Tree.object(body, "phase");
            cluster.phase(
                    Tree.text(phase, "namespace"),
                    Tree.text(phase, "machine"),
                    Phase.valueOf(Tree.text(phase, "phase").toUpperCase(Locale.ROOT)));
        }
        if (body.has("remove")) {
            remove(cluster, Tree.object(body, "remove"));
        }
        if (body.has("put")) {
            emulator.inside(() -> Seed.inventory(cluster, Tree.object(body, "put")));
        }
    }

    private static void remove(KubeCluster cluster, JsonObject what) {
        String namespace = Tree.text(what, "namespace");
        if (what.has("machine")) {
            cluster.removeMachine(namespace, Tree.text(what, "machine"));
        }
        if (what.has("claim")) {
            cluster.removeClaim(namespace, Tree.text(what, "claim"));
        }
        if (!what.has("machine") && !what.has("claim")) {
            cluster.removeNamespace(namespace);
        }
    }

    /** Sets a state, removes an object, or loses the data of a location. */
    private void setState(JsonObject body) {
        String kind = Tree.text(body, "kind");
        String name = Tree.text(body, "name");
        switch (Tree.text(body, "action")) {
            case "status" -> emulator.status(kind, name, Tree.text(body, "status"));
            case "remove" -> emulator.remove(kind, name);
            case "lose-data" -> emulator.loseData(name);
            default -> throw new IllegalArgumentException("action is status, remove or lose-data");
        }
    }

    private JsonObject state() {
        JsonObject told = clock();
        told.addProperty("line", emulator.world().line().toString());
        told.addProperty("connections", emulator.connections());
        told.addProperty("handshakes", emulator.handshakes());
        for (Kind kind : Kind.values()) {
            JsonArray all = new JsonArray();
            for (Entity each : emulator.world().all(kind)) {
                JsonObject object = new JsonObject();
                object.addProperty("name", each.name());
                object.addProperty("uid", each.uid());
                object.addProperty("owner", each.owner());
                object.addProperty("status", each.status());
                object.addProperty("created", each.created().toString());
                all.add(object);
            }
            told.add(kind.many(), all);
        }
        return told;
    }

    private JsonObject inventory() {
        JsonObject told = new JsonObject();
        for (Entity each : emulator.world().all(Kind.CLUSTER)) {
            KubeCluster cluster = ((Cluster) each).inventory();
            JsonArray machines = new JsonArray();
            cluster.machines().forEach(machine -> machines.add(machine(machine)));
            JsonArray claims = new JsonArray();
            cluster.claims().forEach(claim -> claims.add(claim(claim)));
            JsonObject content = Tree.of("machines", machines);
            content.add("claims", claims);
            content.add("namespaces", Tree.arrayOfTexts(cluster.namespaces().keySet()));
            told.add(each.name(), content);
        }
        return told;
    }

    private static JsonObject machine(VirtualMachine machine) {
        JsonObject told = new JsonObject();
        told.addProperty("namespace", machine.namespace());
        told.addProperty("name", machine.name());
        told.addProperty("uid", machine.uid());
        told.addProperty("phase", machine.phase().name());
        told.addProperty("mac", machine.mac());
        told.add("claims", Tree.arrayOfTexts(machine.claims()));
        return told;
    }

    private static JsonObject claim(Claim claim) {
        JsonObject told = new JsonObject();
        told.addProperty("namespace", claim.namespace());
        told.addProperty("name", claim.name());
        told.addProperty("uid", claim.uid());
        told.addProperty("size", claim.size());
        told.addProperty("storageClass", claim.storageClass());
        told.addProperty("provisioner", claim.provisioner());
        told.addProperty("version", claim.content().version());
        told.addProperty("text", claim.content().text());
        told.addProperty("sha256", claim.content().checksum());
        return told;
    }

    private static String help() {
        return "The admin API is at /_emu/: reset, seed, state, clock, faults, mishaps, inventory, journal, restart,"
                + " tokens/expire; see test/emulators/README.rst\n";
    }
}
