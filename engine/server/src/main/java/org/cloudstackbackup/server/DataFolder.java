/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder with everything that one server keeps outside a database server; locked against a second one. */
final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder where it is missing, readable by its owner only, and locks it until {@link #close()}.
     *
     * @throws StartFailure when it cannot be made or written, or another server uses it
     */
    static DataFolder open(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new DataFolder(path, locked(channel, path));
        } catch (AccessDeniedException e) {
            throw new StartFailure("Cannot write to data folder " + path + ": permission denied for " + e.getFile(), e);
        } catch (IOException e) {
            throw new StartFailure("Cannot use data folder " + path + ": " + e, e);
        }
    }

    Path path() {
        return path;
    }

    /**
     * A folder of its own for one part of the server, below this one or below one that servers share.
     *
     * @throws StartFailure also when the shared folder is not there: one that is not mounted must not look like an empty one
     */
    Path part(String name, @Nullable Path shared) {
        if (shared == null) {
            return part(name);
        }
        if (!Files.isDirectory(shared)) {
            throw new StartFailure("--shared: there is no folder " + shared + "; make or mount it first");
        }
        try {
            return Files.createDirectories(shared.resolve(name));
        } catch (IOException e) {
            throw new StartFailure("Cannot make folder " + shared.resolve(name) + ": " + e, e);
        }
    }

    /** A folder of its own for one part of the server. */
    Path part(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new StartFailure("Cannot make folder " + path.resolve(name) + ": " + e, e);
        }
    }

    /** Writes a file that only its owner can read. */
    void writeSecret(String name, String content) {
        Path file = path.resolve(name);
        Path fresh = path.resolve(name + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, content);
            Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartFailure("Cannot write " + file + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new IllegalStateException("Could not unlock data folder " + path, e);
        }
    }

    private static FileChannel locked(FileChannel channel, Path path) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new StartFailure("Data folder " + path + " is used by another server in this process", e);
        }
        channel.close();
        throw new StartFailure("Data folder " + path + " is used by another server that is running");
    }
}
