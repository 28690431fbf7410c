/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What is kept of each object. The encryption key never appears in a text. */
public record ContentSettings(
        boolean managedFields,
        boolean status,
        long maxSizeBytes,
        boolean validate,
        boolean skipInvalid,
        SecretsPolicy secrets,
        Key key) {
    /** What happens with Secrets. */
    public enum SecretsPolicy {
        INCLUDE,
        EXCLUDE,
        REDACT,
        ENCRYPT
    }

    /** The AES key, perhaps absent. */
    public static final class Key {
        private final byte[] bytes;

        public Key(byte[] bytes) {
            this.bytes = requireNonNull(bytes, "bytes is null").clone();
        }

        /** 32 bytes, or absent. */
        public Optional<byte[]> bytes() {
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes.clone());
        }

        @Override
        public String toString() {
            return bytes.length == 0 ? "none" : "***";
        }
    }

    /** What changes the content of files when it is changed; objects are read anew then. */
    public String fingerprint() {
        return String.join(
                " ",
                "3",
                String.valueOf(managedFields),
                String.valueOf(status),
                String.valueOf(maxSizeBytes),
                String.valueOf(validate),
                secrets.name());
    }
}
