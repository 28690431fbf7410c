/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.cloudstackbackup.framework.alert.AlertDelivery;
import org.cloudstackbackup.framework.alert.AlertStore;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.alert.Channel;
import org.cloudstackbackup.framework.alert.DeliveryStore;
import org.cloudstackbackup.framework.alert.KeptAlerts;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;

/** All parts of alerts, put together. Holds no state of its own. */
public final class AlertCenter {
    private final AlertStore store;
    private final Settings settings;
    private final Clock clock;
    private final Alerts alerts;
    private final AlertDelivery delivery;
    private final AlertCommands commands;

    public AlertCenter(
            AlertStore store,
            DeliveryStore deliveries,
            Settings settings,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        List<Channel> channels = List.of(new WebhookChannel(settings, clock), new MailChannel(settings));
        alerts = new KeptAlerts(store, deliveries, channels, transactions, clock);
        delivery = new AlertDelivery(deliveries, channels, events, settings, transactions, clock);
        commands = new AlertCommands(new AlertDesk(store, alerts, events, transactions));
    }

    public Alerts alerts() {
        return alerts;
    }

    public AlertCommands commands() {
        return commands;
    }

    /** Sends what is due; to be called every few seconds. */
    public void deliver() {
        delivery.run();
    }

    /** Forgets what is old; to be called now and then. */
    public void purge() {
        delivery.purge();
        int days = Integer.parseInt(settings.value(AlertSettings.PURGE_DELAY));
        if (days > 0) {
            store.deleteResolvedBefore(clock.instant().minus(Duration.ofDays(days)));
        }
    }
}
