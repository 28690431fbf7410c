/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.cloudstackbackup.framework.identity.ApiKeys;

/** Makes what nobody can guess. Thread-safe. */
final class Secrets {
    /** Without letters and digits that look alike: the password is read from a terminal. */
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    private static final int PASSWORD_LENGTH = 24;
    /** 64 bytes are 86 characters, as long as CloudStack's own keys. */
    private static final int KEY_BYTES = 64;

    private static final int TOKEN_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** Some 139 bits. */
    String password() {
        return random.ints(PASSWORD_LENGTH, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, index) -> text.append(LETTERS.charAt(index)), StringBuilder::append)
                .toString();
    }

    ApiKeys apiKeys() {
        return new ApiKeys(base64(KEY_BYTES), base64(KEY_BYTES));
    }

    /** For session ids and session keys: 256 bits. */
    String token() {
        return base64(TOKEN_BYTES);
    }

    private String base64(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 in hex; enough for values that cannot be guessed in the first place. */
    static String sha256(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
