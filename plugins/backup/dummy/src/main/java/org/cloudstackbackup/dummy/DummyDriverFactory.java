/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.ZoneContext;

/**
 * The simulated backup product.
 *
 * <p>Make one per repository and process, and close it at the end. Several processes may share a repository and a folder of
 * volumes: each operation is worked on by one of them, and by another one when that dies. Safe for use by many threads.
 */
public final class DummyDriverFactory implements DriverFactory, AutoCloseable {
    private static final int WORKERS = 2;
    private static final int STOP_SECONDS = 5;

    static final Set<Capability> CAPABILITIES =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Capability.REMOVAL_DELETES_BACKUPS)));

    private final Path repository;
    private final VolumeFolder volumes;
    private final DurableFiles files;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, DummyDriverFactory::workerThread);
    private final Map<String, ZoneRepository> zones = new ConcurrentHashMap<>();

    /**
     * Makes the repository folder when it is not there.
     *
     * @param repository where the product keeps restore points and operations
     * @param volumes the simulator's folder of volumes; {@code VolumeRef.path} is relative to it
     * @throws ProviderException {@code EXTERNAL} when the repository folder cannot be made
     */
    public DummyDriverFactory(Path repository, Path volumes) {
        this(repository, volumes, DurableFiles.Gate.OPEN);
    }

    DummyDriverFactory(Path repository, Path volumes, DurableFiles.Gate gate) {
        this.repository = requireNonNull(repository, "repository is null").toAbsolutePath();
        this.volumes = new VolumeFolder(requireNonNull(volumes, "volumes is null"));
        files = new DurableFiles(gate);
        try {
            files.createDirectories(this.repository);
        } catch (IOException e) {
            throw new ProviderException(
                    ErrorKind.EXTERNAL,
                    "repository",
                    "The repository folder " + this.repository + " could not be made: " + e,
                    e);
        }
    }

    @Override
    public String name() {
        return "dummy";
    }

    @Override
    public String description() {
        return "Simulated backup product that keeps volumes in files of this server, for trials and tests";
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<SettingDefinition> settings() {
        return DummySettings.DEFINITIONS;
    }

    @Override
    public BackupDriver open(ZoneContext zone) {
        ZoneRepository shared = zones.computeIfAbsent(
                zone.uuid(), uuid -> new ZoneRepository(repository, uuid, volumes, files, workers));
        return new DummyDriver(shared, DummySettings.of(zone));
    }

    /** Stops the work within 5 s; unfinished operations are taken up by the next factory over the same folders. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new ProviderException(
                        ErrorKind.INTERNAL,
                        "dummy",
                        "The workers of the simulated product have not stopped within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final AtomicInteger THREADS = new AtomicInteger();

    private static Thread workerThread(Runnable work) {
        var thread = new Thread(work, "dummy-product-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
