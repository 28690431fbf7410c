/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.schedule.ScheduleStore.Lane;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.SettingDefinition;

/**
 * Begins runs that wait, oldest slot first, as far as zone and provider bear more. The mark of the run and the operation that
 * makes its backup are one transaction.
 */
final class RunStarts {
    private static final Logger LOG = LogManager.getLogger(RunStarts.class);
    private static final int MOST_AT_ONCE = 200;
    private static final Duration PUT_OFF = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Ports ports;

    RunStarts(Ports ports) {
        this.ports = ports;
    }

    void begin() {
        Instant now = ports.clock().instant();
        for (Lane lane : ports.schedules().lanesWaiting(now)) {
            int room = room(lane);
            if (room > 0) {
                for (Run run : ports.schedules().waiting(lane, now, Math.min(room, MOST_AT_ONCE))) {
                    if (begin(run, lane) == Outcome.NO_ROOM) {
                        break;
                    }
                }
            }
        }
    }

    private Outcome begin(Run run, Lane lane) {
        try {
            return tryToBegin(run, lane);
        } catch (RuntimeException e) {
            if (ports.transactions().isRepeatable(e)) {
                throw e;
            }
            LOG.error("Scheduled backup {} could not be begun", run.backupId(), e);
            return broken(run, e);
        }
    }

    /** Neither this run nor the failure to write its end down may keep others from beginning. */
    private Outcome broken(Run run, RuntimeException cause) {
        String text = "The backup could not be begun: " + cause;
        try {
            return fail(run, new ProviderException(ErrorKind.INTERNAL, "vm " + run.vmId(), text, cause));
        } catch (RuntimeException e) {
            if (ports.transactions().isRepeatable(e)) {
                throw e;
            }
            LOG.error("The failure of scheduled backup {} could not be written down", run.backupId(), e);
            return putOff(run, text);
        }
    }

    private Outcome tryToBegin(Run run, Lane lane) {
        boolean patient = ports.clock().instant().isBefore(run.slot().plus(PATIENCE));
        Optional<String> busy = ports.backups().busy(run.vmId(), patient);
        if (busy.isPresent()) {
            return putOff(run, busy.get());
        }
        try {
            ports.backups().start(run.backupId(), run.quiesce(), run.jobId(), run.jobUuid(), () -> claim(run, lane));
            return Outcome.DONE;
        } catch (NotBegunException e) {
            return e.outcome;
        } catch (ProviderException e) {
            return ports.backups()
                    .busy(run.vmId(), patient)
                    .map(why -> putOff(run, why))
                    .orElseGet(() -> fail(run, e));
        }
    }

    private Outcome putOff(Run run, String why) {
        ports.schedules().putOff(run.id(), ports.clock().instant().plus(PUT_OFF), why);
        return Outcome.DONE;
    }

    private Outcome fail(Run run, ProviderException cause) {
        ports.transactions().run(() -> {
            if (ports.schedules().begin(run.id())) {
                ports.backups().fail(run.backupId(), run.jobId(), cause);
            }
        });
        return Outcome.DONE;
    }

    /** Nodes come here one after the other, so what is counted stays true until the run is marked. */
    private void claim(Run run, Lane lane) {
        ports.schedules().lockStarts();
        if (room(lane) <= 0) {
            throw new NotBegunException(Outcome.NO_ROOM);
        }
        if (!ports.schedules().begin(run.id())) {
            throw new NotBegunException(Outcome.DONE);
        }
    }

    private int room(Lane lane) {
        int ofZone = ports.schedules()
                .runningInZone(lane.zoneId())
                .room(cap(FrameworkSettings.SCHEDULE_CONCURRENCY_ZONE, lane.zoneId()));
        int ofProvider = ports.schedules()
                .runningOfProvider(lane.provider())
                .room(cap(FrameworkSettings.SCHEDULE_CONCURRENCY_PROVIDER, lane.zoneId()));
        return Math.min(ofZone, ofProvider);
    }

    private int cap(SettingDefinition setting, long zoneId) {
        int cap = Integer.parseInt(ports.settings().value(setting, zoneId));
        return cap <= 0 ? Integer.MAX_VALUE : cap;
    }

    private enum Outcome {
        DONE,
        NO_ROOM
    }

    /** Takes the transaction back; another node was faster, or there is no room. */
    private static final class NotBegunException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Outcome outcome;

        NotBegunException(Outcome outcome) {
            super(outcome.name());
            this.outcome = outcome;
        }
    }
}
