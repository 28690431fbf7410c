/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The stored form of a volume: its blocks that hold anything but zeros, each as offset (8 bytes), length (4 bytes) and
 * content, in rising order. A sparse volume of any size is stored as what is in it.
 *
 * @param virtualBytes size of the volume
 * @param storedBytes size of the stored form
 * @param sha256 of the stored form, in hexadecimal
 */
record PackedVolume(long virtualBytes, long storedBytes, String sha256) {
    static final int BLOCK = 64 * 1024;
    private static final int CHUNK = 16 * BLOCK;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

    /**
     * Stores a volume.
     *
     * @param virtualBytes the volume's size; a file that is shorter is taken to end in zeros
     */
    static PackedVolume pack(Path volume, long virtualBytes, Path stored, DurableFiles files) throws IOException {
        files.announce("pack", stored);
        MessageDigest digest = sha256Digest();
        long size = virtualBytes;
        try (FileChannel in = openUncached(volume);
                FileChannel out = FileChannel.open(
                        stored,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                var sink = new DataOutputStream(new DigestOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(out), CHUNK), digest))) {
            size = Math.max(size, in.size());
            packBlocks(in, sink, stored, files);
            sink.flush();
            out.force(true);
        }
        return new PackedVolume(size, Files.size(stored), HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * Writes a volume's content to a new file, and forces it to disk.
     *
     * @return the SHA-256 of the stored form as it was read now; the file is good only when it is {@link #sha256}
     */
    String unpack(Path stored, Path target, long targetBytes, DurableFiles files) throws IOException {
        files.announce("unpack", target);
        Files.deleteIfExists(target);
        MessageDigest digest = sha256Digest();
        try (InputStream in =
                        new DigestInputStream(new BufferedInputStream(Files.newInputStream(stored), CHUNK), digest);
                var out = new RandomAccessFile(target.toFile(), "rw")) {
            out.setLength(targetBytes);
            unpackBlocks(new DataInputStream(in), out, target, targetBytes, files);
            // What follows damage is hashed too: the message names the hash of the whole file.
            in.transferTo(OutputStream.nullOutputStream());
            out.getFD().sync();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void packBlocks(FileChannel in, DataOutputStream out, Path stored, DurableFiles files)
            throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK + BLOCK).alignedSlice(BLOCK);
        byte[] block = new byte[BLOCK];
        long size = in.size();
        long offset = 0;
        while (offset < size) {
            int length = in.read(chunk.clear().limit(CHUNK), offset);
            if (length <= 0) {
                throw new EOFException("The volume shrank from " + size + " to " + offset + " bytes while it was read");
            }
            for (int at = 0; at < length; at += BLOCK) {
                int part = Math.min(BLOCK, length - at);
                if (chunk.slice(at, part).mismatch(ZEROS.slice(0, part)) >= 0) {
                    files.announce("pack block", stored);
                    chunk.get(at, block, 0, part);
                    out.writeLong(offset + at);
                    out.writeInt(part);
                    out.write(block, 0, part);
                }
            }
            offset += length;
        }
    }

    /**
     * Opens a volume past the page cache where the file system can do so: a hole then costs nothing to read, while the cache
     * would fill with its zeros (10 GiB: a tenth of a second instead of ten).
     */
    private static FileChannel openUncached(Path volume) throws IOException {
        try {
            return FileChannel.open(volume, StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // Not every file system can; what else is wrong with the file shows here again.
            return FileChannel.open(volume, StandardOpenOption.READ);
        }
    }

    private static void unpackBlocks(
            DataInputStream in, RandomAccessFile out, Path target, long targetBytes, DurableFiles files)
            throws IOException {
        byte[] block = new byte[BLOCK];
        while (true) {
            long offset;
            try {
                offset = in.readLong();
            } catch (EOFException e) {
                // The end; a cut within a block's head shows in the hash.
                return;
            }
            int length = in.readInt();
            if (length <= 0 || length > BLOCK || offset < 0 || offset > targetBytes - length) {
                // Damaged; the caller sees it in the hash.
                return;
            }
            int read = in.readNBytes(block, 0, length);
            files.announce("unpack block", target);
            out.seek(offset);
            out.write(block, 0, read);
        }
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
