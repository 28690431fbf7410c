/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cloudstackbackup.pxbackup.client.BackupInfo;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupState;
import org.cloudstackbackup.pxbackup.client.BackupVolume;
import org.cloudstackbackup.spi.IncompletePoint;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/** Backups of the product as restore points. */
final class Points {
    private Points() {}

    /**
     * A complete backup as a restore point.
     *
     * @param labels what tells CloudStack's names: the backup's own labels, or those of its schedule
     */
    static RestorePoint point(BackupObject backup, Map<String, String> labels) {
        Contents contents = Contents.of(backup);
        List<BackupVolume> volumes = contents.volumes();
        return new RestorePoint(
                id(backup),
                labels.get(Labels.VM),
                contents.machine().map(Machine::name).orElse(""),
                offering(backup, labels),
                created(backup),
                type(volumes),
                stored(volumes),
                whole(volumes),
                volumes(volumes, labels));
    }

    /** A backup that lacks something. */
    static IncompletePoint incomplete(BackupObject backup, Map<String, String> labels, Contents.Flaw flaw) {
        Contents contents = Contents.of(backup);
        List<BackupVolume> stored = contents.volumes().stream()
                .filter(each -> each.state() == BackupState.SUCCESS)
                .toList();
        List<VolumeRef> volumes = new ArrayList<>(volumes(contents.volumes(), labels));
        Set<String> held = volumes.stream().map(VolumeRef::uuid).collect(Collectors.toSet());
        String namespace = contents.machine().map(Machine::namespace).orElse("");
        Labels.expected(labels, created(backup)).stream()
                .filter(each -> !held.contains(each.uuid()))
                .map(each -> new VolumeRef(
                        each.uuid(), namespace + "/" + each.claim(), each.deviceId() == 0, 0, each.deviceId()))
                .forEach(volumes::add);
        volumes.sort(Comparator.comparingLong(VolumeRef::deviceId));
        return new IncompletePoint(
                id(backup),
                labels.getOrDefault(Labels.VM, ""),
                offering(backup, labels),
                created(backup),
                type(stored),
                stored(stored),
                whole(stored),
                volumes,
                flaw.text());
    }

    private static String type(List<BackupVolume> volumes) {
        return volumes.stream().anyMatch(Points::isIncremental) ? "INCREMENTAL" : "FULL";
    }

    private static long stored(List<BackupVolume> volumes) {
        return volumes.stream().mapToLong(Points::stored).sum();
    }

    private static long whole(List<BackupVolume> volumes) {
        return volumes.stream().mapToLong(each -> size(each.totalSize())).sum();
    }

    /** By which a host knows the backup. */
    static String id(BackupObject backup) {
        return backup.name() + "/" + backup.uid();
    }

    static Instant created(BackupObject backup) {
        return Optional.ofNullable(backup.metadata())
                .map(metadata -> metadata.createTime())
                .orElse(Instant.EPOCH);
    }

    /** CloudStack's names for the claims; a claim that CloudStack does not know goes by its own uid. */
    private static List<VolumeRef> volumes(List<BackupVolume> volumes, Map<String, String> labels) {
        Map<String, Labels.Named> named = new HashMap<>();
        long next = 0;
        for (Labels.Named each : Labels.volumes(labels)) {
            named.put(each.claim(), each);
            next = Math.max(next, each.deviceId() + 1);
        }
        List<VolumeRef> refs = new ArrayList<>();
        List<BackupVolume> ordered = volumes.stream()
                .sorted(Comparator.comparing(each -> String.valueOf(each.pvc())))
                .toList();
        for (BackupVolume each : ordered) {
            String path = each.namespace() + "/" + each.pvc();
            Labels.Named known = named.get(String.valueOf(each.pvc()));
            refs.add(
                    known == null
                            ? new VolumeRef(foreign(each, path), path, false, size(each.totalSize()), next++)
                            : new VolumeRef(
                                    known.uuid(),
                                    path,
                                    known.deviceId() == 0,
                                    size(each.totalSize()),
                                    known.deviceId()));
        }
        refs.sort(Comparator.comparingLong(VolumeRef::deviceId));
        return refs;
    }

    private static String foreign(BackupVolume volume, String path) {
        String uid = volume.pvcId();
        return uid == null || uid.isEmpty()
                ? UUID.nameUUIDFromBytes(path.getBytes(UTF_8)).toString()
                : uid;
    }

    private static @Nullable String offering(BackupObject backup, Map<String, String> labels) {
        BackupInfo info = backup.backupInfo();
        String policy = info == null || info.schedulePolicyRef() == null
                ? null
                : info.schedulePolicyRef().uid();
        return policy == null || policy.isEmpty() ? labels.get(Labels.OFFERING) : policy;
    }

    private static boolean isIncremental(BackupVolume volume) {
        boolean told = volume.backupMode() != null
                && "Incremental".equals(volume.backupMode().type());
        return told || (volume.backupId() != null && volume.backupId().endsWith("-incr"));
    }

    /** What the location holds of the volume; products of storage that do not tell are taken for full. */
    static long stored(BackupVolume volume) {
        return volume.actualSize() == null ? size(volume.totalSize()) : size(volume.actualSize());
    }

    private static long size(@Nullable Long bytes) {
        return bytes == null ? 0 : Math.max(0, bytes);
    }
}
