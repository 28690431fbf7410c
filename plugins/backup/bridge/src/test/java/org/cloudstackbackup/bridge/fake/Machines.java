/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge.fake;

import com.cloud.vm.VMInstanceVO;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of virtual machines. */
public final class Machines extends Table<VMInstanceVO> {
    public @Nullable VMInstanceVO findVMByInstanceName(String name) {
        List<VMInstanceVO> found = live(vm -> vm.getInstanceName().equals(name));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    protected boolean isRemoved(VMInstanceVO row) {
        return row.getRemoved() != null;
    }
}
