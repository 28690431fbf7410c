/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.simulator;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.cloudstackbackup.framework.inventory.Hypervisor;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/**
 * Keeps each volume as a sparse file {@code <uuid>.raw} in one folder; VMs run by saying so. Safe for use by many threads,
 * and a crash leaves each volume as it was or as it should be.
 */
public final class SimulatedHypervisor implements Hypervisor {
    /** The {@code inventory} of zones that run here. */
    public static final String INVENTORY = "simulator";

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern FILE = Pattern.compile(UUID.pattern() + "\\.raw");

    private final Path folder;

    /**
     * Makes the folder when it is not there.
     *
     * @throws ProviderException {@code EXTERNAL} when the folder cannot be made
     */
    public SimulatedHypervisor(Path folder) {
        this.folder = requireNonNull(folder, "folder is null").toAbsolutePath();
        try {
            Files.createDirectories(this.folder);
        } catch (IOException e) {
            throw failed("The simulator's folder of volumes " + this.folder + " could not be made", e);
        }
    }

    @Override
    public String inventory() {
        return INVENTORY;
    }

    @Override
    public String type() {
        return "Simulator";
    }

    @Override
    public String createVolume(String volumeUuid, long sizeBytes, String label) {
        if (!UUID.matcher(volumeUuid).matches()) {
            throw new ProviderException(
                    ErrorKind.USER, "volume", "Volume id '" + volumeUuid + "' is not a UUID; no file is made for it");
        }
        String name = volumeUuid + ".raw";
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            make(file, folder.resolve(name + ".new"), sizeBytes, label);
        }
        return name;
    }

    private static void make(Path file, Path unfinished, long sizeBytes, String label) {
        byte[] text = (label + "\n").getBytes(StandardCharsets.UTF_8);
        int used = (int) Math.min(text.length, sizeBytes);
        try {
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SPARSE)) {
                writeAll(channel, ByteBuffer.wrap(text, 0, used), 0);
                extend(channel, sizeBytes);
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (Files.exists(file)) {
                // Another server made the same at the same time, because one of the two was thought dead.
                return;
            }
            throw failed("Volume file " + file.getFileName() + " could not be made", e);
        }
    }

    @Override
    public void resizeVolume(String path, long sizeBytes) {
        Path file = fileOf(path);
        if (!Files.exists(file)) {
            throw new ProviderException(ErrorKind.NOT_FOUND, "volume " + path, "Volume file " + path + " is gone");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (sizeBytes < channel.size()) {
                throw new ProviderException(
                        ErrorKind.USER,
                        "volume " + path,
                        "Volume " + path + " has " + channel.size() + " bytes and cannot be shrunk to " + sizeBytes);
            }
            extend(channel, sizeBytes);
            channel.force(true);
        } catch (IOException e) {
            throw failed("Volume file " + path + " could not be grown to " + sizeBytes + " bytes", e);
        }
    }

    @Override
    public void deleteVolume(String path) {
        try {
            Files.deleteIfExists(fileOf(path));
        } catch (IOException e) {
            throw failed("Volume file " + path + " could not be deleted", e);
        }
    }

    /** Writing the last byte leaves a hole before it: the file takes no room. */
    private static void extend(FileChannel channel, long sizeBytes) throws IOException {
        if (channel.size() < sizeBytes) {
            writeAll(channel, ByteBuffer.wrap(new byte[1]), sizeBytes - 1);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long next = position;
        while (bytes.hasRemaining()) {
            next += channel.write(bytes, next);
        }
    }

    private Path fileOf(String path) {
        if (!FILE.matcher(path).matches()) {
            throw new ProviderException(
                    ErrorKind.INTERNAL, "volume", "Volume path '" + path + "' is not one of the simulator's");
        }
        return folder.resolve(path);
    }

    private static ProviderException failed(String message, IOException cause) {
        return new ProviderException(ErrorKind.EXTERNAL, "simulator", message + ": " + cause.getMessage(), cause);
    }
}
