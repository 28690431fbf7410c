/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.DriverHarness;
import org.cloudstackbackup.testkit.Requests;
import org.cloudstackbackup.testkit.SettableClock;
import org.cloudstackbackup.testkit.VmRefBuilder;

/** The dummy product over two temporary folders, told what to do by its own settings. */
final class DummyHarness implements DriverHarness {
    static final String ZONE = "7d3f6e52-97c3-4f0c-8f5d-3f1f4f0b7a11";

    private final Path root;
    private final SettableClock clock = new SettableClock();
    private final Map<String, String> settings = new HashMap<>();
    private DummyDriverFactory factory;

    DummyHarness() {
        this(DurableFiles.Gate.OPEN);
    }

    DummyHarness(DurableFiles.Gate gate) {
        try {
            root = Files.createTempDirectory("dummy-harness");
            Files.createDirectories(volumes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        factory = new DummyDriverFactory(repository(), volumes(), gate);
        factory.settings().forEach(setting -> settings.put(setting.key(), setting.defaultValue()));
    }

    Path repository() {
        return root.resolve("repository");
    }

    Path zoneFolder() {
        return repository().resolve(ZONE);
    }

    Path volumes() {
        return root.resolve("volumes");
    }

    SettableClock clock() {
        return clock;
    }

    void set(String key, String value) {
        settings.put(key, value);
    }

    void restart(DurableFiles.Gate gate) {
        factory.close();
        factory = new DummyDriverFactory(repository(), volumes(), gate);
    }

    Path file(VolumeRef volume) {
        return volumes().resolve(volume.path());
    }

    @Override
    public DriverFactory factory() {
        return factory;
    }

    @Override
    public ZoneContext zone() {
        return new ZoneContext(ZONE, "sim-dummy", settings, clock);
    }

    @Override
    public VmRef createVm(String name, byte[]... contents) {
        VmRefBuilder vm = VmRefBuilder.vm(name);
        for (byte[] content : contents) {
            String uuid = Requests.token();
            write(volumes().resolve(uuid), content);
            vm.volume(uuid, uuid, content.length);
        }
        return vm.build();
    }

    @Override
    public void destroyVm(VmRef vm) {
        vm.volumes().forEach(this::destroyVolume);
    }

    @Override
    public String contentHash(VolumeRef volume) {
        return hash(file(volume));
    }

    @Override
    public void changeContent(VolumeRef volume, byte[] content) {
        try (FileChannel channel = FileChannel.open(file(volume), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroyVolume(VolumeRef volume) {
        try {
            Files.delete(file(volume));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void makeOperationsSlow() {
        set(DummySettings.DELAY, "100");
    }

    @Override
    public void makeOperationsFast() {
        set(DummySettings.DELAY, "0");
    }

    @Override
    public void step() {
        clock.advance(Duration.ofSeconds(10));
    }

    @Override
    public void setReachable(boolean reachable) {
        set(DummySettings.FAIL, reachable ? "none" : "unreachable");
    }

    @Override
    public void losePoint(RestorePoint point) {
        set(DummySettings.LOSE_POINT, point.id());
    }

    @Override
    public void restart() {
        restart(DurableFiles.Gate.OPEN);
    }

    @Override
    public void close() {
        factory.close();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of files in the volume folder, sorted. */
    List<String> volumeFiles() {
        try (Stream<Path> files = Files.list(volumes())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hash(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
