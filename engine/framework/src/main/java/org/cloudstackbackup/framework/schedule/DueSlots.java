/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.ScheduledBackups;
import org.cloudstackbackup.framework.event.Journal.Subject;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.schedule.DueSchedule.Machine;
import org.cloudstackbackup.framework.schedule.DueSchedule.Policy;
import org.cloudstackbackup.framework.schedule.ScheduleStore.Lane;
import org.cloudstackbackup.framework.schedule.ScheduleStore.Progress;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Makes runs of slots that have come: backup row, job, run and the schedule's next slot are written in one transaction, many
 * schedules at a time.
 */
final class DueSlots {
    private static final String SKIPPED = "BACKUP.SCHEDULE.SKIPPED";
    private static final String MISSED = "BACKUP.SCHEDULE.MISSED";
    private static final Logger LOG = LogManager.getLogger(DueSlots.class);
    private static final int BATCH = 1000;
    /** Slots of a longer outage are not counted one by one. */
    private static final int MOST_COUNTED = 1000;

    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(10);
    private static final Set<VmState> GONE = Set.of(VmState.DESTROYED, VmState.EXPUNGING, VmState.ERROR);

    private final Ports ports;

    DueSlots(Ports ports) {
        this.ports = ports;
    }

    /** Returns how many runs were made. */
    int queue() {
        int made = 0;
        Made batch;
        do {
            batch = ports.transactions().inTransaction(this::queueBatch);
            made += batch.runs();
        } while (batch.claimed() == BATCH);
        return made;
    }

    private Made queueBatch() {
        Instant now = ports.clock().instant();
        List<DueSchedule> due = ports.schedules().claimDue(now, BATCH);
        Batch batch = new Batch(now);
        due.forEach(batch::take);
        batch.write();
        return new Made(due.size(), batch.planned.size());
    }

    /** Why no backup of the VM can be made, as long as somebody changes nothing. */
    private static Optional<String> obstacle(Machine machine, Policy offering) {
        String vm = "VM " + machine.name();
        if (!machine.accountEnabled()) {
            return Optional.of("The account of " + vm + " is disabled");
        }
        if (offering.removed()) {
            return Optional.of("Backup offering " + offering.name() + " of " + vm + " was deleted");
        }
        if (!offering.userDriven()) {
            return Optional.of("Backup offering " + offering.name() + " of " + vm + " no longer allows schedules");
        }
        return GONE.contains(machine.state())
                ? Optional.of(vm + " is " + machine.state().wireName())
                : Optional.empty();
    }

    /** Why no backup can be made with the provider in the zone. */
    private Optional<String> obstacle(Lane lane) {
        try {
            ports.drivers().requireEnabled(lane.zoneId());
            ports.drivers().require(lane.provider(), Capability.AD_HOC_BACKUP, "back up on request");
            return Optional.empty();
        } catch (ProviderException e) {
            return Optional.of(e.text());
        }
    }

    private static Subject subject(Machine machine) {
        return new Subject("VirtualMachine", machine.id(), machine.uuid(), machine.name(), machine.owner());
    }

    private record Made(int claimed, int runs) {}

    /** A run to be made, with the row and the uuid of the job that it will have. */
    private record Planned(
            Schedule schedule, Machine machine, Policy offering, Instant slot, int attempt, Backup row, String job) {
        boolean quiesce() {
            return Boolean.TRUE.equals(schedule.quiesce());
        }
    }

    /** What was decided for the schedules of one transaction. */
    private final class Batch {
        private final Instant now;
        private final Duration tolerance;
        private final List<Planned> planned = new ArrayList<>();
        private final List<Progress> changes = new ArrayList<>();
        private final Map<Lane, Optional<String>> obstacles = new HashMap<>();

        Batch(Instant now) {
            this.now = now;
            this.tolerance =
                    Duration.ofSeconds(Long.parseLong(ports.settings().value(FrameworkSettings.SCHEDULE_TOLERANCE)));
        }

        /** One schedule that cannot be understood must not hold up the others. */
        void take(DueSchedule due) {
            try {
                decide(due);
            } catch (RuntimeException e) {
                if (ports.transactions().isRepeatable(e)) {
                    throw e;
                }
                Schedule schedule = due.schedule();
                LOG.error("Backup schedule {} cannot be followed", schedule.uuid(), e);
                changes.add(new Progress(
                        schedule.id(),
                        schedule.next(),
                        now.plus(AFTER_A_FAULT),
                        schedule.slot(),
                        schedule.failures(),
                        String.valueOf(e.getMessage())));
            }
        }

        private void decide(DueSchedule due) {
            Schedule schedule = due.schedule();
            Machine machine = due.machine();
            Policy offering = machine == null ? null : machine.offering();
            if (machine == null || offering == null) {
                drop(due);
                return;
            }
            if (due.running()) {
                changes.add(progress(schedule, schedule.next(), null));
                return;
            }
            Instant next = schedule.next().isAfter(now)
                    ? schedule.next()
                    : schedule.clock().next(now);
            Optional<String> obstacle = obstacle(machine, offering)
                    .or(() -> obstacles.computeIfAbsent(
                            new Lane(machine.zoneId(), offering.provider()), DueSlots.this::obstacle));
            if (obstacle.isPresent()) {
                skip(schedule, machine, next, obstacle.get());
            } else if (schedule.next().isAfter(now)) {
                plan(schedule, machine, offering, slotOf(schedule), schedule.failures() + 1, next);
            } else {
                ScheduleTimes.Slots slots = schedule.clock().slots(schedule.next(), now, MOST_COUNTED);
                boolean late = slots.last().plus(tolerance).isBefore(now);
                tellMissed(schedule, machine, late ? slots.count() : slots.count() - 1);
                plan(schedule, machine, offering, slots.last(), 1, next);
            }
        }

