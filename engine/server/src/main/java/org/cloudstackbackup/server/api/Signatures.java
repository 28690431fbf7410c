/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** CloudStack's request signature. */
final class Signatures {
    private static final String ALGORITHM = "HmacSHA1";

    private Signatures() {}

    /**
     * Whether the signature is that of the parameters. Java's encoders write {@code ~} as {@code %7E}, Python's and Go's leave
     * it; both are accepted.
     *
     * @param params names and values as received, with or without the signature
     */
    static boolean matches(Map<String, String> params, String secretKey, String signature) {
        String text = toSign(params);
        boolean asJava = equal(sign(text, secretKey), signature);
        boolean asPython = equal(sign(text.replace("%7e", "~"), secretKey), signature);
        return asJava | asPython;
    }

    private static String toSign(Map<String, String> params) {
        Map<String, String> sorted = new TreeMap<>(params);
        StringBuilder text = new StringBuilder();
        sorted.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("signature")) {
                text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(encode(value));
            }
        });
        return text.toString().toLowerCase(Locale.ROOT);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String sign(String text, String secretKey) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime has no " + ALGORITHM, e);
        }
    }

    private static boolean equal(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}
