/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.pxbackup.client.BackupInfo;
import org.cloudstackbackup.pxbackup.client.BackupMachine;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupState;
import org.cloudstackbackup.pxbackup.client.BackupVolume;
import org.cloudstackbackup.pxbackup.client.ResourceInfo;
import org.cloudstackbackup.pxbackup.client.StatusInfo;
import org.cloudstackbackup.spi.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * What is in a backup. The product's word Success is not believed: a backup of a machine that does not exist, or of nothing at all,
 * ends well too.
 */
final class Contents {
    private final BackupObject backup;
    private final Optional<Machine> machine;

    private Contents(BackupObject backup) {
        this.backup = backup;
        this.machine = machineOf(backup.backupInfo());
    }

    static Contents of(BackupObject backup) {
        return new Contents(backup);
    }

    /** The one machine that was to be backed up; empty for a backup of several, or of something else. */
    Optional<Machine> machine() {
        return machine;
    }

    /** The volumes of the machine. */
    List<BackupVolume> volumes() {
        BackupInfo info = backup.backupInfo();
        if (info == null || machine.isEmpty()) {
            return List.of();
        }
        Machine own = machine.get();
        return info.volumes().stream()
                .filter(each -> own.namespace().equals(each.namespace()) && isOf(own, each.virtualMachineName()))
                .toList();
    }

    /** Lines before 2.8.4 do not say; the backup is of this machine alone. */
    private static boolean isOf(Machine machine, @Nullable String name) {
        return name == null || name.isEmpty() || name.equals(machine.name());
    }

    /** Why this is no complete backup of its machine; empty when it is one. What has not ended is none. */
    Optional<Flaw> flaw(List<Labels.Named> expected) {
        BackupState state = backup.state();
        if (machine.isPresent() && state != BackupState.SUCCESS && state != BackupState.PARTIAL_SUCCESS) {
            return flawed(ErrorKind.EXTERNAL, "its state is " + word() + reason());
        }
        return contentFlaw(expected);
    }

    /** As {@link #flaw}, for a backup that was complete at some time: what its state is now is not looked at. */
    Optional<Flaw> contentFlaw(List<Labels.Named> expected) {
        if (machine.isEmpty() || backup.backupInfo() == null) {
            return flawed(ErrorKind.EXTERNAL, "it is not of exactly one virtual machine");
        }
        if (isAbsent(machine.get())) {
            return flawed(
                    ErrorKind.NOT_FOUND,
                    "PX-Backup calls it " + word() + ", but virtual machine " + machine.get()
                            + " is not in it: the machine does not exist on the cluster, or was not read");
        }
        return machineFlaw(machine.get()).or(() -> volumeFlaw(expected));
    }

    private boolean isAbsent(Machine own) {
        BackupInfo info = Objects.requireNonNull(backup.backupInfo());
        return info.virtualMachines().isEmpty()
                ? info.volumes().isEmpty()
                : named(info.virtualMachines(), own).isEmpty();
    }

    private Optional<Flaw> machineFlaw(Machine own) {
        return named(Objects.requireNonNull(backup.backupInfo()).virtualMachines(), own)
                .filter(each -> each.state() != BackupState.SUCCESS)
                .flatMap(each -> flawed(
                        ErrorKind.EXTERNAL,
                        "virtual machine " + own + " in it is " + each.state().word() + said(each.status())));
    }

    private static Optional<BackupMachine> named(List<BackupMachine> machines, Machine own) {
        return machines.stream()
                .filter(each ->
                        own.namespace().equals(each.namespace()) && own.name().equals(each.name()))
                .findFirst();
    }

    private Optional<Flaw> volumeFlaw(List<Labels.Named> expected) {
        List<BackupVolume> volumes = volumes();
        if (volumes.isEmpty()) {
            return flawed(ErrorKind.EXTERNAL, "no volume of the virtual machine is in it");
        }
        for (BackupVolume each : volumes) {
            if (each.state() != BackupState.SUCCESS) {
                return flawed(
                        ErrorKind.EXTERNAL,
                        "volume " + each.pvc() + " in it is " + each.state().word() + said(each.status()));
            }
            if (each.pvc() == null || each.totalSize() == null || each.totalSize() <= 0) {
                return flawed(ErrorKind.EXTERNAL, "volume " + each.pvc() + " in it has no size");
            }
        }
        Set<@Nullable String> held = volumes.stream().map(BackupVolume::pvc).collect(Collectors.toSet());
        List<String> missing = expected.stream()
                .filter(each -> !held.contains(each.claim()))
                .map(each -> each.claim() + " (" + each.uuid() + ")")
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : flawed(
                        ErrorKind.EXTERNAL,
                        "it lacks " + missing.size() + " of " + expected.size() + " volumes: "
                                + String.join(", ", missing));
    }

    /** The state as the product writes it, also when it is a word of a later line. */
    String word() {
        BackupInfo info = backup.backupInfo();
        String raw =
                info == null || info.status() == null ? null : info.status().status();
        return raw == null ? BackupState.INVALID.word() : raw;
    }

    private String reason() {
        return backup.reason().isEmpty() ? "" : ": " + backup.reason();
    }

    private static String said(@Nullable StatusInfo status) {
        return status == null || status.reason() == null || status.reason().isEmpty() ? "" : ": " + status.reason();
    }

    private Optional<Flaw> flawed(ErrorKind kind, String what) {
        return Optional.of(new Flaw(kind, "Backup " + backup.name() + " is not good: " + what));
    }

    static Map<String, String> labels(BackupObject backup) {
        return backup.metadata() == null ? Map.of() : backup.metadata().labels();
    }

    private static Optional<Machine> machineOf(@Nullable BackupInfo info) {
        List<ResourceInfo> named = info == null ? List.of() : info.includeResources();
        List<ResourceInfo> machines = named.stream()
                .filter(each -> "VirtualMachine".equals(each.kind()))
                .toList();
        if (machines.size() != 1) {
            return Optional.empty();
        }
        String namespace = machines.get(0).namespace();
        String name = machines.get(0).name();
        return namespace == null || name == null ? Optional.empty() : Optional.of(new Machine(namespace, name));
    }

    /** Why a backup is not good. */
    record Flaw(ErrorKind kind, String text) {}
}
