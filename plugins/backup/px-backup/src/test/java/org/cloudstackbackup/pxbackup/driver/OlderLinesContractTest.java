/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import org.cloudstackbackup.testkit.DriverContract;
import org.cloudstackbackup.testkit.DriverHarness;
import org.junit.jupiter.api.Nested;

/** The contract on lines that lack what the newest has: sorted lists, the states of machines, restores that leave them stopped. */
class OlderLinesContractTest {
    @Nested
    class Line28 extends DriverContract {
        @Override
        protected DriverHarness newHarness() {
            return new PxBackupHarness("2.8");
        }
    }

    @Nested
    class Line210 extends DriverContract {
        @Override
        protected DriverHarness newHarness() {
            return new PxBackupHarness("2.10");
        }
    }
}
