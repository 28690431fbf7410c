/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.cloudstack.api.ResourceDetail;
import org.apache.cloudstack.backup.dao.BackupDetailsDao;
import org.cloudstackbackup.spi.OperationRef;
import org.jspecify.annotations.Nullable;

/**
 * What is under way for a backup, kept in its details, where the next management server finds it after a crash.
 *
 * <p>All names begin with {@value #PREFIX}; CloudStack hands them on, and does nothing with them.
 */
final class Marks {
    static final String PREFIX = "cloudstackbackup.";
    static final String OPERATION = PREFIX + "operation";
    static final String ALIVE = PREFIX + "alive";

    /** When somebody waited last for the end of the backup's deletion. */
    static final String DELETING = PREFIX + "deleting";

    /** The id of the restore point that was deleted, or found missing for good; its row is removed then. */
    static final String GONE = PREFIX + "gone";

    /** When that was. */
    static final String GONE_AT = PREFIX + "goneat";

    /** Before the uuid of the machine that is restored over. */
    static final String RESTORE = PREFIX + "restore.";

    /** That a backup has details that begin with {@link #RESTORE}, by which it is found. */
    static final String RESTORING = PREFIX + "restoring";

    private static final String YES = "yes";

    /** Before the uuids of the volume and of the machine that gets a copy of it. */
    static final String VOLUME = PREFIX + "volume.";

    /** How often a waiting job says that it is there. */
    static final Duration BEAT = Duration.ofSeconds(30);

    /** Without a sign for so long, nobody waits any more. Far more than the clocks of management servers differ. */
    static final Duration SILENCE = Duration.ofMinutes(5);

    private final BackupDetailsDao details;
    private final Clock clock;

    Marks(BackupDetailsDao details, Clock clock) {
        this.details = details;
        this.clock = clock;
    }

    Optional<OperationRef> operation(long backupId) {
        return value(backupId, OPERATION).map(OperationRef::new);
    }

    void operation(long backupId, OperationRef operation) {
        details.addDetail(backupId, OPERATION, operation.value(), false);
    }

    /** Leaves a sign of life, unless the last one is young. */
    void alive(long backupId) {
        beat(backupId, ALIVE);
    }

    boolean isAlive(long backupId) {
        return isBeating(backupId, ALIVE);
    }

    /** As {@link #alive}, of who deletes the backup. */
    void deleting(long backupId) {
        beat(backupId, DELETING);
    }

    /** Whether a deletion runs, or has ended just now and its row is about to go. */
    boolean isDeleting(long backupId) {
        return isBeating(backupId, DELETING);
    }

    /** Notes, for all management servers, that the backup's point is no more, and the row about to go. */
    void gone(long backupId, String point) {
        details.addDetail(backupId, GONE_AT, clock.instant().toString(), false);
        details.addDetail(backupId, GONE, point, false);
    }

    /** Whether the point was there when the listing began and is no more, as far as the clocks of servers agree. */
    boolean isGoneSince(Instant listingBegan, String point) {
        return details.findDetails(GONE, point, null).stream()
                .map(detail -> instant(detail.getResourceId(), GONE_AT))
                .flatMap(Optional::stream)
                .anyMatch(at -> at.plus(SILENCE).isAfter(listingBegan));
    }

    private void beat(long backupId, String name) {
        Instant now = clock.instant();
        if (instant(backupId, name).filter(last -> last.plus(BEAT).isAfter(now)).isEmpty()) {
            details.addDetail(backupId, name, now.toString(), false);
        }
    }

    private boolean isBeating(long backupId, String name) {
        return instant(backupId, name)
                .filter(last -> last.plus(SILENCE).isAfter(clock.instant()))
                .isPresent();
    }

    /** A restore that was begun and whose end nobody has seen. */
    Optional<Begun> begun(long backupId, String name) {
        return value(backupId, name).map(Begun::parse);
    }

    /** All restores from the backup that were begun, by any management server, and whose end nobody has seen. */
    List<Begun> restores(long backupId) {
        return details.listDetailsKeyPairs(backupId).entrySet().stream()
                .filter(detail ->
                        detail.getKey().startsWith(RESTORE) || detail.getKey().startsWith(VOLUME))
                .map(detail -> Begun.parse(detail.getValue()))
                .toList();
    }

    /** Notes that the product is about to be asked for a restore. */
    void starting(long backupId, String name, String token) {
        begun(backupId, name, new Begun(token, clock.instant(), null));
        if (name.startsWith(RESTORE)) {
            details.addDetail(backupId, RESTORING, YES, false);
        }
    }

    /** Ids of backups, removed ones too, from which machines are restored, or were when somebody looked last. */
    List<Long> restoring() {
        return details.findDetails(RESTORING, YES, null).stream()
                .map(ResourceDetail::getResourceId)
                .distinct()
                .toList();
    }

    /** The restores of machines from the backup whose end nobody has seen, by the machine's uuid. */
    Map<String, Begun> restoresOfMachines(long backupId) {
        Map<String, Begun> restores = new HashMap<>();
        details.listDetailsKeyPairs(backupId).forEach((name, value) -> {
            if (name.startsWith(RESTORE)) {
                restores.put(name.substring(RESTORE.length()), Begun.parse(value));
            }
        });
        return restores;
    }

    /** The backup is no longer found by {@link #restoring}, unless a restore from it is open. */
    void forgetRestoring(long backupId) {
        if (restoresOfMachines(backupId).isEmpty()) {
            details.removeDetail(backupId, RESTORING);
            // One may have begun just now.
            if (!restoresOfMachines(backupId).isEmpty()) {
                details.addDetail(backupId, RESTORING, YES, false);
            }
        }
    }

    /** Whether somebody may still wait for the product's answer to the start. */
    boolean isStarting(Begun begun) {
        Instant asked = begun.asked();
        return begun.operation() == null && asked != null && asked.plus(SILENCE).isAfter(clock.instant());
    }

    void begun(long backupId, String name, Begun begun) {
        details.addDetail(backupId, name, begun.text(), false);
    }

    void clear(long backupId, String name) {
        details.removeDetail(backupId, name);
    }

    private Optional<Instant> instant(long backupId, String name) {
        return value(backupId, name).map(Instant::parse);
    }

    private Optional<String> value(long backupId, String name) {
        ResourceDetail detail = details.findDetail(backupId, name);
        return detail == null ? Optional.empty() : Optional.ofNullable(detail.getValue());
    }

    /**
     * @param token the operation's client token
     * @param asked when the product was asked; null once it has answered
     * @param operation null while the product has not answered
     */
    record Begun(
            String token, @Nullable Instant asked, @Nullable String operation) {
        private static Begun parse(String text) {
            int space = text.indexOf(' ');
            if (space >= 0) {
                return new Begun(text.substring(0, space), null, text.substring(space + 1));
            }
            int at = text.indexOf('@');
            return at < 0
                    ? new Begun(text, null, null)
                    : new Begun(text.substring(0, at), Instant.parse(text.substring(at + 1)), null);
        }

        private String text() {
            if (operation != null) {
                return token + " " + operation;
            }
            return asked == null ? token : token + "@" + asked;
        }

        /** One that nobody has heard of yet. */
        static Begun fresh() {
            return new Begun(UUID.randomUUID().toString(), null, null);
        }

        Begun as(OperationRef ref) {
            return new Begun(token, null, ref.value());
        }

        Optional<OperationRef> reference() {
            return Optional.ofNullable(operation).map(OperationRef::new);
        }
    }
}
