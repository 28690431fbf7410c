/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which process copies bytes for an operation: the one that holds the lock on the operation's file here. When it dies the lock is
 * free, and another process may begin again. Claims are taken and given back under the zone's lock.
 */
final class Claims {
    private final Path folder;
    private final DurableFiles files;
    private final Map<String, FileChannel> held = new ConcurrentHashMap<>();

    Claims(Path zoneFolder, DurableFiles files) {
        folder = zoneFolder.resolve("operations").resolve("claims");
        this.files = files;
    }

    /** Whether a thread of this process is at it. */
    boolean isHeldHere(String token) {
        return held.containsKey(token);
    }

    /** False when a living process, perhaps this one, has it. */
    boolean take(String token) throws IOException {
        if (held.containsKey(token)) {
            return false;
        }
        files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(token), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = lock(channel) != null;
        } finally {
            if (taken) {
                held.put(token, channel);
            } else {
                channel.close();
            }
        }
        return taken;
    }

    /** Gives it back; does nothing when this process does not have it. */
    void giveBack(String token) throws IOException {
        FileChannel channel = held.remove(token);
        if (channel != null) {
            // Deleted before it is unlocked: nobody can lock a file that is about to go.
            files.deleteIfExists(folder.resolve(token));
            channel.close();
        }
    }

    /** Gives it back without touching the disk, as when the process is stopping. */
    void abandon(String token) throws IOException {
        FileChannel channel = held.remove(token);
        if (channel != null) {
            channel.close();
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by other objects of this process.
            return null;
        }
    }
}
