/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.cloudstackbackup.clusterexport.content.JsonScanner;
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
    /** So many entries are compressed together. */
    private static final int PART = 10_000;
    /** Each value has a line. Whatever a server said of an object can be written, half a character too. */
    private static final JsonFactory LINES = new JsonFactoryBuilder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .rootValueSeparator("\n")
            .build();

    /**
     * How a type is served, for restoring it, and whether it was listed to its end.
     *
     * @param version of the list of the whole cluster; empty where there was none
     */
    public record TypeRecord(String apiVersion, String kind, boolean namespaced, boolean listed, String version) {}

    /** An object that is not in the run any more; {@code reason} is {@code vanished} or {@code not_selected}. */
    public record Tombstone(String key, String type, String namespace, String name, String reason) {}

    /** What there is before the first run. */
    public static Manifest none(String cluster) {
        return new Manifest("", cluster, "", "", "", Map.of(), Map.of(), Map.of(), List.of());
    }

    /** The compressed file: parts that are compressed for themselves, on all processors, and follow one another. */
    public byte[] toBytes() {
        List<Entry> all = new ArrayList<>(entries.values());
        int parts = (all.size() + PART - 1) / PART;
        List<byte[]> written = IntStream.rangeClosed(0, parts + 1)
                .parallel()
                .mapToObj(part -> compressed(out -> {
                    if (part == 0) {
                        writeHead(out);
                    } else if (part <= parts) {
                        for (Entry entry : all.subList((part - 1) * PART, Math.min(part * PART, all.size()))) {
                            write(out, entry);
                        }
                    } else {
                        writeEnd(out);
                    }
                }))
                .toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                written.stream().mapToInt(part -> part.length).sum());
        written.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** Writes some lines. */
    @FunctionalInterface
    private interface Lines {
        void write(JsonGenerator out) throws IOException;
    }

    private static byte[] compressed(Lines lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (JsonGenerator out = LINES.createGenerator(new QuickGzip(bytes))) {
            lines.write(out);
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void writeHead(JsonGenerator out) throws IOException {
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
                        "listed", type.listed(),
                        "version", type.version())));
        head.put("types", typeMap);
        line(out, head);
    }

    private void writeEnd(JsonGenerator out) throws IOException {
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
    }

    private static void line(JsonGenerator out, Map<String, ?> value) throws IOException {
        out.writeRawValue(JsonText.of(value));
    }

    private static void write(JsonGenerator out, Entry entry) throws IOException {
        out.writeStartArray();
        for (String text : List.of(
                entry.key(),
                entry.type(),
                entry.namespace(),
                entry.name(),
                entry.uid(),
                entry.version(),
                entry.hash())) {
            out.writeString(text);
        }
        out.writeNumber(entry.sizeBytes());
        out.writeString(entry.pack());
        out.writeNumber(entry.offset());
        out.writeNumber(entry.length());
        out.writeEndArray();
    }

    /** For the many entries of a large cluster the quickest compression takes a third of the time. */
    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /**
     * Reads a compressed file.
     *
     * @throws IOException when it is cut or of another format
     */
    public static Manifest of(byte[] bytes) throws IOException {
        try (InputStream file = new GZIPInputStream(new ByteArrayInputStream(bytes), 1 << 16)) {
            JsonScanner in = new JsonScanner(file);
            Map<String, @Nullable Object> head = object(in);
            if (!JsonTree.text(head, "format").equals(String.valueOf(FORMAT))) {
                throw new IOException("The manifest has the format " + head.get("format") + ", not " + FORMAT);
            }
            Map<String, Entry> entries = new LinkedHashMap<>();
            List<Tombstone> stones = new ArrayList<>();
            EntryReader reader = new EntryReader(in);
            while (next(in) == '[') {
                Entry entry = reader.read();
                entries.put(entry.key(), entry);
            }
            Map<String, @Nullable Object> map = object(in);
            for (; !map.containsKey("end"); map = object(in)) {
                stones.add(new Tombstone(
                        JsonTree.text(map, "vanished"),
                        JsonTree.text(map, "type"),
                        JsonTree.text(map, "namespace"),
                        JsonTree.text(map, "name"),
                        JsonTree.text(map, "reason")));
            }
            int count = entries.size() + stones.size();
            if (!JsonTree.text(map, "end").equals(String.valueOf(count))) {
                throw new IOException("The manifest has " + count + " entries, but says " + map.get("end"));
            }
            // The checksum of it all stands behind its last line.
            if (!in.isAtEnd()) {
                throw new IOException("The manifest goes on behind its end");
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

    private static byte next(JsonScanner in) throws IOException {
        if (in.isAtEnd()) {
            throw new IOException("The manifest is cut");
        }
        return in.peek();
    }

    private static Map<String, @Nullable Object> object(JsonScanner in) throws IOException {
        next(in);
        in.pass();
        return JsonTree.readObject(new ByteArrayInputStream(in.value()));
    }

    /** Reads entries; texts that many of them have are in memory once. */
    private static final class EntryReader {
        private static final int FIELDS = 11;
        private static final Set<Integer> SHARED = Set.of(1, 2, 8);

        private final JsonScanner in;
        private final Map<String, String> shared = new HashMap<>();
        private final String[] fields = new String[FIELDS];

        EntryReader(JsonScanner in) {
            this.in = in;
            Arrays.fill(fields, "");
        }

        Entry read() throws IOException {
            int count = 0;
            for (boolean more = in.enter('[', ']'); more; more = in.another(']')) {
                in.pass();
                // Others are of a later version.
                if (count < FIELDS) {
                    fields[count] = SHARED.contains(count) ? sharedText(fields[count]) : in.text();
                }
                count++;
            }
            if (count < FIELDS) {
                throw new IOException("An entry of the manifest has only " + count + " fields, the first is "
                        + (count == 0 ? "" : fields[0]));
            }
            return new Entry(
                    fields[0],
                    fields[1],
                    fields[2],
                    fields[3],
                    fields[4],
                    fields[5],
                    fields[6],
                    Long.parseLong(fields[7]),
                    fields[8],
                    Long.parseLong(fields[9]),
                    Long.parseLong(fields[10]));
        }

        /** Most have the same as the entry before. */
        private String sharedText(String before) throws IOException {
            return in.isText(before) ? before : shared.computeIfAbsent(in.text(), same -> same);
        }
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
                            Boolean.TRUE.equals(type.get("listed")),
                            JsonTree.text(type, "version")));
        }
        return types;
    }

    /** The packs that hold content of this run. */
    public List<String> packs() {
        Collection<Entry> all = entries.values();
        return all.stream().map(Entry::pack).distinct().sorted().toList();
    }
}
