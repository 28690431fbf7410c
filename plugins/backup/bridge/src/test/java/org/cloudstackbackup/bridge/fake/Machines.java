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
    /** What others commit while somebody waits for a lock; done once. */
    public Runnable beforeLock = () -> {};

    public @Nullable VMInstanceVO lockRow(Long id, Boolean exclusive) {
        Runnable others = beforeLock;
        beforeLock = () -> {};
        others.run();
        return findById(id);
    }

    public @Nullable VMInstanceVO findVMByInstanceName(String name) {
        List<VMInstanceVO> found = live(vm -> vm.getInstanceName().equals(name));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    protected boolean isRemoved(VMInstanceVO row) {
        return row.getRemoved() != null;
    }
}
