/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.time.Duration;

/** How the client waits; tests put their own here. */
@FunctionalInterface
public interface Pause {
    /** The real one. */
    Pause REAL = length -> Thread.sleep(length.toMillis());

    void sleep(Duration length) throws InterruptedException;
}
