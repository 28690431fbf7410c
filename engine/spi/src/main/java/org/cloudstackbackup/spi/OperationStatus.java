/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an operation stands. Ended states never change again. */
public sealed interface OperationStatus {
    /**
     * Accepted, waiting or working.
     *
     * @param percent 0 to 100, null while unknown; never falls
     * @param message what the product is doing, in its words; may be empty
     */
    record Running(@Nullable Integer percent, String message) implements OperationStatus {
        public Running {
            requireNonNull(message, "message is null");
            if (percent != null && (percent < 0 || percent > 100)) {
                throw new IllegalArgumentException("percent " + percent + " is not from 0 to 100");
            }
        }
    }

    /**
     * Ended well and proven so.
     *
     * @param restorePoint what a backup made; null for other operations
     * @param volumePath where the hypervisor finds a restored volume; null for other operations
     * @param machine where a restore to a new VM has put it; null when it is where the host wanted it, and for other operations
     */
    record Succeeded(
            @Nullable RestorePoint restorePoint,
            @Nullable String volumePath,
            @Nullable RestoredMachine machine) implements OperationStatus {
        /** Of an operation that moves no machine. */
        public Succeeded(@Nullable RestorePoint restorePoint, @Nullable String volumePath) {
            this(restorePoint, volumePath, null);
        }

        /** For a restore in place or a delete, which leave nothing to tell. */
        public static Succeeded done() {
            return new Succeeded(null, null);
        }

        public static Succeeded backup(RestorePoint restorePoint) {
            return new Succeeded(requireNonNull(restorePoint, "restorePoint is null"), null);
        }

        public static Succeeded volume(String volumePath) {
            return new Succeeded(null, requireNonNull(volumePath, "volumePath is null"));
        }

        public static Succeeded machine(RestoredMachine machine) {
            return new Succeeded(null, null, requireNonNull(machine, "machine is null"));
        }

        public Optional<RestoredMachine> restoredMachine() {
            return Optional.ofNullable(machine);
        }

        public Optional<RestorePoint> madeRestorePoint() {
            return Optional.ofNullable(restorePoint);
        }

        public Optional<String> restoredVolumePath() {
            return Optional.ofNullable(volumePath);
        }
    }

    /** Ended badly; the message says what the product did and why it stopped. */
    record Failed(ErrorKind kind, String message) implements OperationStatus {
        public Failed {
            requireNonNull(kind, "kind is null");
            requireNonNull(message, "message is null");
        }
    }

    /** Ended because {@link BackupDriver#cancel} was heard. */
    record Cancelled(String message) implements OperationStatus {
        public Cancelled {
            requireNonNull(message, "message is null");
        }
    }

    default boolean isEnded() {
        return !(this instanceof Running);
    }
}
