/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every change that this driver makes to a disk. After a method returned, its effect survives a power cut; when the process
 * dies within it, the effect is there wholly or not at all (a half-written temporary file is overwritten by the next try).
 */
final class DurableFiles {
    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(Instant.class, new InstantAdapter().nullSafe())
            .setPrettyPrinting()
            .create();

    private final Gate gate;

    DurableFiles(Gate gate) {
        this.gate = gate;
    }

    /** Asked before each change; tests stop the world here. */
    interface Gate {
        Gate OPEN = (action, path) -> {};

        void pass(String action, Path path) throws IOException;
    }

    /** Says that a change is about to happen which this class does not make itself. */
    void announce(String action, Path path) throws IOException {
        gate.pass(action, path);
    }

    void writeJson(Path file, Object value) throws IOException {
        createDirectories(file.resolveSibling("."));
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        gate.pass("write", temporary);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = UTF_8.encode(GSON.toJson(value));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        move(temporary, file);
    }

    /**
     * Reads what {@link #writeJson} wrote; empty when there is no such file.
     *
     * @throws IOException also when the file does not hold a whole value
     */
    static <T> Optional<T> readJson(Path file, Class<T> type) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            T value = GSON.fromJson(text, type);
            if (value == null) {
                throw new IOException(file + " is empty");
            }
            return Optional.of(value);
        } catch (RuntimeException e) {
            // Gson reports bad syntax, bad types and a record's own refusal by different unchecked exceptions.
            throw new IOException(file + " does not hold a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    void createDirectories(Path folder) throws IOException {
        Path clean = folder.normalize();
        if (!Files.isDirectory(clean)) {
            gate.pass("mkdir", clean);
            Files.createDirectories(clean);
            Path parent = clean.getParent();
            if (parent != null) {
                forceDirectory(parent);
            }
        }
    }

    /** Renames atomically, over a file that is there already. */
    void move(Path from, Path to) throws IOException {
        gate.pass("move", to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(to.resolveSibling("."));
    }

    void deleteIfExists(Path file) throws IOException {
        if (Files.exists(file)) {
            gate.pass("delete", file);
            Files.deleteIfExists(file);
            forceDirectory(file.resolveSibling("."));
        }
    }

    /** Deletes a folder of plain files; one that is not there is fine. */
    void deleteFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path file : list(folder)) {
            gate.pass("delete", file);
            Files.deleteIfExists(file);
        }
        deleteIfExists(folder);
    }

    /** What is in a folder, in no order; empty when there is no such folder. */
    static List<Path> list(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /** A rename or deletion is on disk only when the folder that holds the name is. */
    static void forceDirectory(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.normalize(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static final class InstantAdapter extends TypeAdapter<Instant> {
        @Override
        public void write(JsonWriter out, Instant value) throws IOException {
            out.value(value.toString());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            return Instant.parse(in.nextString());
        }
    }
}
