/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads one page of a LIST item by item, so that a page never is in memory as a whole. For one thread at a time. */
public final class ItemStream {
    /** What is done with each item. */
    public interface Sink {
        /** Asked once for each item, of which it is shown the metadata until it answers; when false the item is dropped, unread. */
        boolean wants(Map<String, @Nullable Object> metadata);

        /** One item that was wanted. */
        void accept(Item item);

        /** Where the next page begins, if there is one and the server says so before the items. */
        default void next(String continueToken) {}
    }

    /** The JSON of one item, as it came. Safe for use by many threads. */
    public final class Item {
        private final byte[] json;
        private final boolean brief;

        private Item(byte[] json, boolean brief) {
            this.json = json;
            this.brief = brief;
        }

        /** Whether it may be no more than metadata: its list said so, or did not say what it is before its items came. */
        public boolean isBrief() {
            return brief;
        }

        /** How large it is. */
        public long bytes() {
            return json.length;
        }

        /**
         * Reads it, without what is not wanted of any object.
         *
         * @throws IOException when it is no JSON
         */
        public Map<String, @Nullable Object> read() throws IOException {
            try (JsonParser parser = JsonTree.FACTORY.createParser(json)) {
                parser.nextToken();
                return item(parser);
            }
        }
    }

    /** How a page ended: where the next begins (empty when it was the last), and which version of the list it shows. */
    public record End(String continueToken, String resourceVersion) {}

    private static final String BRIEF_LIST = "PartialObjectMetadataList";
    private static final Set<String> CHANGES = Set.of("ADDED", "MODIFIED");

    private final boolean managedFields;
    private final boolean status;
    private final ItemMetadata metadata;
    private long bytes;

    /** Fields that are not wanted are skipped while reading, which is cheaper than removing them. */
    public ItemStream(boolean managedFields, boolean status) {
        this.managedFields = managedFields;
        this.status = status;
        this.metadata = new ItemMetadata(managedFields ? Set.of() : Set.of("managedFields"));
    }

    /**
     * Reads one page to its end.
     *
     * @throws IOException when the stream is cut, is no list, or is no JSON
     */
    public End read(InputStream in, Sink sink) throws IOException {
        JsonScanner scanner = new JsonScanner(in);
        Map<String, @Nullable Object> metadata = Map.of();
        String kind = "";
        boolean items = false;
        for (boolean more = scanner.enter('{', '}'); more; more = scanner.another('}')) {
            String name = scanner.name();
            if (name.equals("items") && scanner.peek() == '[') {
                items = true;
                String next = JsonTree.text(metadata, "continue");
                if (!next.isEmpty()) {
                    sink.next(next);
                }
                items(scanner, sink, kind.isEmpty() || kind.equals(BRIEF_LIST));
                continue;
            }
            items |= name.equals("items") && scanner.peek() == 'n';
            scanner.pass();
            if (name.equals("metadata")) {
                metadata = JsonTree.readObject(new ByteArrayInputStream(scanner.value()));
            } else if (name.equals("kind")) {
                kind = text(scanner);
            }
        }
        if (!items) {
            throw new IOException("The answer is no list of items");
        }
        scanner.end();
        bytes += scanner.bytes();
        return new End(JsonTree.text(metadata, "continue"), JsonTree.text(metadata, "resourceVersion"));
    }

    /** How many bytes the pages had that were read to their end. */
    public long bytes() {
        return bytes;
    }

    /**
     * Reads the events of a watch and gives the objects that were made or changed, one for each change, until there are no more or enough.
     *
     * @throws IOException when the stream is cut, is no JSON, or the server ends it with an error
     */
    public void readChanges(InputStream in, Sink sink, BooleanSupplier enough) throws IOException {
        JsonScanner scanner = new JsonScanner(in);
        while (!enough.getAsBoolean() && !scanner.isAtEnd()) {
            String type = "";
            for (boolean more = scanner.enter('{', '}'); more; more = scanner.another('}')) {
                String name = scanner.name();
                if (name.equals("object") && CHANGES.contains(type)) {
                    item(scanner, sink, false);
                    continue;
                }
                scanner.pass();
                if (name.equals("type")) {
                    type = text(scanner);
                } else if (type.equals("ERROR")) {
                    throw new IOException("the watch ended: "
                            + JsonTree.text(JsonTree.readObject(new ByteArrayInputStream(scanner.value())), "message"));
                }
            }
        }
    }

    /** The last value, where it is a text without escapes; else something that equals no word. */
    private static String text(JsonScanner scanner) {
        String text = new String(scanner.value(), StandardCharsets.UTF_8);
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    private void items(JsonScanner scanner, Sink sink, boolean brief) throws IOException {
        for (boolean more = scanner.enter('[', ']'); more; more = scanner.another(']')) {
            item(scanner, sink, brief);
        }
    }

    private void item(JsonScanner scanner, Sink sink, boolean brief) throws IOException {
        scanner.passItem(metadata);
        if (wants(sink)) {
            sink.accept(new Item(scanner.value(), brief));
        }
    }

    private boolean wants(Sink sink) throws IOException {
        try {
            return sink.wants(metadata);
        } catch (ItemMetadata.NoJson e) {
            throw new IOException("An item has metadata that is no JSON", e);
        }
    }

    private Map<String, @Nullable Object> item(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("status") && !status) {
                parser.skipChildren();
            } else if (name.equals("metadata") && token == JsonToken.START_OBJECT) {
                item.put(name, metadata(parser));
            } else {
                item.put(name, JsonTree.value(parser));
            }
        }
        return item;
    }

    private Map<String, @Nullable Object> metadata(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("managedFields") && !managedFields) {
                parser.skipChildren();
            } else {
                metadata.put(name, JsonTree.value(parser));
            }
        }
        return metadata;
    }
}
