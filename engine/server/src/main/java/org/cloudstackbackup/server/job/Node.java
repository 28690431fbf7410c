/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * This server among those that share a database.
 *
 * @param id survives restarts, so that a restarted node takes back what it left unfinished
 */
public record Node(String id) {
    /** The node whose data lies in the folder; a new one gets an id of its own. */
    public static Node in(Path folder) throws IOException {
        Path file = folder.resolve("node-id");
        try {
            return new Node(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            String id = UUID.randomUUID().toString();
            Files.writeString(file, id + "\n");
            return new Node(id);
        }
    }
}
