/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Which VM of a zone is under which policy: a file per VM. Writers hold the runner's lock. */
final class Assignments {
    private final Path folder;
    private final DurableFiles files;

    Assignments(Path zoneFolder, DurableFiles files) {
        folder = zoneFolder.resolve("assignments");
        this.files = files;
    }

    Optional<String> offeringOf(String vmUuid) throws IOException {
        return DurableFiles.readJson(file(vmUuid), Assignment.class).map(Assignment::offering);
    }

    void put(String vmUuid, String offering) throws IOException {
        files.writeJson(file(vmUuid), new Assignment(vmUuid, offering));
    }

    void remove(String vmUuid) throws IOException {
        files.deleteIfExists(file(vmUuid));
    }

    private Path file(String vmUuid) {
        return folder.resolve(SafeName.require("vm uuid", vmUuid) + ".json");
    }

    private record Assignment(String vmUuid, String offering) {}
}
