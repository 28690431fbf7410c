/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.offering;

import java.time.Instant;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.jspecify.annotations.Nullable;

/** Where backup offerings are kept. Every write is atomic and joins an open transaction. */
public interface BackupOfferingStore {
    /** Adds a row and returns it with its id and zone. */
    BackupOffering add(NewRow row);

    /** Empty when there is none, or it was removed. */
    Optional<BackupOffering> find(long id);

    Optional<BackupOffering> findIncludingRemoved(long id);

    /** Includes removed ones. */
    Optional<BackupOffering> findByUuid(String uuid);

    /** Among those that are not removed. Two products of a zone may have policies with the same id. */
    Optional<BackupOffering> findByExternalId(long zoneId, String provider, String externalId, boolean userDriven);

    /** Among those that are not removed. */
    Optional<BackupOffering> findByName(long zoneId, String name);

    /** Those that are not removed and fit the filter, by id. */
    Page<BackupOffering> list(Filter filter, PageRequest page);

    /** Writes name, description and whether users may use it. */
    void update(BackupOffering changed);

    /** Marks as removed. */
    void remove(long id, Instant at);

    /** Backups that are not removed and were made under the offering. */
    long countBackups(long id);

    /** VMs that are not removed and are under the offering. */
    long countVms(long id);

    /** Holds other writers of offerings of the zone back until the transaction ends. */
    void lockZone(long zoneId);

    /** Holds other lockers of the offering back until the transaction ends; empty when it was removed. */
    Optional<BackupOffering> lock(long id);

    /** What to add. */
    record NewRow(
            String uuid,
            String name,
            String description,
            String externalId,
            boolean userDriven,
            long zoneId,
            String provider,
            Instant created) {}

    /**
     * Which offerings to list; parts that are null do not restrict.
     *
     * @param keyword in name or description, ignoring case
     * @param alsoForAccount with {@code userDrivenOnly}: also those that VMs of this account are under
     */
    record Filter(
            @Nullable Long id,
            @Nullable Long zoneId,
            @Nullable String keyword,
            boolean userDrivenOnly,
            @Nullable Long alsoForAccount) {}
}
