/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dropin.pxbackup;

import org.cloudstackbackup.bridge.DriverBackupProvider;
import org.cloudstackbackup.pxbackup.driver.PxBackupDriverFactory;

/** PX-Backup under the driver's own name. */
public class PxBackupProvider extends DriverBackupProvider {
    public PxBackupProvider() {
        this(new PxBackupDriverFactory());
    }

    private PxBackupProvider(PxBackupDriverFactory factory) {
        super(factory.name(), factory);
    }
}
