/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge.fake;

import java.util.List;
import org.apache.cloudstack.backup.BackupDetailVO;
import org.apache.cloudstack.backup.BackupVO;
import org.jspecify.annotations.Nullable;

/** The table of backups, with the ways of CloudStack's DAO: details are written with the row, and read on request only. */
public final class Backups extends Table<BackupVO> {
    private final Details<BackupDetailVO> details;

    Backups(Details<BackupDetailVO> details) {
        this.details = details;
    }

    @Override
    public synchronized BackupVO persist(BackupVO row) {
        BackupVO stored = super.persist(row);
        if (row.getDetails() != null) {
            details.replace(stored.getId(), row.getDetails());
        }
        loadDetails(stored);
        return stored;
    }

    @Override
    public synchronized boolean update(Object id, BackupVO row) {
        if (row.getDetails() != null) {
            details.replace((Long) id, row.getDetails());
        }
        return super.update(id, row);
    }

    public void loadDetails(BackupVO row) {
        row.setDetails(details.listDetailsKeyPairs(row.getId()));
    }

    public List<BackupVO> listByVmId(@Nullable Long zoneId, Long vmId) {
        return live(row -> row.getVmId().equals(vmId) && (zoneId == null || row.getZoneId() == zoneId));
    }

    @Override
    protected BackupVO read(BackupVO row) {
        BackupVO copy = Fields.copy(row, new BackupVO());
        Fields.set(copy, "details", null);
        return copy;
    }

    @Override
    protected boolean isRemoved(BackupVO row) {
        return row.getRemoved() != null;
    }
}
