/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.cloudstackbackup.clusterexport.catalog.Manifest;
import org.junit.jupiter.api.Test;

/** A manifest is read back as it was, and never as less than it was. */
class ManifestTest {
    private static final String ODD = "a\"b\\c\n\u0001\u2028\u00e9\ud83d\ude00";

    private static Manifest manifest(int count) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Entry entry = new Entry(
                    "clusterbackup/c/n/configmaps/" + i + ".yaml",
                    "configmaps",
                    "n",
                    i == 0 ? ODD : "name-" + i,
                    i == 0 ? "\ud800" : "uid-" + i,
                    String.valueOf(i),
                    "hash+/" + i,
                    1L << 40,
                    "pack-" + i / 10,
                    i * 100L,
                    100);
            entries.put(entry.key(), entry);
        }
        return new Manifest(
                "r1",
                "c",
                "uid",
                "content",
                "selection",
                Map.of("configmaps", "configmaps"),
                Map.of("configmaps", new Manifest.TypeRecord("v1", "ConfigMap", true, true, "77")),
                entries,
                List.of(new Manifest.Tombstone("key", "secrets", "n", ODD, "vanished")));
    }

    private static String lines(byte[] manifest) throws IOException {
        return new String(
                new GZIPInputStream(new ByteArrayInputStream(manifest)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] compressed(String lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void itIsReadBackAsItWas() throws IOException {
        for (int count : new int[] {0, 1, 250, 10_000, 25_001}) {
            Manifest manifest = manifest(count);
            assertThat(Manifest.of(manifest.toBytes())).isEqualTo(manifest);
            assertThat(lines(manifest.toBytes()).lines()).hasSize(count + 3);
        }
    }

    @Test
    void aTextIsNotTakenForTheEscapesOfTheNextOne() throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        // Written with its escape, the second one looks like the first.
        for (String namespace : List.of("x\\\"", "x\"", "x")) {
            entries.put(namespace, new Entry(namespace, "configmaps", namespace, "n", "u", "1", "h", 1, "p", 0, 1));
        }
        Manifest manifest = new Manifest("r1", "c", "uid", "content", "", Map.of(), Map.of(), entries, List.of());
        assertThat(Manifest.of(manifest.toBytes())).isEqualTo(manifest);
    }

    @Test
    void oneThatIsCutAnywhereIsRefused() throws IOException {
        byte[] whole = manifest(20).toBytes();
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Manifest.of(cut)).as("%d bytes", length).isInstanceOf(IOException.class);
        }
        String lines = lines(whole);
        for (int end = lines.indexOf('\n'); end < lines.length() - 1; end = lines.indexOf('\n', end + 1)) {
            byte[] cut = compressed(lines.substring(0, end + 1));
            assertThatThrownBy(() -> Manifest.of(cut))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut");
        }
    }

    @Test
    void oneThatLacksALineOrAFieldIsRefused() throws IOException {
        List<String> lines = lines(manifest(20).toBytes()).lines().toList();
        for (int i = 1; i < lines.size() - 1; i++) {
            List<String> fewer = new java.util.ArrayList<>(lines);
            fewer.remove(i);
            byte[] bytes = compressed(String.join("\n", fewer));
            assertThatThrownBy(() -> Manifest.of(bytes)).hasMessageContaining("20 entries, but says 21");
        }
        byte[] short10 = compressed(String.join("\n", lines).replace(",100]", "]"));
        assertThatThrownBy(() -> Manifest.of(short10)).hasMessageContaining("only 10 fields");
        byte[] other = compressed(String.join("\n", lines).replace("\"format\":1", "\"format\":2"));
        assertThatThrownBy(() -> Manifest.of(other)).hasMessageContaining("format 2, not 1");
    }

    /** A later version may tell more of an object. */
    @Test
    void moreFieldsAreLeftAlone() throws IOException {
        byte[] more = compressed(lines(manifest(3).toBytes()).replace(",100]", ",100,[1,{\"a\":2}],\"x\"]"));
        assertThat(Manifest.of(more)).isEqualTo(manifest(3));
    }
}
