/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.lang.reflect.Field;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.emulator.http.Journal;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.pxbackup.PxBackupEmulator;
import org.cloudstackbackup.emulator.pxbackup.PxBackupOptions;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.pxbackup.driver.PxBackupConnections;
import org.cloudstackbackup.pxbackup.driver.PxBackupDriverFactory;
import org.cloudstackbackup.pxbackup.driver.PxBackupSettings;
import org.cloudstackbackup.spi.ZoneContext;

/** An emulator with a cluster of two machines, and a host that fills commands as both real ones do. A pause is not waited for. */
final class CommandRig implements AutoCloseable {
    static final String TOKEN = "static-token-of-the-test";
    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private static final long ZONE = 1;
    private static final Pattern ENTRY = Pattern.compile("([a-z]+)\\[(\\d+)]\\.(.+)");

    private final PxBackupEmulator emulator;
    private final Map<String, String> settings = new HashMap<>();
    private final PxBackupOperations operations;

    CommandRig() {
        this(PxBackupOptions.forTests());
    }

    CommandRig(PxBackupOptions options) {
        emulator = PxBackupEmulator.start(options.withToken(TOKEN).withStart(START));
        KubeCluster cluster = emulator.addCluster("cl", "UTC");
        for (String vm : List.of("vm1", "vm2")) {
            cluster.put(Claim.of("ns1", vm + "-root", 1L << 30, "root of " + vm));
            cluster.put(VirtualMachine.of("ns1", vm, vm + "-root"));
        }
        emulator.addLocation("bl", 0);
        emulator.addPolicy("every-15", "{\"interval\":{\"minutes\":15,\"retain\":3}}");
        emulator.addPolicy("daily", "{\"daily\":{\"time\":\"02:00AM\",\"retain\":7}}");
        new PxBackupDriverFactory().settings().forEach(each -> settings.put(each.key(), each.defaultValue()));
        set(PxBackupSettings.URL, emulator.url());
        set(PxBackupSettings.TOKEN, TOKEN);
        set(PxBackupSettings.CLUSTER, "cl");
        set(PxBackupSettings.LOCATION, "bl");
        set(PxBackupSettings.PAGE_SIZE, "3");
        operations = new PxBackupOperations(clients(new ArrayList<>()));
    }

    /** @param opened gets what each client is made with */
    ZoneClients clients(List<PxBackupConfig> opened) {
        return new ZoneClients(
                zone -> new ZoneContext("7d3f6e52-97c3-4f0c-8f5d-3f1f4f0b7a12", "zone-a", settings, clock()),
                PxBackupConnections::config,
                (config, zone) -> {
                    opened.add(config);
                    return new PxBackupClient(config, zone.clock(), emulator::advance);
                });
    }

    PxBackupEmulator emulator() {
        return emulator;
    }

    void set(String key, String value) {
        settings.put(key, value);
    }

    void pass(int seconds) {
        emulator.advance(Duration.ofSeconds(seconds));
    }

    String uid(String kind, String name) {
        return emulator.uid(kind, name);
    }

