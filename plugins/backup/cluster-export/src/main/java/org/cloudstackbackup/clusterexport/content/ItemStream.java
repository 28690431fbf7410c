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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one page of a LIST item by item, so that a page never is in memory as a whole. For one thread at a time. */
public final class ItemStream {
    /** What is done with each item. */
    public interface Sink {
        /** Asked once for each item; when false the item is dropped, unread. */
        boolean wants(Map<String, @Nullable Object> metadata);

        /** One item that was wanted. */
        void accept(Item item);
    }

    /** The JSON of one item, as it came. Safe for use by many threads. */
    public final class Item {
        private final byte[] json;

        private Item(byte[] json) {
            this.json = json;
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

    private final boolean managedFields;
    private final boolean status;

    /** Fields that are not wanted are skipped while reading, which is cheaper than removing them. */
    public ItemStream(boolean managedFields, boolean status) {
        this.managedFields = managedFields;
        this.status = status;
    }

    /**
     * Reads one page to its end.
     *
     * @throws IOException when the stream is cut, is no list, or is no JSON
     */
    public End read(InputStream in, Sink sink) throws IOException {
        ListScanner scanner = new ListScanner(in);
        Map<String, @Nullable Object> metadata = Map.of();
        boolean items = false;
        for (boolean more = scanner.enter('{', '}'); more; more = scanner.another('}')) {
            String name = scanner.name();
            if (name.equals("items") && scanner.peek() == '[') {
                items = true;
                items(scanner, sink);
                continue;
            }
            items |= name.equals("items") && scanner.peek() == 'n';
            scanner.pass();
            if (name.equals("metadata")) {
                metadata = JsonTree.readObject(new ByteArrayInputStream(scanner.value()));
            }
        }
        if (!items) {
            throw new IOException("The answer is no list of items");
        }
        scanner.end();
        return new End(JsonTree.text(metadata, "continue"), JsonTree.text(metadata, "resourceVersion"));
    }

    private void items(ListScanner scanner, Sink sink) throws IOException {
        for (boolean more = scanner.enter('[', ']'); more; more = scanner.another(']')) {
            scanner.passItem();
            if (sink.wants(scanner.hasMetadata() ? metadataOf(scanner) : Map.of())) {
                sink.accept(new Item(scanner.value()));
            }
        }
    }

    private Map<String, @Nullable Object> metadataOf(ListScanner scanner) throws IOException {
        try (JsonParser parser = scanner.metadata()) {
            parser.nextToken();
            return metadata(parser);
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
