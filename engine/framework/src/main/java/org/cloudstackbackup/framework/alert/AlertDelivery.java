/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.alert;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.alert.DeliveryStore.Receiver;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.spi.SettingDefinition.Type;

/**
 * Sends the messages that {@link KeptAlerts} wrote down. Each is sent at least once: a process that dies between the sending
 * and the note of it sends again, under the same uuid.
 *
 * <p>A failed attempt is repeated after 5, 10, 20 ... 1800 seconds, each varied by up to a quarter. In one run a channel that
 * fails is not tried again, so that a run costs one waiting time per channel at most.
 */
public final class AlertDelivery {
    /** How long a receiver may be away: with the default, somewhat over two hours. */
    public static final SettingDefinition ATTEMPTS = SettingDefinition.global(
            "alert.delivery.attempts",
            Type.POSITIVE,
            "12",
            "How often the delivery of an alert is tried before it is given up, which an event tells");

    /** CloudStack's type of events about alerts. */
    static final String EVENT = "ALERT.GENERATE";

    private static final Logger LOG = LogManager.getLogger(AlertDelivery.class);
    private static final int PER_RUN = 100;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final long FIRST_WAIT_SECONDS = 5;
    private static final long LONGEST_WAIT_SECONDS = 1800;
    private static final long ROOT_DOMAIN = 1;

    private final DeliveryStore store;
    private final Map<String, Channel> channels;
    private final Events events;
    private final Settings settings;
    private final Transactions transactions;
    private final Clock clock;

    public AlertDelivery(
            DeliveryStore store,
            List<Channel> channels,
            Events events,
            Settings settings,
            Transactions transactions,
            Clock clock) {
        this.store = requireNonNull(store, "store is null");
        this.channels = channels.stream().collect(Collectors.toUnmodifiableMap(Channel::name, Function.identity()));
        this.events = requireNonNull(events, "events is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Sends what is due; to be called every few seconds, by one node at a time. A receiver that fails is asked once in a run, and
     * holds up no other, however many messages wait for it.
     */
    public void run() {
        Instant now = clock.instant();
        for (Receiver receiver : store.receivers(now)) {
            for (Delivery delivery : store.due(receiver, now, PER_RUN)) {
                if (!delivered(delivery)) {
                    break;
                }
            }
        }
    }

    /** Forgets messages that ended a week ago; to be called now and then. */
    public void purge() {
        store.deleteEndedBefore(clock.instant().minus(KEPT));
    }

    private boolean delivered(Delivery delivery) {
        Channel channel = channels.get(delivery.channel());
        if (channel == null || !channel.targets().contains(delivery.target())) {
            LOG.info(
                    "Alert {} is not delivered by {} to a receiver that is no longer configured",
                    delivery.alertUuid(),
                    delivery.channel());
            store.done(delivery, clock.instant());
            return true;
        }
        try {
            channel.send(delivery);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            failed(delivery, e);
            return false;
        }
        store.done(delivery, clock.instant());
        return true;
    }

    private void failed(Delivery delivery, RuntimeException failure) {
        String text = String.valueOf(failure.getMessage());
        int attempts = delivery.attempts() + 1;
        if (mayRepeat(failure) && attempts < Integer.parseInt(settings.value(ATTEMPTS))) {
            Instant next = clock.instant().plusMillis(waitMillis(attempts));
            store.putOff(delivery, text, next);
            LOG.info(
                    "Alert {} could not be delivered by {} (attempt {}), next attempt at {}: {}",
                    delivery.alertUuid(),
                    delivery.channel(),
                    attempts,
                    next,
                    text);
            return;
        }
        LOG.warn(
                "The delivery of alert {} by {} is given up after attempt {}",
                delivery.alertUuid(),
                delivery.channel(),
                attempts,
                failure);
        transactions.run(() -> {
            if (store.giveUp(delivery, text, clock.instant())) {
                tell(delivery, attempts, text);
            }
        });
    }

    private void tell(Delivery delivery, int attempts, String cause) {
        events.record(new Events.NewEvent(
                EVENT,
                Events.State.Completed,
                Events.Level.ERROR,
                "The delivery of alert " + delivery.alertUuid() + " (" + delivery.subject() + ") by "
                        + delivery.channel() + " was given up after " + attempts
                        + (attempts == 1 ? " attempt: " : " attempts: ") + cause,
                User.SYSTEM_ID,
                new Owner(Account.SYSTEM_ID, ROOT_DOMAIN, "/"),
                "Alert",
                null,
                delivery.alertUuid(),
                delivery.name(),
                null));
    }

    /** What is not a {@code ProviderException} is our own mistake, and may be mended by a restart with a newer release. */
    private static boolean mayRepeat(RuntimeException failure) {
        return !(failure instanceof org.cloudstackbackup.spi.ProviderException known)
                || known.kind().isRetryable();
    }

    private static long waitMillis(int attempt) {
        long seconds = attempt > 10
                ? LONGEST_WAIT_SECONDS
                : Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS << (attempt - 1));
        return (long) (seconds * 1000 * (0.75 + ThreadLocalRandom.current().nextDouble() / 2));
    }
}
