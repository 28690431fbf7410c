/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operations of one zone, each in a file named by its token; the unfinished ones in a folder of their own, so that
 * finding them does not read the past. Writers hold the runner's lock; readers need none.
 */
final class OperationLog {
    private static final String SUFFIX = ".json";

    private final Path open;
    private final Path ended;
    private final DurableFiles files;

    OperationLog(Path zoneFolder, DurableFiles files) {
        open = zoneFolder.resolve("operations").resolve("open");
        ended = zoneFolder.resolve("operations").resolve("ended");
        this.files = files;
    }

    Optional<Operation> find(String token) throws IOException {
        if (!SafeName.isSafe(token)) {
            return Optional.empty();
        }
        Optional<Operation> found = read(ended, token);
        if (found.isEmpty()) {
            found = read(open, token);
        }
        // It may have ended between the two looks.
        return found.isPresent() ? found : read(ended, token);
    }

    /** The unfinished ones, in no order. */
    List<Operation> unfinished() throws IOException {
        return open().stream().filter(operation -> !operation.isEnded()).toList();
    }

    /** Finishes what a process left that died between the two steps of {@link #write}. */
    void tidy() throws IOException {
        for (Operation operation : open()) {
            if (operation.isEnded()) {
                files.deleteIfExists(file(open, operation.token()));
            }
        }
    }

    /** Forgets operations whose end was written before the instant. */
    void removeEndedBefore(Instant instant) throws IOException {
        for (Path file : DurableFiles.list(ended)) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(instant)) {
                files.deleteIfExists(file);
            }
        }
    }

    private List<Operation> open() throws IOException {
        List<Operation> operations = new ArrayList<>();
        for (Path file : DurableFiles.list(open)) {
            String name = file.getFileName().toString();
            if (name.endsWith(SUFFIX)) {
                find(name.substring(0, name.length() - SUFFIX.length())).ifPresent(operations::add);
            }
        }
        return operations;
    }

    /** Writes the present state; an ended operation leaves the unfinished ones. */
    void write(Operation operation) throws IOException {
        if (operation.isEnded()) {
            files.writeJson(file(ended, operation.token()), operation);
            files.deleteIfExists(file(open, operation.token()));
        } else {
            files.writeJson(file(open, operation.token()), operation);
        }
    }

    private static Optional<Operation> read(Path folder, String token) throws IOException {
        Path file = file(folder, token);
        return Files.exists(file) ? DurableFiles.readJson(file, Operation.class) : Optional.empty();
    }

    private static Path file(Path folder, String token) {
        return folder.resolve(token + SUFFIX);
    }
}