        private Instant slotOf(Schedule schedule) {
            Instant slot = schedule.slot();
            return slot == null ? schedule.next() : slot;
        }

        private void plan(
                Schedule schedule, Machine machine, Policy offering, Instant slot, int attempt, Instant next) {
            Backup row = ScheduledBackups.row(
                    new ScheduledBackups.Target(
                            machine.id(),
                            machine.name(),
                            machine.zoneId(),
                            machine.owner(),
                            offering.id(),
                            machine.bytes()),
                    schedule.id(),
                    now);
            planned.add(new Planned(
                    schedule,
                    machine,
                    offering,
                    slot,
                    attempt,
                    row,
                    UUID.randomUUID().toString()));
            changes.add(new Progress(schedule.id(), next, next, slot, attempt - 1, null));
        }

        private void drop(DueSchedule due) {
            Schedule schedule = due.schedule();
            ports.schedules().remove(schedule.id());
            Machine machine = due.machine();
            if (machine != null) {
                ports.journal()
                        .completed(
                                Schedules.DELETE,
                                "Deleted " + schedule.describe() + " of VM " + machine.name()
                                        + ", which is not assigned to a backup offering",
                                User.SYSTEM_ID,
                                subject(machine));
            }
        }

        private void skip(Schedule schedule, Machine machine, Instant next, String why) {
            if (!why.equals(schedule.skipped())) {
                ports.journal()
                        .completedWithWarning(
                                SKIPPED,
                                "The " + schedule.describe() + " of VM " + machine.name()
                                        + " makes no backups for the time being: " + why,
                                User.SYSTEM_ID,
                                subject(machine));
            }
            changes.add(new Progress(schedule.id(), next, next, null, 0, why));
        }

        private void tellMissed(Schedule schedule, Machine machine, int missed) {
            if (missed <= 0) {
                return;
            }
            String times = missed >= MOST_COUNTED
                    ? "at least " + missed + " times"
                    : missed + (missed == 1 ? " time" : " times");
            String text = "The " + schedule.describe() + " of VM " + machine.name() + " was missed " + times
                    + ", the first at " + schedule.next() + "; one backup is made now to catch up";
            ports.journal().completedWithWarning(MISSED, text, User.SYSTEM_ID, subject(machine));
            ports.alerts()
                    .raise(new NewAlert(
                            AlertType.BACKUP_MISSED,
                            Ports.cause(schedule),
                            "Scheduled backups of VM " + machine.name() + " were missed",
                            text + ". Either no server ran, or the run before took too long.",
                            machine.zoneId()));
        }

        private Progress progress(Schedule schedule, Instant next, @Nullable Instant wakeAt) {
            return new Progress(schedule.id(), next, wakeAt, schedule.slot(), schedule.failures(), schedule.skipped());
        }

        void write() {
            if (!planned.isEmpty()) {
                Map<String, Backup> rows = ports.backups()
                        .allocate(planned.stream().map(Planned::row).toList());
                Map<String, Long> jobs = ports.jobs()
                        .add(planned.stream()
                                .map(each -> job(each, row(rows, each)))
                                .toList());
                ports.schedules()
                        .addRuns(planned.stream()
                                .map(each -> run(each, row(rows, each), jobs))
                                .toList());
                planned.forEach(each -> tellRefused(each, row(rows, each)));
            }
            ports.schedules().update(changes);
        }

        private void tellRefused(Planned each, Backup row) {
            if (row.status() == BackupStatus.FAILED) {
                ports.alerts()
                        .raise(new NewAlert(
                                AlertType.RESOURCE_COUNT,
                                Ports.cause(each.schedule()),
                                "A scheduled backup of VM " + each.machine().name() + " was refused",
                                "The " + each.schedule().describe() + " of VM "
                                        + each.machine().name() + " makes no backups: " + row.failure(),
                                each.machine().zoneId()));
            }
        }

        private Backup row(Map<String, Backup> rows, Planned each) {
            return requireNonNull(rows.get(each.row().uuid()), "an added row vanished");
        }

        private RunJobs.NewJob job(Planned each, Backup row) {
            return new RunJobs.NewJob(
                    each.job(),
                    each.machine().owner().accountId(),
                    each.machine().uuid(),
                    each.quiesce(),
                    row.id(),
                    row.uuid());
        }

        private Run run(Planned each, Backup row, Map<String, Long> jobs) {
            return new Run(
                    0,
                    each.schedule().id(),
                    row.id(),
                    requireNonNull(jobs.get(each.job()), "an added job vanished"),
                    each.job(),
                    each.machine().id(),
                    each.machine().zoneId(),
                    each.offering().provider(),
                    each.slot(),
                    each.attempt(),
                    each.quiesce(),
                    false);
        }
    }
}
