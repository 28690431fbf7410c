/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.OperationStatus.Cancelled;
import org.cloudstackbackup.spi.OperationStatus.Failed;
import org.cloudstackbackup.spi.OperationStatus.Succeeded;
import org.cloudstackbackup.spi.ProviderException;

/** What an ended operation means. */
final class Endings {
    private Endings() {}

    /** Returns for a success; throws what went wrong otherwise. */
    static Succeeded successOf(OperationStatus ended, String what) {
        if (ended instanceof Succeeded succeeded) {
            return succeeded;
        }
        if (ended instanceof Failed failed) {
            throw new ProviderException(failed.kind(), what, "The " + what + " failed: " + failed.message());
        }
        if (ended instanceof Cancelled cancelled) {
            throw new ProviderException(
                    ErrorKind.CONFLICT, what, "The " + what + " was cancelled: " + cancelled.message());
        }
        throw new ProviderException(ErrorKind.UNAVAILABLE, what, "The " + what + " has not ended");
    }

    static ProviderException silent(String what, String missing) {
        return new ProviderException(
                ErrorKind.EXTERNAL, what, "The product says that the " + what + " succeeded, but names no " + missing);
    }
}
