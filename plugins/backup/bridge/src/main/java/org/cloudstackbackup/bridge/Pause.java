/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Duration;

/** Lets time pass between two questions. */
@FunctionalInterface
interface Pause {
    void lasting(Duration duration) throws InterruptedException;

    static Pause ofThread() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
