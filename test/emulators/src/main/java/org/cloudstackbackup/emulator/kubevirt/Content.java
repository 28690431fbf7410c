/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.kubevirt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is on a volume: a few real bytes that stand for it, and how much it counts as. Does not change. */
public final class Content {
    private final int version;
    private final byte[] bytes;
    private final long used;
    private final long written;

    /**
     * @param version grows with each write
     * @param used bytes in use, which a full backup stores
     * @param written all bytes ever written, of which an incremental backup stores the difference
     */
    public Content(int version, byte[] bytes, long used, long written) {
        this.version = version;
        this.bytes = bytes.clone();
        this.used = used;
        this.written = written;
    }

    public int version() {
        return version;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes as text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public long used() {
        return used;
    }

    public long written() {
        return written;
    }

    /** The content after a write of that many bytes. */
    Content after(byte[] changed, long count, long capacity) {
        return new Content(version + 1, changed, Math.min(Math.max(used, count), capacity), written + count);
    }

    /** Lower-case hexadecimal SHA-256 of the bytes. */
    public String checksum() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