    /** Runs a command; a list answers {@code {"count": n, "entries": [...]}}. */
    JsonObject call(Class<? extends BaseCmd> type, String... parameters) {
        BaseCmd command = filled(type, parameters);
        try {
            command.execute();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (command.getResponseObject() instanceof ListResponse<?> list) {
            JsonObject answer = new JsonObject();
            answer.addProperty("count", list.getCount());
            answer.add("entries", new Gson().toJsonTree(list.getResponses()));
            return answer;
        }
        return new Gson().toJsonTree(command.getResponseObject()).getAsJsonObject();
    }

    JsonArray list(Class<? extends BaseCmd> type, String... parameters) {
        return call(type, parameters).getAsJsonArray("entries");
    }

    /** A backup of machines of the namespace ns1. */
    JsonObject backup(String name, String... vms) {
        StringBuilder included = new StringBuilder();
        for (int i = 0; i < vms.length; i++) {
            String at = "includeresources[" + i + "].";
            included.append(at + "name=" + vms[i] + "|" + at + "namespace=ns1|" + at + "group=kubevirt.io|" + at
                    + "kind=VirtualMachine|" + at + "version=v1|");
        }
        return call(
                CreatePxBackupCommand.class,
                (included + "name=" + name + "|backuplocationref[0].name=bl|backuplocationref[0].uid="
                                + uid("backup_location", "bl") + "|clusterref[0].name=cl|clusterref[0].uid="
                                + uid("cluster", "cl") + "|namespaces=ns1|backupobjecttype=VirtualMachine")
                        .split("\\|"));
    }

    /** A backup that has ended. */
    JsonObject finished(String name, String... vms) {
        JsonObject made = backup(name, vms);
        pass(120);
        return made;
    }

    /** The last request of a method whose path matches. */
    JsonObject lastBody(String method, String path) {
        List<Journal.Entry> sent = emulator.journal().entries(method, path);
        return JsonParser.parseString(sent.get(sent.size() - 1).body()).getAsJsonObject();
    }

    String lastQuery(String method, String path) {
        List<Journal.Entry> sent = emulator.journal().entries(method, path);
        return sent.get(sent.size() - 1).query();
    }

    @Override
    public void close() {
        operations.close();
        emulator.close();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return emulator.clock().instant();
            }
        };
    }

    private BaseCmd filled(Class<? extends BaseCmd> type, String... parameters) {
        try {
            BaseCmd command = type.getDeclaredConstructor().newInstance();
            Map<String, String> texts = new HashMap<>(Map.of("zoneid", String.valueOf(ZONE)));
            for (String each : parameters) {
                String[] parts = each.split("=", 2);
                texts.put(parts[0], parts[1]);
            }
            Map<String, Map<String, Map<String, String>>> maps = maps(texts);
            for (Class<?> at = type; at != BaseCmd.class; at = at.getSuperclass()) {
                for (Field field : at.getDeclaredFields()) {
                    field.setAccessible(true);
                    if (field.isAnnotationPresent(Inject.class)) {
                        field.set(command, operations);
                    } else if (field.isAnnotationPresent(Parameter.class)) {
                        fill(command, field, texts, maps);
                    }
                }
            }
            if (!texts.isEmpty() || !maps.isEmpty()) {
                throw new IllegalArgumentException(
                        type.getSimpleName() + " has no parameters " + texts.keySet() + maps.keySet());
            }
            command.validateSpecificParameters(Map.of());
            return command;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Map<String, Map<String, String>>> maps(Map<String, String> texts) {
        Map<String, Map<String, Map<String, String>>> maps = new TreeMap<>();
        for (String name : List.copyOf(texts.keySet())) {
            Matcher entry = ENTRY.matcher(name);
            if (entry.matches()) {
                maps.computeIfAbsent(entry.group(1), unused -> new HashMap<>())
                        .computeIfAbsent(entry.group(2), unused -> new HashMap<>())
                        .put(entry.group(3), texts.remove(name));
            }
        }
        return maps;
    }

    private static void fill(
            BaseCmd command, Field field, Map<String, String> texts, Map<String, Map<String, Map<String, String>>> maps)
            throws IllegalAccessException {
        Parameter declared = field.getAnnotation(Parameter.class);
        if (maps.containsKey(declared.name())) {
            field.set(command, maps.remove(declared.name()));
        }
        String text = texts.remove(declared.name());
        if (text != null) {
            field.set(
                    command,
                    switch (declared.type()) {
                        case LIST -> Arrays.asList(text.split(","));
                        case BOOLEAN -> text.equalsIgnoreCase("true");
                        case INTEGER -> Integer.valueOf(text);
                        case UUID -> Long.valueOf(text);
                        default -> text;
                    });
        }
    }
}
