/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.alert.Alert;
import org.cloudstackbackup.framework.alert.AlertStore;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.transaction.Transactions;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** What admins do with alerts. Safe for use by many threads; failures are {@link ProviderException}s. */
final class AlertDesk {
    private final AlertStore store;
    private final Alerts alerts;
    private final Events events;
    private final Transactions transactions;

    AlertDesk(AlertStore store, Alerts alerts, Events events, Transactions transactions) {
        this.store = requireNonNull(store, "store is null");
        this.alerts = requireNonNull(alerts, "alerts is null");
        this.events = requireNonNull(events, "events is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
    }

    Page<Alert> list(AlertStore.Filter filter, PageRequest page) {
        return store.list(filter, page);
    }

    Optional<Long> idOf(String uuid) {
        return store.idOf(uuid);
    }

    void archive(@Nullable List<Long> ids, @Nullable Integer type, @Nullable Instant from, @Nullable Instant until) {
        store.archive(selection(ids, type, from, until));
    }

    void delete(@Nullable List<Long> ids, @Nullable Integer type, @Nullable Instant from, @Nullable Instant until) {
        store.delete(selection(ids, type, from, until));
    }

    /** Raises an alert by hand. Idempotent by job: its second execution counts the alert of the first. */
    void generate(
            Caller caller, int number, String subject, String description, @Nullable Long zoneId, String jobUuid) {
        AlertType type = AlertType.ofNumber(number)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.USER,
                        "type",
                        "Parameter type: " + number + " is no type of alert; allowed are "
                                + Arrays.stream(AlertType.values())
                                        .map(each -> each.number() + " (" + each.wireName() + ")")
                                        .collect(Collectors.joining(", "))));
        transactions.run(() -> {
            alerts.raise(new NewAlert(type, "job:" + jobUuid, subject, description, zoneId));
            events.record(new Events.NewEvent(
                    "ALERT.GENERATE",
                    Events.State.Completed,
                    Events.Level.INFO,
                    "Raised an alert by hand: " + subject,
                    caller.user().id(),
                    new Owner(
                            caller.account().id(),
                            caller.domain().id(),
                            caller.domain().path()),
                    null,
                    null,
                    null,
                    type.wireName(),
                    null));
        });
    }

    static int parsedType(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new ProviderException(
                    ErrorKind.USER, "type", "Parameter type: '" + text + "' is not the number of a type of alert.", e);
        }
    }

    /** As CloudStack wants it: something that restricts, and no beginning without an end. */
    private static AlertStore.Selection selection(
            @Nullable List<Long> ids, @Nullable Integer type, @Nullable Instant from, @Nullable Instant until) {
        if (ids == null && type == null && until == null) {
            throw new ProviderException(
                    ErrorKind.USER, "ids", "One of the parameters ids, type and enddate must be given.");
        }
        if (from != null && until == null) {
            throw new ProviderException(ErrorKind.USER, "enddate", "Parameter startdate needs parameter enddate.");
        }
        if (from != null && until != null && from.isAfter(until)) {
            throw new ProviderException(ErrorKind.USER, "startdate", "Parameter startdate is after parameter enddate.");
        }
        return new AlertStore.Selection(ids, type, from, until);
    }
}
