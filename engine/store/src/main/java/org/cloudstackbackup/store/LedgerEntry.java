/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.usage.Stored;
import org.jdbi.v3.core.statement.StatementContext;

/** What {@link BackupLedger} must know of a row of backups. */
record LedgerEntry(
        long id,
        long version,
        long accountId,
        long domainId,
        boolean isRemoved,
        UsageKey usage,
        Footprint footprint,
        Stored stored) {
    static final String COLUMNS =
            "b.id, b.update_count, b.account_id, b.domain_id, b.zone_id, b.vm_id, b.backup_offering_id, b.status, b.external_id, b.size, b.protected_size,"
                    + " b.removed";

    static LedgerEntry of(Backup backup) {
        return new LedgerEntry(
                backup.id(),
                backup.version(),
                backup.owner().accountId(),
                backup.owner().domainId(),
                false,
                new UsageKey(
                        backup.owner().accountId(),
                        backup.owner().domainId(),
                        backup.zoneId(),
                        backup.vmId(),
                        backup.offeringId()),
                backup.status().footprint(backup.externalId(), backup.sizeBytes(), backup.protectedBytes()),
                backup.status().stored(backup.externalId(), backup.sizeBytes(), backup.protectedBytes()));
    }

    static LedgerEntry read(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        String name = row.getString("status");
        BackupStatus status = BackupStatus.ofWireName(name)
                .orElseThrow(() -> new IllegalStateException("Unknown backup status " + name));
        long account = row.getLong("account_id");
        long domain = row.getLong("domain_id");
        String point = row.getString("external_id");
        Long size = rows.maybeLong("size");
        Long whole = rows.maybeLong("protected_size");
        return new LedgerEntry(
                row.getLong("id"),
                row.getLong("update_count"),
                account,
                domain,
                rows.maybeInstant("removed") != null,
                new UsageKey(
                        account,
                        domain,
                        row.getLong("zone_id"),
                        row.getLong("vm_id"),
                        row.getLong("backup_offering_id")),
                status.footprint(point, size, whole),
                status.stored(point, size, whole));
    }
}
