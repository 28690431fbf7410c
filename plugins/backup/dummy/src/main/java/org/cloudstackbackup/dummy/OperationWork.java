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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.dummy.Operation.Outcome;
import org.cloudstackbackup.dummy.Operation.Subject;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/**
 * What operations do with bytes, in two steps: {@link #prepare} gathers and proves everything where nobody sees it and can
 * be begun again at any time; {@link #commit} consists of renames and can be repeated.
 */
final class OperationWork {
    private final PointCatalogue catalogue;
    private final VolumeFolder volumes;
    private final DurableFiles files;

    OperationWork(PointCatalogue catalogue, VolumeFolder volumes, DurableFiles files) {
        this.catalogue = catalogue;
        this.volumes = volumes;
        this.files = files;
    }

    /**
     * The long part.
     *
     * @return the point that a backup has made; null for other operations
     */
    @Nullable
    RestorePoint prepare(Operation operation, DummySettings settings) throws IOException {
        switch (operation.kind()) {
            case BACKUP -> {
                return prepareBackup(operation, settings);
            }
            case RESTORE -> prepareRestore(operation, settings);
            case VOLUME_RESTORE -> prepareVolumeRestore(operation, settings);
            case DELETE -> {
                // Nothing is gathered: the commit is one rename.
            }
        }
        return null;
    }

    /** The short part. */
    void commit(Operation operation) throws IOException {
        switch (operation.kind()) {
            case BACKUP -> catalogue.publish(operation.token(), operation.restorePointId());
            case RESTORE -> {
                for (VolumeRef target : operation.targets().values()) {
                    putInPlace(operation.token(), volumes.file(target));
                }
            }
            case VOLUME_RESTORE -> putInPlace(operation.token(), restoredFile(operation));
            case DELETE -> catalogue.remove(operation.token(), operation.restorePointId());
        }
    }

    /** Removes what {@link #prepare} has gathered. */
    void discard(Operation operation) throws IOException {
        switch (operation.kind()) {
            case BACKUP -> catalogue.unstage(operation.token());
            case RESTORE -> {
                for (VolumeRef target : operation.targets().values()) {
                    files.deleteIfExists(VolumeFolder.temporaryBeside(volumes.file(target), operation.token()));
                }
            }
            case VOLUME_RESTORE ->
                files.deleteIfExists(VolumeFolder.temporaryBeside(restoredFile(operation), operation.token()));
            case DELETE -> {
                // Nothing was gathered.
            }
        }
    }

    /** What a committed operation has to tell. */
    static Outcome outcomeOf(Operation operation) {
        String volumePath = operation.volumeCopy() == null
                ? null
                : VolumeFolder.nameOfRestored(operation.requireVolumeCopy().newVolumeUuid());
        return Outcome.succeeded(operation.made(), volumePath);
    }

    /** Refuses a backup that could not hold every volume of the VM. */
    void checkBackup(Subject subject) {
        String vm = "vm " + subject.vmName();
        if (subject.volumes().isEmpty()) {
            throw new ProviderException(
                    ErrorKind.USER, vm, "The backup of " + vm + " was refused: the VM has no volume to back up");
        }
        Set<String> seen = new HashSet<>();
        for (VolumeRef volume : subject.volumes()) {
            if (!seen.add(SafeName.require("volume uuid", volume.uuid()))) {
                throw new ProviderException(
                        ErrorKind.USER,
                        vm,
                        "The backup of " + vm + " was refused: volume " + volume.uuid() + " is named twice");
            }
            volumes.existing(volume);
        }
    }

    /** Refuses a restore that could not bring back every volume of the point. */
    Manifest checkRestore(Operation operation, DummySettings settings) throws IOException {
        Manifest manifest = requirePoint(operation.restorePointId(), settings);
        Set<Path> files = new HashSet<>();
        for (VolumeRef volume : manifest.point().volumes()) {
            VolumeRef target = operation.targets().get(volume.uuid());
            if (target == null) {
                throw refused(operation, "volume " + volume.uuid() + " of the point has no target");
            }
            long needed = manifest.stored(volume).virtualBytes();
            if (target.sizeBytes() < needed) {
                throw refused(
                        operation,
                        "target volume " + target.uuid() + " has " + target.sizeBytes() + " bytes, " + needed
                                + " are needed");
            }
            if (!files.add(volumes.existing(target))) {
                throw refused(operation, "target volume " + target.uuid() + " is named for two volumes");
            }
        }
        if (operation.targets().size() > files.size()) {
            throw refused(operation, "a target is named for a volume that is not in the point");
        }
        return manifest;
    }

