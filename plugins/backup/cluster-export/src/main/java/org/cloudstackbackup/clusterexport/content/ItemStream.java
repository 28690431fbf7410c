/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one page of a LIST item by item, so that a page never is in memory as a whole. */
public final class ItemStream {
    /** What is done with each item. */
    public interface Sink {
        /** Asked once {@code metadata} is read; when false the rest of the item is skipped, unread. */
        boolean wants(Map<String, @Nullable Object> metadata);

        /** One item that was wanted, with about how many bytes of JSON it was. */
        void accept(Map<String, @Nullable Object> item, long bytes);
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
        try (JsonParser parser = JsonTree.FACTORY.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Expected a list, got " + parser.currentToken());
            }
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
            boolean items = false;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("items") && token == JsonToken.START_ARRAY) {
                    items = true;
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        item(parser, sink);
                    }
                } else if (name.equals("metadata") && token == JsonToken.START_OBJECT) {
                    metadata = JsonTree.object(parser);
                } else {
                    items |= name.equals("items") && token == JsonToken.VALUE_NULL;
                    parser.skipChildren();
                }
            }
            if (!items || parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("The answer is no list of items, or was cut");
            }
            return new End(JsonTree.text(metadata, "continue"), JsonTree.text(metadata, "resourceVersion"));
        }
    }

    private void item(JsonParser parser, Sink sink) throws IOException {
        long start = parser.currentLocation().getByteOffset();
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        boolean wanted = true;
        boolean asked = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (!wanted || (name.equals("status") && !status)) {
                parser.skipChildren();
            } else if (name.equals("metadata") && parser.currentToken() == JsonToken.START_OBJECT) {
                Map<String, @Nullable Object> metadata = metadata(parser);
                item.put(name, metadata);
                asked = true;
                wanted = sink.wants(metadata);
            } else {
                item.put(name, JsonTree.value(parser));
            }
        }
        if (asked && wanted) {
            sink.accept(item, parser.currentLocation().getByteOffset() - start);
        } else if (!asked && sink.wants(Map.of())) {
            sink.accept(item, parser.currentLocation().getByteOffset() - start);
        }
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
