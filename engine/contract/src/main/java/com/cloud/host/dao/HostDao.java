/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.host.dao;

import com.cloud.host.Host;
import com.cloud.host.HostVO;
import com.cloud.host.Status;
import com.cloud.utils.db.GenericDao;
import com.cloud.utils.fsm.StateDao;

/** Rows of hosts. */
public interface HostDao extends GenericDao<HostVO, Long>, StateDao<Status, Object, Host> {
    /** The host with that private address, or null. */
    HostVO findByIp(String ip);
}
