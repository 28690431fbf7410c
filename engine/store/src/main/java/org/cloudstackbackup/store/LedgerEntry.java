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
import org.jdbi.v3.core.statement.StatementContext;

/** What {@link BackupLedger} must know of a row of backups. */
record LedgerEntry(long id, long version, long accountId, long domainId, boolean isRemoved, Footprint footprint) {
    static final String COLUMNS =
            "b.id, b.update_count, b.account_id, b.domain_id, b.status, b.external_id, b.size, b.protected_size,"
                    + " b.removed";

    static LedgerEntry of(Backup backup) {
        return new LedgerEntry(
                backup.id(),
                backup.version(),
                backup.owner().accountId(),
                backup.owner().domainId(),
                false,
                backup.status().footprint(backup.externalId(), backup.sizeBytes(), backup.protectedBytes()));
    }

    static LedgerEntry read(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        String status = row.getString("status");
        return new LedgerEntry(
                row.getLong("id"),
                row.getLong("update_count"),
                row.getLong("account_id"),
                row.getLong("domain_id"),
                rows.maybeInstant("removed") != null,
                BackupStatus.ofWireName(status)
                        .orElseThrow(() -> new IllegalStateException("Unknown backup status " + status))
                        .footprint(
                                row.getString("external_id"),
                                rows.maybeLong("size"),
                                rows.maybeLong("protected_size")));
    }
}
