/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;

/** What bad ends mean. */
final class Endings {
    private Endings() {}

    static ErrorKind kind(OperationStatus ended) {
        return ended instanceof OperationStatus.Failed failed ? failed.kind() : ErrorKind.EXTERNAL;
    }

    static String text(OperationStatus ended) {
        if (ended instanceof OperationStatus.Failed failed) {
            return failed.message();
        }
        if (ended instanceof OperationStatus.Cancelled cancelled) {
            return "The provider cancelled it: " + cancelled.message();
        }
        throw new IllegalArgumentException(ended + " is no bad end");
    }
}
