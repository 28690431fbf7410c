/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of a list gives what a parser of the whole page gives, however it comes, or fails. */
class ItemStreamTest {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "\"",
            "\\",
            "\\\"",
            "}",
            "]",
            "{\"metadata\":{}}",
            "metadata",
            "é\ud83d\ude00",
            "\n\t\u0001",
            "a,b:c");

    private static final String ODD_METADATA =
            "{\"items\":[{\"metadata\":{\"n\\u0061me\":\"a\",\"uid\":\"é\\n\",\"generation\":3,"
                    + "\"labels\":{\"k\":\"v\"},\"uid\":\"b\",\"managedFields\":[1]}},{\"metadata\":null},"
                    + "{\"metadata\":{\"name\":\"c\"},\"metadata\":{\"uid\":\"é\"}}]}";

    /** What a sink was shown and given. */
    private static final class Seen implements ItemStream.Sink {
        private final List<Map<String, @Nullable Object>> metadata = new ArrayList<>();
        private final List<Map<String, @Nullable Object>> items = new ArrayList<>();

        @Override
        public boolean wants(Map<String, @Nullable Object> given) {
            metadata.add(new LinkedHashMap<>(given));
            return !JsonTree.text(given, "name").startsWith("same-");
        }

        @Override
        public void accept(ItemStream.Item item) {
            try {
                items.add(item.read());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Gives as many bytes at a time as it likes. */
    private static InputStream inPieces(byte[] bytes, Random random) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(40)));
            }
        };
    }

    private static Seen read(String json) throws IOException {
        Seen seen = new Seen();
        new ItemStream(false, false).read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), seen);
        return seen;
    }

    private static @Nullable Object tree(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> TEXTS.get(random.nextInt(TEXTS.size()));
            case 1 -> "x".repeat(random.nextInt(30)) + TEXTS.get(random.nextInt(TEXTS.size()));
            case 2 -> random.nextLong();
            case 3 -> random.nextBoolean();
            case 4 -> null;
            case 5 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(tree(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(TEXTS.get(random.nextInt(TEXTS.size())), tree(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static Map<String, @Nullable Object> item(Random random, int number) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        boolean late = random.nextBoolean();
        if (late) {
            item.put("data", tree(random, 0));
        }
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("name", (random.nextInt(3) == 0 ? "same-" : "new-") + number);
        metadata.put("labels", tree(random, 2));
        metadata.put("managedFields", tree(random, 0));
        item.put("metadata", metadata);
        if (!late) {
            item.put("spec", tree(random, 0));
        }
        item.put("status", tree(random, 0));
        return item;
    }

    private static String page(List<Map<String, @Nullable Object>> items, Random random) {
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("kind", "ThingList");
        page.put("metadata", Map.of("resourceVersion", "77", "continue", "next\"page"));
        page.put("items", items);
        if (random.nextBoolean()) {
            page.put("more", tree(random, 0));
        }
        return JsonText.of(page) + (random.nextBoolean() ? "\n" : "");
    }

    private static Map<String, @Nullable Object> wantedPart(Map<String, @Nullable Object> item) {
        Map<String, @Nullable Object> part = new LinkedHashMap<>(item);
        part.remove("status");
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(JsonTree.map(item, "metadata"));
        metadata.remove("managedFields");
        part.put("metadata", metadata);
        return part;
    }

    @Test
    void givesTheWantedItemsHoweverThePageComes() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Map<String, @Nullable Object>> items = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                items.add(item(random, i));
            }
            Seen seen = new Seen();
            byte[] bytes = page(items, random).getBytes(StandardCharsets.UTF_8);
            ItemStream.End end = new ItemStream(false, false).read(inPieces(bytes, random), seen);
            assertThat(end).as("seed %d", seed).isEqualTo(new ItemStream.End("next\"page", "77"));
            assertThat(seen.metadata)
                    .as("seed %d", seed)
                    .isEqualTo(items.stream()
                            .map(item -> JsonTree.map(wantedPart(item), "metadata"))
                            .toList());
            assertThat(seen.items)
                    .as("seed %d", seed)
                    .isEqualTo(items.stream()
                            .filter(item -> JsonTree.text(JsonTree.map(item, "metadata"), "name")
                                    .startsWith("new-"))
                            .map(ItemStreamTest::wantedPart)
                            .toList());
        }
    }

    @Test
    void aPageThatIsCutAnywhereFails() {
        Random random = new Random(1);
        String page =
                page(List.of(item(random, 1), item(random, 2)), new Random(3)).strip();
        for (int length = 0; length < page.length(); length++) {
            String cut = page.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLargeItemBetweenSmallOnesIsReadWhole() throws IOException {
        String large = "\\\"é".repeat(300_000);
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("metadata", Map.of("name", "large"));
        item.put("data", Map.of("text", large));
        Map<String, @Nullable Object> small = new LinkedHashMap<>();
        small.put("metadata", Map.of("name", "small"));
        assertThat(read(page(List.of(small, item, small, item), new Random(5))).items)
                .isEqualTo(List.of(small, item, small, item));
    }

    @Test
    void fieldsThatAreWantedAreKept() throws IOException {
        Map<String, @Nullable Object> item = item(new Random(11), 1);
        JsonTree.map(item, "metadata").put("name", "new");
        Seen seen = new Seen();
        byte[] page = page(List.of(item), new Random(4)).getBytes(StandardCharsets.UTF_8);
        new ItemStream(true, true).read(new ByteArrayInputStream(page), seen);
        assertThat(seen.items).isEqualTo(List.of(item));
    }

    @Test
    void anItemWithoutMetadataIsShownWithNone() throws IOException {
        Seen seen = read("{\"items\":[{\"spec\":{\"metadata\":{\"name\":\"inner\"}}},{}]}");
        assertThat(seen.metadata).isEqualTo(List.of(Map.of(), Map.of()));
        assertThat(seen.items).hasSize(2);
    }

    @Test
    void aListOfNothingMayBeNull() throws IOException {
        assertThat(read(" { \"items\" : null } ").metadata).isEmpty();
        assertThat(read("{\"items\": [ ] , \"metadata\" : { } }\n").metadata).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{}",
                "{\"kind\":\"Status\"}",
                "{\"items\":{}}",
                "{\"items\":[1]}",
                "{\"items\":[{\"metadata\"}]}",
                "{\"items\":[{}{}]}",
                "{\"items\":[{\"metadata\":{\"name\":x}}]}",
                "{\"items\":[]}{}",
                "<html>",
            })
    void whatIsNoListFails(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void metadataIsShownAsAParserReadsIt() throws IOException {
        assertThat(read(ODD_METADATA).metadata)
                .containsExactly(
                        Map.of("name", "a", "uid", "b", "generation", 3L, "labels", Map.of("k", "v")),
                        Map.of(),
                        Map.of("uid", "é"));
    }

    @Test
    void whatIsAskedForIsFoundByItsName() throws IOException {
        List<String> found = new ArrayList<>();
        ItemStream.Sink sink = new ItemStream.Sink() {
            @Override
            public boolean wants(Map<String, @Nullable Object> metadata) {
                for (String name : List.of("name", "uid", "generation", "labels", "managedFields", "nam", "names")) {
                    found.add(JsonTree.text(metadata, name));
                }
                return false;
            }

            @Override
            public void accept(ItemStream.Item item) {
                throw new AssertionError("nothing was wanted");
            }
        };
        byte[] plain = ODD_METADATA.replace("n\\u0061me", "name").getBytes(StandardCharsets.UTF_8);
        new ItemStream(false, false)
                .read(new ByteArrayInputStream(ODD_METADATA.getBytes(StandardCharsets.UTF_8)), sink);
        List<String> escaped = List.copyOf(found);
        found.clear();
        new ItemStream(false, false).read(new ByteArrayInputStream(plain), sink);
        assertThat(found)
                .isEqualTo(escaped)
                .containsExactly(
                        "a", "b", "3", "{k=v}", "", "", "", "", "", "", "", "", "", "", "", "é", "", "", "", "", "");
    }

    private static Seen changes(String json, int most) throws IOException {
        Seen seen = new Seen();
        new ItemStream(false, false)
                .readChanges(
                        inPieces(json.getBytes(StandardCharsets.UTF_8), new Random(7)),
                        seen,
                        () -> seen.items.size() == most);
        return seen;
    }

    private static String event(String type, String name) {
        return "{\"type\":\"" + type + "\",\"object\":{\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"k\":[1]}}}\n";
    }

    @Test
    void aWatchGivesWhatWasMadeOrChanged() throws IOException {
        String all = event("ADDED", "new-1")
                + event("DELETED", "new-2")
                + event("BOOKMARK", "new-3")
                + event("MODIFIED", "same-4")
                + event("MODIFIED", "new-5");
        Seen seen = changes(all, 100);
        assertThat(seen.items)
                .containsExactly(
                        Map.of("metadata", Map.of("name", "new-1"), "data", Map.of("k", List.of(1L))),
                        Map.of("metadata", Map.of("name", "new-5"), "data", Map.of("k", List.of(1L))));
        assertThat(seen.metadata).hasSize(3);
        assertThat(changes("", 100).metadata).isEmpty();
    }

    @Test
    void aWatchIsReadNoFurtherThanNeeded() throws IOException {
        Seen seen = changes(event("ADDED", "new-1") + event("ADDED", "new-2") + "not even JSON", 2);
        assertThat(seen.items).hasSize(2);
    }

    @Test
    void aWatchThatEndsBadlySaysHow() {
        String gone = "{\"type\":\"ERROR\",\"object\":{\"message\":\"too old resource version: 1 (7)\",\"code\":410}}";
        assertThatThrownBy(() -> changes(event("ADDED", "new-1") + gone, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too old resource version: 1 (7)");
        String cut = event("ADDED", "new-1") + event("ADDED", "new-2").substring(0, 40);
        assertThatThrownBy(() -> changes(cut, 100)).isInstanceOf(IOException.class);
    }

    @Test
    void onlyAListOfWholeObjectsHasThem() throws IOException {
        assertThat(brief("{\"kind\":\"PartialObjectMetadataList\",\"items\":[{\"metadata\":{}}]}"))
                .isTrue();
        assertThat(brief("{\"kind\":\"ThingList\",\"items\":[{\"metadata\":{}}]}"))
                .isFalse();
        // Told too late to be of use.
        assertThat(brief("{\"items\":[{\"metadata\":{}}],\"kind\":\"ThingList\"}"))
                .isTrue();
    }

    private static boolean brief(String page) throws IOException {
        List<Boolean> brief = new ArrayList<>();
        ItemStream.Sink sink = new ItemStream.Sink() {
            @Override
            public boolean wants(Map<String, @Nullable Object> metadata) {
                return true;
            }

            @Override
            public void accept(ItemStream.Item item) {
                brief.add(item.isBrief());
            }
        };
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        ItemStream stream = new ItemStream(false, false);
        stream.read(new ByteArrayInputStream(bytes), sink);
        assertThat(stream.bytes()).isEqualTo(bytes.length);
        assertThat(brief).hasSize(1);
        return brief.get(0);
    }
}
