/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.backup.dao;

import com.cloud.utils.db.GenericDao;
import java.util.List;
import org.apache.cloudstack.backup.Backup;
import org.apache.cloudstack.backup.BackupVO;

/** Rows of backups. {@code persist} and {@code update} write the details, too, where they are set. */
public interface BackupDao extends GenericDao<BackupVO, Long> {
    /** The live backups of a machine; of all zones for null. */
    List<Backup> listByVmId(Long zoneId, Long vmId);

    void loadDetails(BackupVO backup);
}
