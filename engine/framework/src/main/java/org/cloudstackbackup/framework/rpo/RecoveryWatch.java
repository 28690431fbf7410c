/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.rpo;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.inventory.Zones;
import org.cloudstackbackup.framework.rpo.RecoveryGaps.Promise;
import org.cloudstackbackup.framework.schedule.IntervalType;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.framework.setting.Settings;

/**
 * Raises an alert for each VM whose newest good backup is older than its schedules allow, and resolves it when that is over. A
 * backup may be as old as the schedule's interval and the grace of {@link FrameworkSettings#RPO_GRACE}; a new or changed
 * schedule promises nothing before its first time. Backups of any origin count, also those that were made by hand.
 */
public final class RecoveryWatch {
    /** Of each kind in one run; the rest follows in the next. */
    private static final int PER_RUN = 500;

    /** Days with 25 hours and months with 31 days are no reason for an alert. */
    private static final Map<IntervalType, Duration> PROMISED = Map.of(
            IntervalType.HOURLY, Duration.ofHours(1),
            IntervalType.DAILY, Duration.ofHours(25),
            IntervalType.WEEKLY, Duration.ofDays(7).plusHours(1),
            IntervalType.MONTHLY, Duration.ofDays(31).plusHours(1));

    private final RecoveryGaps gaps;
    private final Alerts alerts;
    private final Zones zones;
    private final Settings settings;
    private final Clock clock;

    public RecoveryWatch(RecoveryGaps gaps, Alerts alerts, Zones zones, Settings settings, Clock clock) {
        this.gaps = requireNonNull(gaps, "gaps is null");
        this.alerts = requireNonNull(alerts, "alerts is null");
        this.zones = requireNonNull(zones, "zones is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Looks once; to be called every minute or so, by one node at a time. */
    public void run() {
        Promise promise = promise(clock.instant());
        gaps.healed(promise, PER_RUN).forEach(healed -> alerts.resolve(healed.type(), healed.cause()));
        Set<String> told = new HashSet<>();
        for (RecoveryGap gap : gaps.opened(promise, disabledZones(), PER_RUN)) {
            if (told.add(gap.vmUuid())) {
                alerts.raise(alert(gap));
            }
        }
    }

    /** The longest time between two slots of such a schedule. */
    static Duration promised(IntervalType type) {
        return requireNonNull(PROMISED.get(type), "interval without a promise");
    }

    private Promise promise(Instant now) {
        Instant due = now.minusSeconds(Long.parseLong(settings.value(FrameworkSettings.RPO_GRACE)));
        Map<IntervalType, Instant> oldest = new EnumMap<>(IntervalType.class);
        PROMISED.forEach((type, interval) -> oldest.put(type, due.minus(interval)));
        return new Promise(due, oldest);
    }

    private Set<Long> disabledZones() {
        boolean everywhere = Boolean.parseBoolean(settings.value(FrameworkSettings.ENABLED));
        return zones.all().stream()
                .map(Zone::id)
                .filter(id -> !everywhere || !Boolean.parseBoolean(settings.value(FrameworkSettings.ENABLED, id)))
                .collect(Collectors.toSet());
    }

    private static NewAlert alert(RecoveryGap gap) {
        String vm = "VM " + gap.vmName() + " (" + gap.vmUuid() + ")";
        String newest = gap.newest() == null
                ? vm + " has no good backup"
                : "The newest good backup of " + vm + " is of " + gap.newest();
        return new NewAlert(
                AlertType.RPO_EXCEEDED,
                Alerts.vm(gap.vmUuid()),
                "VM " + gap.vmName() + " has no backup as young as its schedule promises",
                newest + "; its " + gap.schedule().name().toLowerCase(Locale.ROOT) + " schedule promised one by "
                        + gap.expected() + ".\nThe next good backup of the VM resolves this, whoever makes it.",
                gap.zoneId());
    }
}
