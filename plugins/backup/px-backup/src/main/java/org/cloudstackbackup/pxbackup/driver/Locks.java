/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.function.Supplier;

/** Lets one thread of this process at a time look for a VM's objects and make them; the product has no such means. */
final class Locks {
    private static final int STRIPES = 64;

    private final Object[] stripes = new Object[STRIPES];

    Locks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    <T> T alone(String vmUuid, Supplier<T> action) {
        synchronized (stripes[Math.floorMod(vmUuid.hashCode(), STRIPES)]) {
            return action.get();
        }
    }
}
