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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock on a file, held by one thread of one process at a time; whoever dies gives it back. Reentrant. Processes on several hosts
 * need a file system that passes locks on, such as NFS 4.
 */
final class SharedLock {
    /** The system locks for a whole process, so its threads exclude each other here first. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path file;
    private final ReentrantLock threads;

    /** @param file made at the first use; its folder must be there */
    SharedLock(Path file) {
        this.file = file.toAbsolutePath().normalize();
        threads = THREADS.computeIfAbsent(this.file, path -> new ReentrantLock());
    }

    /** What is done under the lock. */
    interface Body<T> {
        T run() throws IOException;
    }

    <T> T hold(Body<T> body) throws IOException {
        threads.lock();
        try {
            if (threads.getHoldCount() > 1) {
                return body.run();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("The lock on " + file + " was lost at once");
                }
                return body.run();
            }
        } finally {
            threads.unlock();
        }
    }
}
