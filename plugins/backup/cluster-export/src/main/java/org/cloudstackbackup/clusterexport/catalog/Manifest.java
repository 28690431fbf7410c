/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Every object of one run, and what vanished since the one before: JSON lines, compressed. The first line is the head, each further one an entry
 * (a list) or a tombstone (an object); the last line counts them, so that a cut manifest is noticed.
 *
 * @param clusterUid of the namespace kube-system; empty where it could not be read
 * @param content fingerprint of the settings that decide what files hold
 * @param selection fingerprint of the settings that decide which objects there are
 * @param segments of types, by qualified name
 * @param entries by key of the file
 */
public record Manifest(
        String runId,
        String cluster,
        String clusterUid,
        String content,
        String selection,
        Map<String, String> segments,
        Map<String, TypeRecord> types,
        Map<String, Entry> entries,
        List<Tombstone> tombstones) {
    private static final int FORMAT = 1;

    /** How a type is served, for restoring it, and whether it was listed to its end. */
    public record TypeRecord(String apiVersion, String kind, boolean namespaced, boolean listed) {}

    /** An object that is not in the run any more; {@code reason} is {@code vanished} or {@code not_selected}. */
    public record Tombstone(String key, String type, String namespace, String name, String reason) {}

    /** What there is before the first run. */
    public static Manifest none(String cluster) {
        return new Manifest("", cluster, "", "", "", Map.of(), Map.of(), Map.of(), List.of());
    }

    /** The compressed file. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (Writer out = new OutputStreamWriter(new GZIPOutputStream(bytes, 1 << 16), StandardCharsets.UTF_8)) {
            Map<String, Object> head = new LinkedHashMap<>();
            head.put("format", FORMAT);
            head.put("run", runId);
            head.put("cluster", cluster);
            head.put("clusterUid", clusterUid);
            head.put("content", content);
            head.put("selection", selection);
            head.put("segments", segments);
            Map<String, Object> typeMap = new LinkedHashMap<>();
            types.forEach((name, type) -> typeMap.put(
                    name,
                    Map.of(
                            "apiVersion", type.apiVersion(),
                            "kind", type.kind(),
                            "namespaced", type.namespaced(),
                            "listed", type.listed())));
            head.put("types", typeMap);
            line(out, head);
            for (Entry entry : entries.values()) {
                line(out, entry.toList());
            }
            for (Tombstone stone : tombstones) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("vanished", stone.key());
                map.put("type", stone.type());
                map.put("namespace", stone.namespace());
                map.put("name", stone.name());
                map.put("reason", stone.reason());
                line(out, map);
            }
            line(out, Map.of("end", entries.size() + tombstones.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void line(Writer out, Object value) throws IOException {
        out.write(JsonText.of(value));
        out.write('\n');
    }

    /**
     * Reads a compressed file.
     *
     * @throws IOException when it is cut or of another format
     */
    public static Manifest of(byte[] bytes) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(bytes), 1 << 16), StandardCharsets.UTF_8))) {
            Map<String, @Nullable Object> head = JsonTree.readObject(require(in.readLine()));
            if (!JsonTree.text(head, "format").equals(String.valueOf(FORMAT))) {
                throw new IOException("The manifest has the format " + head.get("format") + ", not " + FORMAT);
            }
            Map<String, Entry> entries = new LinkedHashMap<>();
            List<Tombstone> stones = new java.util.ArrayList<>();
            Map<String, String> shared = new HashMap<>();
            String line = require(in.readLine());
            for (; line.startsWith("["); line = require(in.readLine())) {
                Entry entry = entry(line, shared);
                entries.put(entry.key(), entry);
            }
            Map<String, @Nullable Object> map = JsonTree.readObject(line);
            for (; !map.containsKey("end"); map = JsonTree.readObject(require(in.readLine()))) {
                stones.add(new Tombstone(
                        JsonTree.text(map, "vanished"),
                        JsonTree.text(map, "type"),
                        JsonTree.text(map, "namespace"),
                        JsonTree.text(map, "name"),
                        JsonTree.text(map, "reason")));
            }
            if (!JsonTree.text(map, "end").equals(String.valueOf(entries.size() + stones.size()))) {
                throw new IOException("The manifest has " + entries.size() + " entries, but says " + map.get("end"));
            }
            return new Manifest(
                    JsonTree.text(head, "run"),
                    JsonTree.text(head, "cluster"),
                    JsonTree.text(head, "clusterUid"),
                    JsonTree.text(head, "content"),
                    JsonTree.text(head, "selection"),
                    texts(JsonTree.map(head, "segments")),
                    types(JsonTree.map(head, "types")),
                    entries,
                    stones);
        }
    }

    private static String require(@Nullable String line) throws IOException {
        if (line == null) {
            throw new IOException("The manifest is cut");
        }
        return line;
    }

    private static Entry entry(String line, Map<String, String> shared) throws IOException {
        String[] fields = new String[11];
        try (JsonParser parser = JsonTree.FACTORY.createParser(line)) {
            parser.nextToken();
            for (int i = 0; i < fields.length; i++) {
                if (parser.nextToken() == JsonToken.END_ARRAY) {
                    throw new IOException("An entry of the manifest is cut: " + line);
                }
                fields[i] = parser.getText();
            }
        }
        return new Entry(
                fields[0],
                share(shared, fields[1]),
                share(shared, fields[2]),
                fields[3],
                fields[4],
                fields[5],
                fields[6],
                Long.parseLong(fields[7]),
                share(shared, fields[8]),
                Long.parseLong(fields[9]),
                Long.parseLong(fields[10]));
    }

    /** One text in memory for all entries that have it. */
    private static String share(Map<String, String> shared, String text) {
        return shared.computeIfAbsent(text, same -> same);
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    private static Map<String, TypeRecord> types(Map<String, @Nullable Object> map) {
        Map<String, TypeRecord> types = new LinkedHashMap<>();
        for (String name : map.keySet()) {
            Map<String, @Nullable Object> type = JsonTree.map(map, name);
            types.put(
                    name,
                    new TypeRecord(
                            JsonTree.text(type, "apiVersion"),
                            JsonTree.text(type, "kind"),
                            Boolean.TRUE.equals(type.get("namespaced")),
                            Boolean.TRUE.equals(type.get("listed"))));
        }
        return types;
    }

    /** The packs that hold content of this run. */
    public List<String> packs() {
        Collection<Entry> all = entries.values();
        return all.stream().map(Entry::pack).distinct().sorted().toList();
    }
}
