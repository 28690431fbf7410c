/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import org.cloudstackbackup.clusterexport.call.CallFailed;

/** Nothing was done, since another run holds the lock. */
final class Locked extends RuntimeException {
    Locked(CallFailed cause) {
        super(cause.getMessage(), cause);
    }
}
