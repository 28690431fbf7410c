/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedHypervisorTest {
    private static final long MIB = 1L << 20;

    @TempDir
    Path data;

    private Path folder = Path.of("volumes");
    private SimulatedHypervisor hypervisor = new SimulatedHypervisor(folder);

    @BeforeEach
    void start() {
        folder = data.resolve("volumes");
        hypervisor = new SimulatedHypervisor(folder);
    }

    @Test
    void aVolumeIsAFileThatBeginsWithItsLabel() throws IOException {
        String uuid = UUID.randomUUID().toString();
        String path = hypervisor.createVolume(uuid, 64 * MIB, "template debian volume " + uuid);
        assertThat(path).isEqualTo(uuid + ".raw");
        assertThat(Files.size(folder.resolve(path))).isEqualTo(64 * MIB);
        assertThat(beginning(path)).startsWith("template debian volume " + uuid + "\n");
    }

    @Test
    void makingAVolumeAgainKeepsItsData() throws IOException {
        String uuid = UUID.randomUUID().toString();
        String path = hypervisor.createVolume(uuid, MIB, "first");
        assertThat(hypervisor.createVolume(uuid, 2 * MIB, "second")).isEqualTo(path);
        assertThat(beginning(path)).startsWith("first\n");
        assertThat(Files.size(folder.resolve(path))).isEqualTo(MIB);
    }

    @Test
    void whatACrashLeftUnfinishedIsMadeAnew() throws IOException {
        String uuid = UUID.randomUUID().toString();
        Files.writeString(folder.resolve(uuid + ".raw.new"), "half a volume of a start that was killed");
        String path = hypervisor.createVolume(uuid, 100, "whole");
        assertThat(Files.size(folder.resolve(path))).isEqualTo(100);
        assertThat(beginning(path)).startsWith("whole\n\0");
        assertThat(folder.resolve(uuid + ".raw.new")).doesNotExist();
    }

    @Test
    void aVolumeGrowsKeepsItsDataAndNeverShrinks() throws IOException {
        String path = hypervisor.createVolume(UUID.randomUUID().toString(), MIB, "label");
        hypervisor.resizeVolume(path, 3 * MIB);
        hypervisor.resizeVolume(path, 3 * MIB);
        assertThat(Files.size(folder.resolve(path))).isEqualTo(3 * MIB);
        assertThat(beginning(path)).startsWith("label\n");
        assertThatThrownBy(() -> hypervisor.resizeVolume(path, 2 * MIB))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER));
        assertThat(Files.size(folder.resolve(path))).isEqualTo(3 * MIB);
    }

    @Test
    void aVolumeIsDeletedOnceAndThenGone() {
        String path = hypervisor.createVolume(UUID.randomUUID().toString(), MIB, "label");
        hypervisor.deleteVolume(path);
        hypervisor.deleteVolume(path);
        assertThat(folder.resolve(path)).doesNotExist();
        assertThatThrownBy(() -> hypervisor.resizeVolume(path, 2 * MIB))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void namesThatLeadOutOfTheFolderAreRefused() throws IOException {
        Path outside = Files.writeString(data.resolve("outside.raw"), "keep");
        for (String path : List.of("../outside.raw", "/etc/passwd", "a.raw", "")) {
            assertThatThrownBy(() -> hypervisor.deleteVolume(path)).isInstanceOf(ProviderException.class);
            assertThatThrownBy(() -> hypervisor.createVolume(path, 1, "x")).isInstanceOf(ProviderException.class);
        }
        assertThat(outside).hasContent("keep");
    }

    private String beginning(String path) throws IOException {
        try (var in = Files.newInputStream(folder.resolve(path))) {
            return new String(in.readNBytes(100), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
