/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import java.time.Duration;

/**
 * How long things take, on the virtual clock.
 *
 * @param pending until a backup starts
 * @param freeze for each machine, before its volumes
 * @param volumesLeast the least time for all volumes
 * @param perGibibyte for each gibibyte that is stored
 * @param applications for the manifests
 * @param restoreStep for each step of a restore but the volumes
 * @param delete for deleting one backup, restore or schedule
 * @param validation of a location or a cluster
 * @param details until the background sync of a backup's resources is complete
 * @param metrics between two refreshes of the metrics
 * @param missingCheck between two looks for backups whose data has vanished
 * @param firstRun from the creation of an interval schedule to its first backup
 * @param suspend until a schedule is suspended or resumed
 * @param token life of an access token
 * @param refreshToken life of a refresh token
 * @param restoreTimeout until a restore that cannot go on fails
 */
public record Timings(
        Duration pending,
        Duration freeze,
        Duration volumesLeast,
        Duration perGibibyte,
        Duration applications,
        Duration restoreStep,
        Duration delete,
        Duration validation,
        Duration details,
        Duration metrics,
        Duration missingCheck,
        Duration firstRun,
        Duration suspend,
        Duration token,
        Duration refreshToken,
        Duration restoreTimeout) {
    private static final long GIBIBYTE = 1L << 30;

    /** The times of a small installation. */
    public static Timings standard() {
        return new Timings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(600),
                Duration.ofSeconds(1800),
                Duration.ofMinutes(10));
    }

    /** The standard times with another life of access tokens. */
    public Timings withToken(Duration changed) {
        return new Timings(
                pending,
                freeze,
                volumesLeast,
                perGibibyte,
                applications,
                restoreStep,
                delete,
                validation,
                details,
                metrics,
                missingCheck,
                firstRun,
                suspend,
                changed,
                refreshToken,
                restoreTimeout);
    }

    Duration volumes(long bytes) {
        Duration moving = Duration.ofMillis(perGibibyte.toMillis() * bytes / GIBIBYTE);
        return moving.compareTo(volumesLeast) > 0 ? moving : volumesLeast;
    }
}