    /** Refuses the restore of a volume that is not in the point. */
    VolumeRef checkVolumeRestore(Operation operation, DummySettings settings) throws IOException {
        String uuid = operation.requireVolumeCopy().volumeUuid();
        return requirePoint(operation.restorePointId(), settings).point().volumes().stream()
                .filter(volume -> volume.uuid().equals(uuid))
                .findFirst()
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND,
                        "volume " + uuid,
                        "Restore point " + operation.restorePointId() + " has no volume " + uuid));
    }

    /** A restored volume is new: one that exists already is nobody's to overwrite. */
    void checkVolumeIsNew(Operation operation) {
        String uuid = operation.requireVolumeCopy().newVolumeUuid();
        if (Files.exists(volumes.restored(uuid))) {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "volume " + uuid,
                    "The " + operation.describe() + " was refused: new volume " + uuid + " exists already");
        }
    }

    private RestorePoint prepareBackup(Operation operation, DummySettings settings) throws IOException {
        Subject subject = operation.requireSubject();
        checkBackup(subject);
        var frozenAt = settings.clock().instant();
        Path folder = catalogue.stage(operation.token());
        Map<String, PackedVolume> stored = new HashMap<>();
        for (VolumeRef volume : subject.volumes()) {
            Path file = PointCatalogue.storedVolume(folder, volume.uuid());
            stored.put(volume.uuid(), PackedVolume.pack(volumes.existing(volume), volume.sizeBytes(), file, files));
        }
        var point = new RestorePoint(
                operation.restorePointId(),
                subject.vmUuid(),
                subject.vmName(),
                subject.offering(),
                frozenAt,
                "FULL",
                stored.values().stream().mapToLong(PackedVolume::storedBytes).sum(),
                stored.values().stream().mapToLong(PackedVolume::virtualBytes).sum(),
                subject.volumes());
        catalogue.writeManifest(folder, new Manifest(point, stored));
        return point;
    }

    private void prepareRestore(Operation operation, DummySettings settings) throws IOException {
        Manifest manifest = checkRestore(operation, settings);
        for (VolumeRef volume : manifest.point().volumes()) {
            VolumeRef target = operation.targets().get(volume.uuid());
            if (target == null) {
                throw refused(operation, "volume " + volume.uuid() + " of the point has no target");
            }
            unpack(operation, manifest, volume, volumes.existing(target), target.sizeBytes());
        }
    }

    private void prepareVolumeRestore(Operation operation, DummySettings settings) throws IOException {
        VolumeRef volume = checkVolumeRestore(operation, settings);
        Manifest manifest = requirePoint(operation.restorePointId(), settings);
        unpack(
                operation,
                manifest,
                volume,
                restoredFile(operation),
                manifest.stored(volume).virtualBytes());
    }

    /** Brings a volume's bytes beside the target; the target itself is touched by {@link #commit} only. */
    private void unpack(Operation operation, Manifest manifest, VolumeRef volume, Path target, long targetBytes)
            throws IOException {
        PackedVolume packed = manifest.stored(volume);
        Path stored = catalogue.storedVolume(operation.restorePointId(), volume.uuid());
        Path temporary = VolumeFolder.temporaryBeside(target, operation.token());
        String sha256 = packed.unpack(stored, temporary, targetBytes, files);
        if (!sha256.equals(packed.sha256())) {
            throw new ProviderException(
                    ErrorKind.EXTERNAL,
                    "restore point " + operation.restorePointId(),
                    "The " + operation.describe()
                            + " was stopped before a volume was touched: the stored bytes of volume " + volume.uuid()
                            + " have SHA-256 " + sha256 + ", the backup wrote " + packed.sha256());
        }
        DurableFiles.forceDirectory(temporary.resolveSibling("."));
    }

    private void putInPlace(String token, Path target) throws IOException {
        Path temporary = VolumeFolder.temporaryBeside(target, token);
        if (Files.exists(temporary)) {
            files.move(temporary, target);
        }
    }

    private Path restoredFile(Operation operation) {
        return volumes.restored(operation.requireVolumeCopy().newVolumeUuid());
    }

    private Manifest requirePoint(String id, DummySettings settings) throws IOException {
        return catalogue
                .find(id, settings)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "restore point " + id, "There is no restore point " + id));
    }

    private static ProviderException refused(Operation operation, String reason) {
        return new ProviderException(
                ErrorKind.USER,
                "restore point " + operation.restorePointId(),
                "The " + operation.describe() + " was refused: " + reason);
    }
}
