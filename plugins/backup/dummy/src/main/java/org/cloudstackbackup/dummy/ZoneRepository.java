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
import java.util.concurrent.ExecutorService;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.StorageUse;

/** All that the simulated product keeps for one zone; one object per zone and factory, shared by the zone's drivers. */
final class ZoneRepository {
    private final Path root;
    private final Path folder;
    private final DurableFiles files;
    private final PointCatalogue catalogue;
    private final Assignments assignments;
    private final OperationWork work;
    private final OperationRunner runner;

    ZoneRepository(Path root, String zoneUuid, VolumeFolder volumes, DurableFiles files, ExecutorService executor) {
        this.root = root;
        this.files = files;
        folder = root.resolve(SafeName.require("zone uuid", zoneUuid));
        catalogue = new PointCatalogue(folder, files);
        assignments = new Assignments(folder, files);
        work = new OperationWork(catalogue, volumes, files);
        runner = new OperationRunner(
                new SharedLock(root.resolve("." + folder.getFileName() + ".lock")),
                new Claims(folder, files),
                new OperationLog(folder, files),
                work,
                executor);
    }

    PointCatalogue catalogue() {
        return catalogue;
    }

    Assignments assignments() {
        return assignments;
    }

    OperationWork work() {
        return work;
    }

    OperationRunner runner() {
        return runner;
    }

    /**
     * A repository that is not mounted must not look like an empty one.
     *
     * @throws ProviderException {@code UNAVAILABLE} when the folder, which the factory has made, is not there
     */
    void requireMounted() {
        if (!Files.isDirectory(root)) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE, "repository", "The repository folder " + root + " is not there");
        }
    }

    /** Makes the zone's folder, with the folder of its points in it from the first moment. */
    void prepareForWriting() throws IOException {
        if (!Files.isDirectory(folder)) {
            runner.exclusively(this::makeFolder);
        }
    }

    private boolean makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Path fresh = root.resolve("." + folder.getFileName() + ".new");
            files.createDirectories(fresh.resolve("points"));
            files.move(fresh, folder);
        }
        return true;
    }

    StorageUse storageUse() throws IOException {
        long used = catalogue.usedBytes();
        return new StorageUse(used, used + Files.getFileStore(root).getUsableSpace());
    }
}
