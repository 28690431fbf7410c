/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import org.cloudstackbackup.testkit.DriverContract;
import org.cloudstackbackup.testkit.DriverHarness;

class PxBackupContractTest extends DriverContract {
    @Override
    protected DriverHarness newHarness() {
        return new PxBackupHarness();
    }
}
