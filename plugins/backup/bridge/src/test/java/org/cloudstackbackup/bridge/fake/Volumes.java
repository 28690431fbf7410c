/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge.fake;

import com.cloud.storage.VolumeVO;
import java.util.List;
import java.util.Objects;

/** The table of volumes. */
public final class Volumes extends Table<VolumeVO> {
    public List<VolumeVO> findByInstance(long vmId) {
        return live(volume -> Objects.equals(volume.getInstanceId(), vmId));
    }

    @Override
    protected boolean isRemoved(VolumeVO row) {
        return row.getRemoved() != null;
    }
}
