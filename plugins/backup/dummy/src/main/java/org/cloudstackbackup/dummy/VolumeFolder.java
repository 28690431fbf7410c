/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/** The simulator's volumes: plain files below one folder, named by {@link VolumeRef#path}. */
final class VolumeFolder {
    private final Path root;

    VolumeFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * The file of a volume that exists.
     *
     * @throws ProviderException {@code USER} when the path leads out of the folder, {@code NOT_FOUND} when there is no file
     */
    Path existing(VolumeRef volume) {
        Path file = file(volume);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProviderException(
                    ErrorKind.NOT_FOUND,
                    "volume " + volume.uuid(),
                    "Volume " + volume.uuid() + " has no file " + volume.path()
                            + " in the folder of simulated volumes");
        }
        return file;
    }

    /** The file of a volume, whether it is there or not; {@code USER} when the path leads out of the folder. */
    Path file(VolumeRef volume) {
        return resolve(volume.path(), "volume " + volume.uuid());
    }

    /** Where a restored volume will be; the name is also the path that the hypervisor is told. */
    Path restored(String newVolumeUuid) {
        return root.resolve(nameOfRestored(newVolumeUuid));
    }

    static String nameOfRestored(String newVolumeUuid) {
        return SafeName.require("new volume uuid", newVolumeUuid) + ".raw";
    }

    /** Beside the target, so that a rename puts it in place; hidden, and different for each operation. */
    static Path temporaryBeside(Path target, String token) {
        return target.resolveSibling("." + target.getFileName() + "." + token + ".restoring");
    }

    private Path resolve(String path, String subject) {
        try {
            Path file = root.resolve(path).normalize();
            Path parent = file.getParent();
            boolean below = !path.isBlank() && file.startsWith(root) && !file.equals(root) && parent != null;
            // A link on the way could lead out again.
            if (below
                    && parent != null
                    && (!Files.exists(parent) || parent.toRealPath().startsWith(root.toRealPath()))) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw outside(subject, e);
        } catch (IOException e) {
            throw new ProviderException(
                    ErrorKind.EXTERNAL, subject, "The folder of " + subject + " could not be read: " + e, e);
        }
        throw outside(subject, null);
    }

    private static ProviderException outside(String subject, @Nullable Exception cause) {
        return new ProviderException(
                ErrorKind.USER,
                subject,
                "The path of " + subject + " does not name a file below the folder of simulated volumes",
                cause);
    }
}
