/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.storage.dao;

import com.cloud.storage.Volume;
import com.cloud.storage.VolumeVO;
import com.cloud.utils.db.GenericDao;
import com.cloud.utils.fsm.StateDao;
import java.util.List;

/** Rows of volumes. */
public interface VolumeDao extends GenericDao<VolumeVO, Long>, StateDao<Volume.State, Volume.Event, Volume> {
    /** The live volumes of a machine, in no order. */
    List<VolumeVO> findByInstance(long id);
}
