/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.vm.dao;

import com.cloud.utils.db.GenericDao;
import com.cloud.utils.fsm.StateDao;
import com.cloud.vm.VMInstanceVO;
import com.cloud.vm.VirtualMachine;

/** Rows of virtual machines. */
public interface VMInstanceDao
        extends GenericDao<VMInstanceVO, Long>, StateDao<VirtualMachine.State, VirtualMachine.Event, VirtualMachine> {
    /** The live machine that the hypervisor knows by that name, or null. */
    VMInstanceVO findVMByInstanceName(String name);
}
