/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.jspecify.annotations.Nullable;

/** What {@link Events} wrote down: read, put aside, and forgotten. */
public interface EventLog {
    /** Newest first. */
    Page<Entry> list(Filter filter, PageRequest page);

    /** The event with that uuid, archived or not. */
    Optional<Found> find(String uuid);

    /** Puts events aside, so that they are listed only when archived ones are asked for. Idempotent. */
    void archive(Selection selection);

    /** Forgets events, archived or not, for good. Idempotent. */
    void delete(Selection selection);

    /** Forgets events, archived or not, that are older; at most so many. Returns how many there were. */
    int deleteOlderThan(Instant before, int limit);

    /**
     * Which events are asked for; null parts do not restrict.
     *
     * @param keyword part of the description, the type or the username, ignoring case
     * @param from earliest instant, inclusive
     * @param until latest instant, inclusive
     * @param resourceUuid what they are about; for a VM also its newest backups
     * @param archived true for archived events only, false for the others only
     * @param pending only what began work that has not ended
     */
    record Filter(
            OwnerScope scope,
            @Nullable String uuid,
            @Nullable String type,
            Events.@Nullable Level level,
            @Nullable String keyword,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String startUuid,
            @Nullable String resourceUuid,
            @Nullable String resourceType,
            @Nullable Boolean archived,
            @Nullable Pending pending) {
        /** Archived or not, and whatever became of what began. */
        public Filter(
                OwnerScope scope,
                @Nullable String uuid,
                @Nullable String type,
                Events.@Nullable Level level,
                @Nullable String keyword,
                @Nullable Instant from,
                @Nullable Instant until,
                @Nullable String startUuid,
                @Nullable String resourceUuid,
                @Nullable String resourceType) {
            this(scope, uuid, type, level, keyword, from, until, startUuid, resourceUuid, resourceType, null, null);
        }
    }

    /** Work that began between these instants, both inclusive, and has not ended. */
    record Pending(Instant from, Instant until) {
        public Pending {
            requireNonNull(from, "from is null");
            requireNonNull(until, "until is null");
        }
    }

    /**
     * Events that are archived or forgotten; null parts do not restrict.
     *
     * @param scope what the caller may change; nothing else is touched
     * @param from earliest instant, inclusive
     * @param until latest instant, inclusive
     */
    record Selection(
            OwnerScope scope,
            @Nullable List<Long> ids,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant until) {
        public Selection {
            requireNonNull(scope, "scope is null");
            ids = ids == null ? null : List.copyOf(ids);
        }
    }

    /** An event and whose it is. */
    record Found(long id, Owner owner) {}

    /** An event with the names that people want to see. */
    record Entry(
            String uuid,
            String type,
            Events.Level level,
            Events.State state,
            String description,
            String username,
            String account,
            @Nullable String projectUuid,
            @Nullable String project,
            String domainUuid,
            String domain,
            String domainPath,
            @Nullable String resourceUuid,
            @Nullable String resourceType,
            @Nullable String resourceName,
            @Nullable String startUuid,
            boolean archived,
            Instant created) {}
}
