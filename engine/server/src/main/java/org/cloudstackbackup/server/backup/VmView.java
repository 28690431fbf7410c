/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import org.cloudstackbackup.framework.identity.Caller;

/** Shows one VM as listVirtualMachines does; given by the inventory. */
@FunctionalInterface
public interface VmView {
    /** The response object of the VM with this uuid. */
    Object render(Caller caller, String uuid);
}
