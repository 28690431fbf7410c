/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.event;

import java.time.Instant;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Events} wrote down. */
public interface EventLog {
    /** Newest first. */
    Page<Entry> list(Filter filter, PageRequest page);

    /**
     * Which events are asked for; null parts do not restrict.
     *
     * @param keyword part of the description, the type or the username, ignoring case
     * @param from earliest instant, inclusive
     * @param until latest instant, inclusive
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
            @Nullable String resourceType) {}

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
            Instant created) {}
}
