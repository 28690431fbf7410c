/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

/** What this package needs to know of schedules. */
public interface VmSchedules {
    /** Deletes the schedules of a VM that is protected no more, and returns how many. Joins an open transaction. */
    int removeOfVm(long vmId);
}
