/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.dc.dao;

import com.cloud.dc.DataCenterVO;
import com.cloud.utils.db.GenericDao;

/** Rows of zones. */
public interface DataCenterDao extends GenericDao<DataCenterVO, Long> {}
