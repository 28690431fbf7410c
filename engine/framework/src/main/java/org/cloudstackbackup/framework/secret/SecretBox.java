/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Seals texts with AES-256-GCM, a random nonce each, and opens them again. Has one key or more: the first seals, all open.
 * Immutable, safe for use by many threads; keys are in no text form of it.
 *
 * <p>A sealed text is {@code v1:KEYID:BASE64}, where the key's id is the start of a hash of the key, and the rest nonce,
 * cipher text and tag.
 */
public final class SecretBox {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_ID_LENGTH = 16;
    private static final Pattern SEALED =
            Pattern.compile("v1:([0-9a-f]{" + KEY_ID_LENGTH + "}):([A-Za-z0-9+/]+={0,2})");

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final String currentKeyId;
    private final SecureRandom random = new SecureRandom();

    private SecretBox(List<byte[]> material) {
        material.forEach(key -> keys.putIfAbsent(idOf(key), new SecretKeySpec(key, "AES")));
        currentKeyId = keys.keySet().iterator().next();
    }

    /** A box with a key that nobody else has. */
    public static SecretBox random() {
        return parse(newKey());
    }

    /** A new key, as a line of a key file. */
    public static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /**
     * Reads a key file: one key per line, 32 bytes in Base64; empty lines and those that begin with # are passed over.
     *
     * @throws IllegalArgumentException when there is no key or a line is none; the message tells the line's number, not the line
     */
    public static SecretBox parse(String text) {
        List<byte[]> keys = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String key = line.strip();
            if (!key.isEmpty() && !key.startsWith("#")) {
                keys.add(keyOf(key, number));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it has no key; wanted are " + KEY_BYTES + " bytes in Base64 on a line");
        }
        return new SecretBox(keys);
    }

    private static byte[] keyOf(String line, int number) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes characters of the key.
            throw new IllegalArgumentException("line " + number + " is not Base64");
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "line " + number + " holds " + key.length + " bytes; a key has " + KEY_BYTES);
        }
        return key;
    }

    /** Of the key that seals; tells nothing about the key itself. */
    public String currentKeyId() {
        return currentKeyId;
    }

    /** Of all keys, that which seals first. */
    public List<String> keyIds() {
        return List.copyOf(keys.keySet());
    }

    /** The id of the key that sealed the text; empty when it is not sealed at all. */
    public static Optional<String> keyIdOf(String sealed) {
        Matcher parts = SEALED.matcher(sealed);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    /** Different each time, also for the same text. */
    public String seal(SecretPlace place, String plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, currentKeyId, nonce, place)
                    .doFinal(plain.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
            return "v1:" + currentKeyId + ":" + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot encrypt with " + CIPHER, e);
        }
    }

    /**
     * The text that was sealed for that place.
     *
     * @throws ProviderException {@code INTERNAL} when it was sealed with a key that is not here or for another place, and when it
     *     was changed; the message names the place's meaning, never the value
     */
    public String open(SecretPlace place, String sealed) {
        Matcher parts = SEALED.matcher(sealed);
        if (!parts.matches()) {
            throw broken(place, "its stored form is not that of a sealed value", null);
        }
        if (!keys.containsKey(parts.group(1))) {
            throw broken(place, "it was sealed with key " + parts.group(1) + ", which this server was not given", null);
        }
        try {
            byte[] all = Base64.getDecoder().decode(parts.group(2));
            if (all.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                throw broken(place, "its stored form is too short", null);
            }
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, parts.group(1), nonce, place)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw broken(place, "its stored form was changed or belongs elsewhere", e);
        }
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce, SecretPlace place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.associatedData().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static ProviderException broken(SecretPlace place, String reason, @Nullable Throwable cause) {
        return new ProviderException(
                ErrorKind.INTERNAL, place.meaning(), "Cannot decrypt " + place.meaning() + ": " + reason, cause);
    }

    private static String idOf(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("cloudstackbackup key id".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(key)).substring(0, KEY_ID_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return "SecretBox[keys=" + keys.keySet() + "]";
    }
}
