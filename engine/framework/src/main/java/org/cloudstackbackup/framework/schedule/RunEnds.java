/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.schedule.ScheduleStore.Progress;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Learns from the rows of backups how runs ended, whatever became of their jobs: wakes the schedule for its next slot, for
 * another attempt at the last one, or for retention.
 */
final class RunEnds {
    private static final String RETRY = "BACKUP.SCHEDULE.RETRY";
    private static final int BATCH = 500;
    private static final int MOST_DOUBLINGS = 10;

    private final Ports ports;

    RunEnds(Ports ports) {
        this.ports = ports;
    }

    void settle() {
        List<EndedRun> ended;
        do {
            ended = ports.schedules().ended(BATCH);
            ended.forEach(run -> ports.transactions().run(() -> settle(run)));
        } while (ended.size() == BATCH);
    }

    private void settle(EndedRun ended) {
        Run run = ended.run();
        // The schedule is locked before its run, in the order in which others take them.
        Optional<Schedule> schedule = ports.schedules().lock(run.scheduleId());
        if (!ports.schedules().end(run.id())) {
            return;
        }
        ports.backups().endJob(run.jobId(), failure(ended));
        schedule.ifPresent(found -> {
            if (ended.good()) {
                succeeded(found);
            } else {
                failed(found, run, String.valueOf(ended.failure()));
            }
        });
    }

    private void succeeded(Schedule schedule) {
        ports.schedules()
                .update(List.of(new Progress(
                        schedule.id(), schedule.next(), schedule.next(), schedule.slot(), 0, schedule.skipped())));
        ports.alerts().resolve(AlertType.BACKUP_MISSED, Ports.cause(schedule));
        ports.alerts().resolve(AlertType.RESOURCE_COUNT, Ports.cause(schedule));
        if (schedule.maxBackups() > 0) {
            ports.schedules().retentionAt(schedule.id(), ports.clock().instant());
        }
    }

    private void failed(Schedule schedule, Run run, String cause) {
        Instant retryAt = retryAt(schedule, run);
        ports.schedules()
                .update(List.of(new Progress(
                        schedule.id(),
                        schedule.next(),
                        retryAt == null ? schedule.next() : retryAt,
                        schedule.slot(),
                        run.slot().equals(schedule.slot()) ? run.attempt() : schedule.failures(),
                        schedule.skipped())));
        if (retryAt != null) {
            tellRetry(schedule, run, retryAt, cause);
        }
    }

    /** Null when the slot is given up, or not the schedule's own any more, or the next slot comes first. */
    private @Nullable Instant retryAt(Schedule schedule, Run run) {
        int attempts = Math.max(1, Integer.parseInt(ports.settings().value(FrameworkSettings.SCHEDULE_ATTEMPTS)));
        if (run.attempt() >= attempts || !run.slot().equals(schedule.slot())) {
            return null;
        }
        long delay = Math.max(1, Long.parseLong(ports.settings().value(FrameworkSettings.SCHEDULE_RETRY_DELAY)));
        Duration wait = Duration.ofSeconds(delay << Math.min(run.attempt() - 1, MOST_DOUBLINGS));
        Instant retryAt = ports.clock().instant().plus(wait);
        return retryAt.isBefore(schedule.next()) ? retryAt : null;
    }

    private void tellRetry(Schedule schedule, Run run, Instant retryAt, String cause) {
        Optional<Vm> vm = ports.vms().find(schedule.vmId());
        vm.ifPresent(found -> ports.journal()
                .scheduled(
                        RETRY,
                        "Attempt " + run.attempt() + " of the " + schedule.describe() + " of VM " + found.name()
                                + " failed; the next is made at " + retryAt + ". The cause was: " + cause,
                        User.SYSTEM_ID,
                        Schedules.subject(found)));
    }

    private static @Nullable ProviderException failure(EndedRun ended) {
        return ended.good()
                ? null
                : new ProviderException(
                        ErrorKind.EXTERNAL, "vm " + ended.run().vmId(), String.valueOf(ended.failure()));
    }
}
