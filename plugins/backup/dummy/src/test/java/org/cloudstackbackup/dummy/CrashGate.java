/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.dummy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a number of changes to the disk pass, and none after them: the disk of a process that was killed then. */
final class CrashGate implements DurableFiles.Gate {
    private final AtomicInteger left;

    CrashGate(int changes) {
        left = new AtomicInteger(changes);
    }

    boolean hasCrashed() {
        return left.get() < 0;
    }

    @Override
    public void pass(String action, Path path) throws IOException {
        if (left.getAndUpdate(n -> n < 0 ? n : n - 1) <= 0) {
            throw new IOException("No space left on device (" + action + " " + path.getFileName() + ")");
        }
    }
}
