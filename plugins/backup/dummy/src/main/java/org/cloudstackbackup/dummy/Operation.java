/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/**
 * One operation as it is kept in its file: what was asked for, and how far it has come.
 *
 * @param token the client token, also the reference
 * @param readyAt when it may end at the earliest
 * @param restorePointId the point that is made, read or deleted
 * @param subject the VM it is about
 * @param made the point that a backup has made, once it is prepared
 * @param outcome how it ended; null until then
 */
record Operation(
        String token,
        Kind kind,
        Phase phase,
        boolean cancelRequested,
        Instant startedAt,
        Instant readyAt,
        String restorePointId,
        @Nullable Subject subject,
        Map<String, VolumeRef> targets,
        @Nullable VolumeCopy volumeCopy,
        @Nullable RestorePoint made,
        @Nullable Outcome outcome) {
    Operation {
        requireNonNull(token, "token is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(phase, "phase is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(readyAt, "readyAt is null");
        requireNonNull(restorePointId, "restorePointId is null");
        targets = Map.copyOf(targets);
    }

    static Operation backup(String token, String restorePointId, Subject subject, DummySettings settings) {
        return started(token, Kind.BACKUP, restorePointId, subject, Map.of(), null, settings);
    }

    static Operation restore(
            String token,
            String restorePointId,
            Subject subject,
            Map<String, VolumeRef> targets,
            DummySettings settings) {
        return started(token, Kind.RESTORE, restorePointId, subject, targets, null, settings);
    }

    static Operation volumeRestore(String token, String restorePointId, VolumeCopy volumeCopy, DummySettings settings) {
        return started(token, Kind.VOLUME_RESTORE, restorePointId, null, Map.of(), volumeCopy, settings);
    }

    static Operation delete(String token, String restorePointId, DummySettings settings) {
        return started(token, Kind.DELETE, restorePointId, null, Map.of(), null, settings);
    }

    private static Operation started(
            String token,
            Kind kind,
            String restorePointId,
            @Nullable Subject subject,
            Map<String, VolumeRef> targets,
            @Nullable VolumeCopy volumeCopy,
            DummySettings settings) {
        Instant now = settings.clock().instant();
        return new Operation(
                token,
                kind,
                Phase.WORKING,
                false,
                now,
                now.plus(settings.delay()),
                restorePointId,
                subject,
                targets,
                volumeCopy,
                null,
                null);
    }

    OperationRef ref() {
        return new OperationRef(token);
    }

    boolean isEnded() {
        return outcome != null;
    }

    boolean isAboutVm(String uuid) {
        return subject != null && subject.vmUuid().equals(uuid);
    }

    Subject requireSubject() {
        return requireNonNull(subject, "subject is null");
    }

    VolumeCopy requireVolumeCopy() {
        return requireNonNull(volumeCopy, "volumeCopy is null");
    }

    /** Whether another request with this token asks for the same thing; a backup's point is named by the first one. */
    boolean isSameWorkAs(Operation other) {
        boolean sameVm =
                (subject == null ? "" : subject.vmUuid()).equals(other.subject == null ? "" : other.subject.vmUuid());
        boolean samePoint = kind == Kind.BACKUP || restorePointId.equals(other.restorePointId);
        return kind == other.kind && sameVm && samePoint;
    }

    boolean isDue(Instant now) {
        return !now.isBefore(readyAt);
    }

    /** As far as the clock tells; null without a delay, since the bytes come and go unseen. */
    @Nullable
    Integer percent(Instant now) {
        Duration whole = Duration.between(startedAt, readyAt);
        if (whole.isZero()) {
            return null;
        }
        long passed = Math.max(0, Duration.between(startedAt, now).toMillis());
        return (int) Math.min(99, passed * 100 / whole.toMillis());
    }

    Operation withCancelRequested() {
        return changed(phase, true, made, outcome);
    }

    Operation prepared(@Nullable RestorePoint point) {
        return changed(Phase.PREPARED, cancelRequested, point, outcome);
    }

    Operation committing() {
        return changed(Phase.COMMITTING, cancelRequested, made, outcome);
    }

    Operation ended(Outcome end) {
        return changed(phase, cancelRequested, made, end);
    }

    private Operation changed(
            Phase newPhase, boolean newCancel, @Nullable RestorePoint newMade, @Nullable Outcome newOutcome) {
        return new Operation(
                token,
                kind,
                newPhase,
                newCancel,
                startedAt,
                readyAt,
                restorePointId,
                subject,
                targets,
                volumeCopy,
                newMade,
                newOutcome);
    }

    /** What is done, in words for messages. */
    String describe() {
        return switch (kind) {
            case BACKUP -> "backup of vm " + requireSubject().vmName();
            case RESTORE ->
                "restore of " + restorePointId + " to vm " + requireSubject().vmName();
            case VOLUME_RESTORE -> "restore of volume " + requireVolumeCopy().volumeUuid() + " of " + restorePointId;
            case DELETE -> "deletion of " + restorePointId;
        };
    }

    enum Kind {
        BACKUP,
        RESTORE,
        VOLUME_RESTORE,
        DELETE
    }

    enum Phase {
        /** Bytes are gathered where nobody sees them; can be cancelled, and is begun again after a crash. */
        WORKING,
        /** Everything needed is proven and on disk, unseen still; waits to be due, and can be cancelled. */
        PREPARED,
        /** It is due; what is left are renames, which are repeated after a crash. */
        COMMITTING
    }

    /** The VM and, for a backup, what of it is stored under which policy. */
    record Subject(String vmUuid, String vmName, @Nullable String offering, List<VolumeRef> volumes) {
        Subject {
            requireNonNull(vmUuid, "vmUuid is null");
            requireNonNull(vmName, "vmName is null");
            volumes = List.copyOf(volumes);
        }
    }

    /** Which stored volume becomes which new one. */
    record VolumeCopy(String volumeUuid, String newVolumeUuid) {
        VolumeCopy {
            requireNonNull(volumeUuid, "volumeUuid is null");
            requireNonNull(newVolumeUuid, "newVolumeUuid is null");
        }
    }

    /** How an operation ended. */
    record Outcome(
            State state,
            @Nullable ErrorKind kind,
            String message,
            @Nullable RestorePoint restorePoint,
            @Nullable String volumePath) {
        Outcome {
            requireNonNull(state, "state is null");
            requireNonNull(message, "message is null");
        }

        static Outcome succeeded(@Nullable RestorePoint restorePoint, @Nullable String volumePath) {
            return new Outcome(State.SUCCEEDED, null, "", restorePoint, volumePath);
        }

        static Outcome failed(ErrorKind kind, String message) {
            return new Outcome(State.FAILED, kind, message, null, null);
        }

        static Outcome cancelled(String message) {
            return new Outcome(State.CANCELLED, null, message, null, null);
        }

        OperationStatus status() {
            return switch (state) {
                case SUCCEEDED -> new OperationStatus.Succeeded(restorePoint, volumePath);
                case FAILED -> new OperationStatus.Failed(requireNonNull(kind, "kind is null"), message);
                case CANCELLED -> new OperationStatus.Cancelled(message);
            };
        }

        enum State {
            SUCCEEDED,
            FAILED,
            CANCELLED
        }
    }
}
