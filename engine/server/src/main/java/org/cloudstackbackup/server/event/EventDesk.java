/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.EventLog;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/** What callers do with events. Safe for use by many threads; failures are {@link ProviderException}s. */
final class EventDesk {
    private final EventLog log;
    private final Clock clock;

    EventDesk(EventLog log, Clock clock) {
        this.log = requireNonNull(log, "log is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    Page<EventLog.Entry> list(EventLog.Filter filter, PageRequest page) {
        return log.list(filter, page);
    }

    Optional<EventLog.Found> find(String uuid) {
        return log.find(uuid);
    }

    void archive(
            Caller caller,
            @Nullable List<Long> ids,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant until) {
        log.archive(selection(caller, ids, type, from, until));
    }

    void delete(
            Caller caller,
            @Nullable List<Long> ids,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant until) {
        log.delete(selection(caller, ids, type, from, until));
    }

    /**
     * CloudStack's way to ask for work that hangs: it began at most {@code entryTime} and at least {@code duration} seconds ago,
     * and has not ended. Null when neither is given.
     */
    EventLog.@Nullable Pending pending(@Nullable Integer entryTime, @Nullable Integer duration) {
        if (entryTime == null && duration == null) {
            return null;
        }
        if (entryTime == null || duration == null) {
            throw refused("entrytime", "Parameters entrytime and duration must be given together.");
        }
        if (duration < 0 || entryTime <= duration) {
            throw refused(
                    "entrytime",
                    "Parameter entrytime must be greater than parameter duration, and both not less than 0; got "
                            + entryTime + " and " + duration + ".");
        }
        Instant now = clock.instant();
        return new EventLog.Pending(now.minusSeconds(entryTime), now.minusSeconds(duration));
    }

    /** As CloudStack wants it: something that restricts, and no beginning without an end. */
    private static EventLog.Selection selection(
            Caller caller,
            @Nullable List<Long> ids,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant until) {
        if (ids == null && type == null && until == null) {
            throw refused("ids", "One of the parameters ids, type and enddate must be given.");
        }
        if (from != null && until == null) {
            throw refused("enddate", "Parameter startdate needs parameter enddate.");
        }
        if (from != null && until != null && from.isAfter(until)) {
            throw refused("startdate", "Parameter startdate is after parameter enddate.");
        }
        return new EventLog.Selection(reach(caller, ids != null), ids, type, from, until);
    }

    /** The events of a user's projects are shared with others, so they are touched only when they are named one by one. */
    private static OwnerScope reach(Caller caller, boolean byId) {
        return switch (caller.role().type()) {
            case ADMIN -> new OwnerScope.All();
            case RESOURCE_ADMIN, DOMAIN_ADMIN ->
                new OwnerScope.DomainTree(caller.domain().path());
            case USER -> {
                Set<Long> accounts = new HashSet<>();
                accounts.add(caller.account().id());
                if (byId) {
                    accounts.addAll(caller.memberships().accounts());
                }
                yield new OwnerScope.Accounts(accounts);
            }
        };
    }

    private static ProviderException refused(String parameter, String message) {
        return new ProviderException(ErrorKind.USER, parameter, message);
    }
}
