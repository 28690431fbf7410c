/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.backup.dao;

import com.cloud.utils.db.GenericDao;
import org.apache.cloudstack.backup.BackupOfferingVO;

/** Rows of backup offerings. */
public interface BackupOfferingDao extends GenericDao<BackupOfferingVO, Long> {}
