/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.jspecify.annotations.Nullable;

/**
 * The restore points of one zone: a folder each, with a manifest and the stored volumes. The folder's name is the point's
 * id and begins with VM and time, so sorted names are the order of the listing and a page reads no more than its own
 * manifests.
 */
final class PointCatalogue {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}_[0-9]{15}_[0-9a-f]{8}");

    private final Path points;
    private final Path staging;
    private final DurableFiles files;

    PointCatalogue(Path zoneFolder, DurableFiles files) {
        points = zoneFolder.resolve("points");
        staging = zoneFolder.resolve("staging");
        this.files = files;
    }

    static String newId(String vmUuid, Instant now) {
        String random = UUID.randomUUID().toString().substring(0, 8);
        return "%s_%015d_%s".formatted(vmUuid, Math.max(0, now.toEpochMilli()), random);
    }

    /** Empty when there is no such point, or when it is the one that the settings say is lost. */
    Optional<Manifest> find(String id, DummySettings settings) throws IOException {
        if (!ID.matcher(id).matches() || settings.hasLost(id)) {
            return Optional.empty();
        }
        Optional<Manifest> manifest = DurableFiles.readJson(manifestIn(points.resolve(id)), Manifest.class);
        if (manifest.isEmpty() && Files.exists(points.resolve(id))) {
            throw new IOException("Restore point " + id + " has no manifest");
        }
        return manifest;
    }

    /**
     * One page of the listing.
     *
     * @param after the last id of the page before, null for the first page
     * @throws ProviderException {@code USER} when the cursor is not one of ours
     * @throws IOException when any part of the catalogue cannot be read
     */
    RestorePointPage page(@Nullable String after, int limit, DummySettings settings) throws IOException {
        if (after != null && !ID.matcher(after).matches()) {
            throw new ProviderException(
                    ErrorKind.USER, "restore points", "The cursor of the listing was not made by this driver");
        }
        List<String> ids = idsAfter(after, settings);
        List<String> ofPage = ids.subList(0, Math.min(limit, ids.size()));
        List<RestorePoint> found = new ArrayList<>();
        for (String id : ofPage) {
            // Empty when it was deleted since the folder was read.
            find(id, settings).map(Manifest::point).ifPresent(found::add);
        }
        boolean last = ofPage.size() == ids.size();
        return new RestorePointPage(found, last ? null : ofPage.get(ofPage.size() - 1));
    }

    private List<String> idsAfter(@Nullable String after, DummySettings settings) throws IOException {
        requireFolder();
        return DurableFiles.list(points).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(name -> ID.matcher(name).matches() && !settings.hasLost(name))
                .filter(name -> after == null || name.compareTo(after) > 0)
                .sorted()
                .toList();
    }

    /** An empty folder in which the operation may gather a point; what an earlier try left in it is gone. */
    Path stage(String token) throws IOException {
        Path folder = staging.resolve(token);
        files.deleteFolder(folder);
        files.createDirectories(folder);
        return folder;
    }

    void writeManifest(Path folder, Manifest manifest) throws IOException {
        files.writeJson(manifestIn(folder), manifest);
    }

    void unstage(String token) throws IOException {
        files.deleteFolder(staging.resolve(token));
    }

    /** Makes a staged point visible; again is a no-op. */
    void publish(String token, String id) throws IOException {
        Path staged = staging.resolve(token);
        if (Files.exists(staged)) {
            files.move(staged, points.resolve(id));
        }
    }

    /** Takes a point out of the listing at one stroke, then its bytes; again is a no-op. */
    void remove(String token, String id) throws IOException {
        Path folder = points.resolve(id);
        Path doomed = staging.resolve(token);
        if (ID.matcher(id).matches() && Files.exists(folder)) {
            files.createDirectories(staging);
            files.move(folder, doomed);
        }
        files.deleteFolder(doomed);
    }

    /** The stored form of one volume of a visible point. */
    Path storedVolume(String id, String volumeUuid) {
        return storedVolume(points.resolve(id), volumeUuid);
    }

    static Path storedVolume(Path folder, String volumeUuid) {
        return folder.resolve(volumeUuid + ".blocks");
    }

    /** Bytes of all files of all points. */
    long usedBytes() throws IOException {
        requireFolder();
        if (!Files.exists(points)) {
            return 0;
        }
        var sum = new AtomicLong();
        Files.walkFileTree(points, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    // Deleted since its folder was read.
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return sum.get();
    }

    /** A zone's folder is made with the folder of points in it: one without the other is damage, not an empty catalogue. */
    private void requireFolder() throws IOException {
        if (!Files.isDirectory(points) && Files.exists(points.resolveSibling("."))) {
            throw new IOException("The folder of restore points " + points + " is gone");
        }
    }

    private static Path manifestIn(Path folder) {
        return folder.resolve("manifest.json");
    }
}
