/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Removes the oldest good backups of a schedule beyond the number that it keeps. Backups that are not good count for nothing.
 * What stands in the way, as a restore, is waited for; a removal that fails is tried again with growing pauses.
 */
final class Retention {
    private static final Logger LOG = LogManager.getLogger(Retention.class);
    private static final int BATCH = 100;
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 12;

    private final Ports ports;

    Retention(Ports ports) {
        this.ports = ports;
    }

    void sweep() {
        int claimed;
        do {
            List<Excess> excess = new ArrayList<>();
            claimed = ports.transactions().inTransaction(() -> {
                Instant now = ports.clock().instant();
                List<Schedule> schedules = ports.schedules().claimRetention(now, BATCH);
                schedules.forEach(schedule -> excess.addAll(review(schedule, now)));
                return schedules.size();
            });
            excess.forEach(this::remove);
        } while (claimed == BATCH);
        ports.transactions().run(() -> ports.schedules().removals(null).forEach(this::forget));
    }

    /** Compares what is to be kept with what there is and with what was begun; returns what to remove now. */
    private List<Excess> review(Schedule schedule, Instant now) {
        Map<Long, Excess> excess = excess(schedule);
        @Nullable Instant again = null;
        for (Removal removal : ports.schedules().removals(schedule.id())) {
            again = earlier(again, review(schedule, removal, excess, now));
        }
        // Should this process die before it has begun the removals, they are begun at the next look.
        ports.schedules().retentionAt(schedule.id(), excess.isEmpty() ? again : earlier(again, now.plus(LOOK)));
        return List.copyOf(excess.values());
    }

    private Map<Long, Excess> excess(Schedule schedule) {
        Map<Long, Excess> excess = new LinkedHashMap<>();
        if (schedule.maxBackups() > 0) {
            List<Long> good = ports.schedules().goodBackups(schedule.id());
            for (int i = good.size() - 1; i >= schedule.maxBackups(); i--) {
                excess.put(good.get(i), new Excess(schedule, good.get(i), 0));
            }
        }
        return excess;
    }

    /** Returns when to look at the removal again; null when it is done or is to be begun now. */
    private @Nullable Instant review(Schedule schedule, Removal removal, Map<Long, Excess> excess, Instant now) {
        String uuid = removal.operationUuid();
        Optional<Operation> operation =
                uuid == null ? Optional.empty() : ports.backups().operation(uuid);
        if (operation.isPresent() && !operation.get().isEnded()) {
            excess.remove(removal.backupId());
            return now.plus(LOOK);
        }
        Excess wanted = excess.remove(removal.backupId());
        if (removal.backupGone() || wanted == null) {
            forget(removal);
            return null;
        }
        if (uuid != null) {
            return failed(schedule, removal, operation, now);
        }
        Instant retryAt = removal.retryAt();
        if (retryAt != null && retryAt.isAfter(now)) {
            return retryAt;
        }
        excess.put(removal.backupId(), new Excess(schedule, removal.backupId(), removal.failures()));
        return null;
    }

    private Instant failed(Schedule schedule, Removal removal, Optional<Operation> operation, Instant now) {
        int failures = removal.failures() + 1;
        Instant retryAt = now.plus(backoff(failures));
        ports.schedules().putRemoval(schedule.id(), removal.backupId(), null, failures, retryAt);
        String cause = operation.map(Operation::message).orElse("its operation is not in the database");
        ports.alerts()
                .raise(new NewAlert(
                        AlertType.RETENTION_FAILED,
                        cause(removal),
                        "Backup " + removal.backupName() + " could not be removed",
                        "Backup " + removal.backupName() + " (" + removal.backupUuid() + ") is beyond the "
                                + schedule.maxBackups() + " that the " + schedule.describe()
                                + " keeps. Removing it failed " + failures + (failures == 1 ? " time" : " times")
                                + ", and is tried again at " + retryAt + ". The last answer was: " + cause,
                        removal.zoneId()));
        return retryAt;
    }

    private Duration backoff(int failures) {
        long first = Math.max(1, Long.parseLong(ports.settings().value(FrameworkSettings.RETENTION_RETRY_DELAY)));
        Duration wait = Duration.ofSeconds(first << Math.min(failures - 1, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void forget(Removal removal) {
        ports.schedules().forgetRemoval(removal.backupId());
        ports.alerts().resolve(AlertType.RETENTION_FAILED, cause(removal));
    }

    private void remove(Excess excess) {
        Schedule schedule = excess.schedule();
        try {
            ports.backups()
                    .delete(
                            excess.backupId(),
                            "the " + schedule.describe() + " keeps " + schedule.maxBackups(),
                            uuid -> ports.schedules()
                                    .putRemoval(schedule.id(), excess.backupId(), uuid, excess.failures(), null));
        } catch (ProviderException e) {
            LOG.debug("Backup {} is left for later: {}", excess.backupId(), e.text());
        } catch (RuntimeException e) {
            if (ports.transactions().isRepeatable(e)) {
                throw e;
            }
            int failures = excess.failures() + 1;
            Instant retryAt = ports.clock().instant().plus(backoff(failures));
            LOG.error("Removing backup {} could not be begun; it is tried again at {}", excess.backupId(), retryAt, e);
            ports.transactions()
                    .run(() -> ports.schedules().putRemoval(schedule.id(), excess.backupId(), null, failures, retryAt));
        }
    }

    private static String cause(Removal removal) {
        return "backup:" + removal.backupUuid();
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** A good backup beyond the number to keep. */
    private record Excess(Schedule schedule, long backupId, int failures) {}
}
