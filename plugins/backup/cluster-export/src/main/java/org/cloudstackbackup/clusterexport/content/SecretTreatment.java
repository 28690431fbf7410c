/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.content;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cloudstackbackup.clusterexport.config.ContentSettings;
import org.cloudstackbackup.clusterexport.config.ContentSettings.SecretsPolicy;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Treats Secrets by policy: as they are, with their values replaced, or with their values encrypted. Safe for use by many threads.
 *
 * <p>An encrypted Secret keeps its metadata readable; {@code data}, {@code stringData} and the annotations stand in {@code encrypted}, sealed with
 * AES-256-GCM and bound to the object's key in the bucket.
 */
public final class SecretTreatment {
    /** The field of an encrypted Secret. */
    public static final String ENCRYPTED = "encrypted";
    /** The annotation of a redacted Secret. */
    public static final String MARK = "cluster-export.cloudstackbackup.org/secrets";

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String REDACTED = "REDACTED";
    private static final List<String> VALUES = List.of("data", "stringData");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretsPolicy policy;
    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    public SecretTreatment(ContentSettings settings) {
        this.policy = settings.secrets();
        this.key = settings.key().bytes().orElse(new byte[0]);
    }

    /** Whether content has to be compared by a keyed hash, because a plain one would tell short secrets. */
    public boolean isSealing(String qualifiedType) {
        return policy == SecretsPolicy.ENCRYPT && qualifiedType.equals("secrets");
    }

    /** A short name of the key, which tells nothing of it; empty without one. */
    public String keyId() {
        return key.length == 0 ? "" : HexFormat.of().formatHex(mac("key id".getBytes(StandardCharsets.UTF_8)), 0, 6);
    }

    /** SHA-256 with the key. */
    public byte[] mac(byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of Java", e);
        }
    }

    /** Replaces the values of a Secret, in place, when the policy says so. */
    public void redact(Map<String, @Nullable Object> secret) {
        if (policy != SecretsPolicy.REDACT) {
            return;
        }
        redactValues(secret);
        Map<String, @Nullable Object> metadata = JsonTree.map(secret, "metadata");
        Map<String, @Nullable Object> annotations = JsonTree.map(metadata, "annotations");
        String applied = JsonTree.text(annotations, LAST_APPLIED);
        if (!applied.isEmpty()) {
            redactApplied(annotations, applied);
        }
        annotations.put(MARK, "redacted");
        metadata.put("annotations", annotations);
    }

    private static void redactApplied(Map<String, @Nullable Object> annotations, String applied) {
        try {
            Map<String, @Nullable Object> inner = JsonTree.readObject(applied);
            redactValues(inner);
            JsonTree.map(JsonTree.map(inner, "metadata"), "annotations").remove(LAST_APPLIED);
            annotations.put(LAST_APPLIED, JsonText.of(inner));
        } catch (UncheckedIOException e) {
            // What cannot be understood could hold anything.
            annotations.remove(LAST_APPLIED);
        }
    }

    private static void redactValues(Map<String, @Nullable Object> secret) {
        Map<String, @Nullable Object> data = JsonTree.map(secret, "data");
        data.replaceAll((name, value) -> Base64.getEncoder().encodeToString(REDACTED.getBytes(StandardCharsets.UTF_8)));
        JsonTree.map(secret, "stringData").replaceAll((name, value) -> REDACTED);
    }

    /** The Secret with its values sealed; {@code place} is what the seal is bound to. */
    public Map<String, @Nullable Object> seal(Map<String, @Nullable Object> secret, String place) {
        Map<String, @Nullable Object> open = new LinkedHashMap<>(secret);
        Map<String, @Nullable Object> closed = new LinkedHashMap<>();
        VALUES.forEach(name -> {
            if (open.containsKey(name)) {
                closed.put(name, open.remove(name));
            }
        });
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(JsonTree.map(secret, "metadata"));
        Object annotations = metadata.remove("annotations");
        if (annotations != null) {
            closed.put("annotations", annotations);
        }
        open.put("metadata", metadata);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = JsonText.of(closed).getBytes(StandardCharsets.UTF_8);
        Map<String, @Nullable Object> seal = new LinkedHashMap<>();
        seal.put("algorithm", "AES-256-GCM");
        seal.put("keyId", keyId());
        seal.put("nonce", Base64.getEncoder().encodeToString(nonce));
        seal.put("ciphertext", Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE, nonce, place, plain)));
        open.put(ENCRYPTED, seal);
        return open;
    }

    /** The Secret as it was before {@link #seal}; the same object when it is not sealed. */
    public Map<String, @Nullable Object> open(Map<String, @Nullable Object> secret, String place) {
        Map<String, @Nullable Object> seal = JsonTree.map(secret, ENCRYPTED);
        if (seal.isEmpty()) {
            return secret;
        }
        if (!JsonTree.text(seal, "keyId").equals(keyId())) {
            throw new InvalidObject("it is encrypted with the key " + JsonTree.text(seal, "keyId")
                    + ", but SECRETS_KEY is " + (key.length == 0 ? "not given" : "the key " + keyId()));
        }
        byte[] plain = cipher(
                Cipher.DECRYPT_MODE,
                Base64.getDecoder().decode(JsonTree.text(seal, "nonce")),
                place,
                Base64.getDecoder().decode(JsonTree.text(seal, "ciphertext")));
        Map<String, @Nullable Object> closed = JsonTree.readObject(new String(plain, StandardCharsets.UTF_8));
        Map<String, @Nullable Object> open = new LinkedHashMap<>(secret);
        open.remove(ENCRYPTED);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(JsonTree.map(secret, "metadata"));
        Object annotations = closed.remove("annotations");
        if (annotations != null) {
            metadata.put("annotations", annotations);
        }
        open.put("metadata", metadata);
        open.putAll(closed);
        return open;
    }

    private byte[] cipher(int mode, byte[] nonce, String place, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (javax.crypto.AEADBadTagException e) {
            throw new InvalidObject("its seal is broken: changed, moved from " + place + ", or another key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of Java", e);
        }
    }

    /** SHA-256. */
    public static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of Java", e);
        }
    }
}
