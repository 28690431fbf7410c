/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;
import org.jspecify.annotations.Nullable;

/** Where alerts are kept. Every write joins an open transaction. Safe for use by many threads and nodes. */
public interface AlertStore {
    /**
     * Adds the alert, or, while one of the same type and cause stands, counts the repetition there and takes its text. Of two
     * that raise at the same moment one adds and the other counts; neither's transaction is harmed by that.
     */
    Raised raise(NewAlert alert, Instant now);

    /** Counts a repetition of the standing alert, and adds the note unless its content ends with it; false when none stands. */
    boolean join(AlertType type, String cause, String note, Instant now);

    /** Resolves the standing alert of that type and cause; empty when there is none, or somebody else was faster. */
    Optional<Alert> resolve(AlertType type, String cause, Instant now);

    /** Those that are not archived, the one that was met last first. */
    Page<Alert> list(Filter filter, PageRequest page);

    /** Also of an archived one. */
    Optional<Long> idOf(String uuid);

    /** Hides alerts from {@link #list}; what is standing stands on. Returns how many were hidden now. */
    int archive(Selection selection);

    /** Forgets alerts and what of them is still to be delivered. Returns how many there were. */
    int delete(Selection selection);

    /** Forgets alerts that were resolved before the instant. Returns how many there were. */
    int deleteResolvedBefore(Instant before);

    /**
     * The outcome of {@link #raise}.
     *
     * @param isNew whether the alert was added now
     */
    record Raised(Alert alert, boolean isNew) {}

    /**
     * Which alerts are listed; null parts do not restrict.
     *
     * @param keyword part of the name, the subject or the content, ignoring case
     * @param standing true for those that stand, false for those that are resolved
     */
    record Filter(
            @Nullable Long id,
            @Nullable Integer type,
            @Nullable String name,
            @Nullable String keyword,
            @Nullable Boolean standing) {}

    /**
     * Which alerts are archived or deleted; null parts do not restrict, and an alert must fit all.
     *
     * @param ids null for any
     * @param from the cause was last met at or after this instant
     * @param until the cause was last met at or before this instant
     */
    record Selection(
            @Nullable List<Long> ids,
            @Nullable Integer type,
            @Nullable Instant from,
            @Nullable Instant until) {}
}
