/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request. Of a repeated parameter the first value counts, and the query comes before the form.
 */
final class RequestParams {
    static final int MAX_KEYS = 5000;

    private static final int MALFORMED = 430;
    private static final int PARAM_ERROR = 431;
    private static final int TOO_LARGE = 413;
    private static final int SHOWN_LENGTH = 60;

    /** Parameters that take whole files: they may have line breaks and tabs. */
    private static final Set<String> TEXTS = Set.of("kubeconfig");

    private final Map<String, String> received = new LinkedHashMap<>();
    private final Map<String, String> byName = new HashMap<>();
    private int pairs;

    /** Adds a query or an urlencoded form; refuses what is not valid, after which nothing of it may be used. */
    void add(String encoded) {
        int start = 0;
        while (start <= encoded.length()) {
            int end = encoded.indexOf('&', start);
            if (end < 0) {
                end = encoded.length();
            }
            if (end > start) {
                addPair(encoded.substring(start, end));
            }
            start = end + 1;
        }
    }

    /** Names and values as received, for the signature. */
    Map<String, String> received() {
        return received;
    }

    /** Values by name in lower case; what follows the bracket in the name of a map's entry keeps its case. */
    Map<String, String> byName() {
        return byName;
    }

    @Nullable
    String get(String lowerCaseName) {
        return byName.get(lowerCaseName);
    }

    private void addPair(String pair) {
        if (++pairs > MAX_KEYS) {
            throw new FailureException(TOO_LARGE, "The request has more than " + MAX_KEYS + " parameters");
        }
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        refuseControlCharacters(name, value);
        received.putIfAbsent(name, value);
        byName.putIfAbsent(lowerCase(name), value);
    }

    private static String lowerCase(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0
                ? name.toLowerCase(Locale.ROOT)
                : name.substring(0, bracket).toLowerCase(Locale.ROOT) + name.substring(bracket);
    }

    private static void refuseControlCharacters(String name, String value) {
        if (hasControl(name)) {
            throw new FailureException(PARAM_ERROR, "The name of a parameter contains an ASCII control character");
        }
        if (hasControl(TEXTS.contains(lowerCase(name)) ? value.replaceAll("[\\n\\r\\t]", "") : value)) {
            throw new FailureException(
                    PARAM_ERROR,
                    "Received value for parameter " + name + " contains illegal ASCII non-printable characters");
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(character -> character < ' ' || character == 0x7f);
    }

    /** Decodes strictly, where the JDK's decoder would put replacement characters or fail without saying where. */
    private static String decode(String encoded) {
        if (encoded.indexOf('%') < 0 && encoded.chars().allMatch(c -> c < 0x80)) {
            return encoded.replace('+', ' ');
        }
        byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
                int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new FailureException(
                            MALFORMED, "A % is not followed by two hexadecimal digits in " + shown(encoded));
                }
                out.put((byte) (high * 16 + low));
                i += 2;
            } else {
                out.put(in[i] == '+' ? (byte) ' ' : in[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new FailureException(MALFORMED, "Not UTF-8 after percent-decoding: " + shown(encoded), e);
        }
    }

    private static String shown(String encoded) {
        return "'" + (encoded.length() <= SHOWN_LENGTH ? encoded : encoded.substring(0, SHOWN_LENGTH) + "...") + "'";
    }
}
