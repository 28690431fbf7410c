/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.storage.dao;

import com.cloud.storage.DiskOfferingVO;
import com.cloud.utils.db.GenericDao;

/** Rows of disk offerings. */
public interface DiskOfferingDao extends GenericDao<DiskOfferingVO, Long> {}
