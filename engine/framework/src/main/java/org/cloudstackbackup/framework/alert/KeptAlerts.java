/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.alert;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.alert.AlertStore.Raised;
import org.cloudstackbackup.framework.alert.Delivery.News;
import org.cloudstackbackup.framework.transaction.Transactions;

/**
 * Alerts in a store. What is to be delivered is written in the transaction that raises or resolves, one message for every
 * receiver there is at that moment; {@link AlertDelivery} sends it later.
 */
public final class KeptAlerts implements Alerts {
    private static final Logger LOG = LogManager.getLogger(KeptAlerts.class);
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_CONTENT = 4000;
    private static final int LONGEST_CAUSE = 255;

    private final AlertStore alerts;
    private final DeliveryStore deliveries;
    private final List<Channel> channels;
    private final Transactions transactions;
    private final Clock clock;

    public KeptAlerts(
            AlertStore alerts,
            DeliveryStore deliveries,
            List<Channel> channels,
            Transactions transactions,
            Clock clock) {
        this.alerts = requireNonNull(alerts, "alerts is null");
        this.deliveries = requireNonNull(deliveries, "deliveries is null");
        this.channels = List.copyOf(channels);
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public void raise(NewAlert alert) {
        NewAlert fitting = fitting(alert);
        transactions.run(() -> {
            Instant now = clock.instant();
            Raised raised = alerts.raise(fitting, now);
            if (raised.isNew()) {
                LOG.warn("{} ({}): {}", raised.alert().name(), raised.alert().cause(), fitting.content());
                announce(raised.alert(), News.RAISED, now);
            }
        });
    }

    @Override
    public boolean join(AlertType type, String cause, String note) {
        return alerts.join(type, cause, "\n" + note, clock.instant());
    }

    @Override
    public void resolve(AlertType type, String cause) {
        transactions.run(() -> {
            Instant now = clock.instant();
            alerts.resolve(type, cause, now).ifPresent(alert -> {
                LOG.info("{} ({}) is resolved", alert.name(), alert.cause());
                announce(alert, News.RESOLVED, now);
            });
        });
    }

    private void announce(Alert alert, News news, Instant now) {
        for (Channel channel : channels) {
            for (String target : channel.targets()) {
                deliveries.add(alert, news, channel.name(), target, now);
            }
        }
    }

    private static NewAlert fitting(NewAlert alert) {
        if (alert.cause().length() > LONGEST_CAUSE) {
            throw new IllegalArgumentException("A cause has at most " + LONGEST_CAUSE + " characters");
        }
        return new NewAlert(
                alert.type(),
                alert.cause(),
                cut(oneLine(alert.subject()), LONGEST_SUBJECT),
                cut(alert.content(), LONGEST_CONTENT),
                alert.zoneId());
    }

    /** Names of VMs and messages of products get into subjects, and subjects into headers of mails. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }
}
