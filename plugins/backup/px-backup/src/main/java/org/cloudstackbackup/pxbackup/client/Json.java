/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.jspecify.annotations.Nullable;

/** Reads and writes the gateway's JSON: what is unknown is skipped, what is absent is null or empty. */
final class Json {
    private static final ObjectMapper MAPPER = emptyForAbsent(JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .addHandler(new LaterLines())
            .addModule(new SimpleModule()
                    .addDeserializer(Instant.class, new Times())
                    .addSerializer(Instant.class, ToStringSerializer.instance))
            .build());

    private Json() {}

    private static ObjectMapper emptyForAbsent(ObjectMapper mapper) {
        JsonSetter.Value empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        mapper.configOverride(List.class).setSetterInfo(empty);
        mapper.configOverride(Map.class).setSetterInfo(empty);
        return mapper;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The value as JSON: texts, numbers, flags, lists and maps of them. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree could not be written", e);
        }
    }

    /**
     * Reads an answer.
     *
     * @param told what was asked, for the message
     */
    static <T> T read(byte[] body, Class<T> type, String told) {
        try {
            T read = body.length == 0 ? null : MAPPER.readValue(body, type);
            if (read == null) {
                throw new PxBackupException(Reason.MALFORMED, told + " answered nothing", null);
            }
            return read;
        } catch (IOException e) {
            throw malformed(told, e);
        }
    }

    static <T> T convert(JsonNode node, Class<T> type, String told) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw malformed(told, e);
        }
    }

    /** The object in the body, or null when it is no JSON object. */
    static @Nullable JsonNode objectIn(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node != null && node.isObject() ? node : null;
        } catch (IOException e) {
            return null; // plain text or a page: the caller takes it as text
        }
    }

    private static PxBackupException malformed(String told, IOException e) {
        String where = e instanceof JsonProcessingException broken ? broken.getOriginalMessage() : e.getMessage();
        return new PxBackupException(
                Reason.MALFORMED, told + " answered what cannot be read: " + Answer.shorten(String.valueOf(where)), e);
    }

    /** A text that a later line made an object of is as if it were not there. */
    private static final class LaterLines extends DeserializationProblemHandler {
        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context,
                JavaType type,
                JsonToken token,
                JsonParser parser,
                @Nullable String message)
                throws IOException {
            if (type.hasRawClass(String.class) && token.isStructStart()) {
                parser.skipChildren();
                return null;
            }
            return NOT_HANDLED;
        }
    }

    /** RFC 3339. */
    private static final class Times extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        Times() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText();
            try {
                Instant usual = usual(text);
                return usual != null ? usual : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "no RFC 3339 time");
            }
        }

        /** The usual form, 2026-11-21T08:00:00Z: five in each backup of a long list, and the JDK's parser takes its time. */
        private static @Nullable Instant usual(String text) {
            if (text.length() != 20 || text.charAt(10) != 'T' || text.charAt(19) != 'Z') {
                return null;
            }
            int year = number(text, 0, 4);
            int month = number(text, 5, 7);
            int day = number(text, 8, 10);
            int hour = number(text, 11, 13);
            int minute = number(text, 14, 16);
            int second = number(text, 17, 19);
            boolean good =
                    text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(13) == ':' && text.charAt(16) == ':';
            if (!good || Math.min(Math.min(year, month), Math.min(day, hour)) < 0 || minute < 0 || second < 0) {
                return null;
            }
            return LocalDateTime.of(year, month, day, hour, minute, second).toInstant(ZoneOffset.UTC);
        }

        private static int number(String text, int from, int to) {
            int number = 0;
            for (int i = from; i < to; i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                number = number * 10 + digit;
            }
            return number;
        }
    }
}
