/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static java.util.Objects.requireNonNull;

import org.cloudstackbackup.clusterexport.call.CallFailed;

/** Nothing may be written any more: the end of a restore, and not of one object. */
final class WritesEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CallFailed failure;

    WritesEnded(CallFailed failure) {
        super(requireNonNull(failure, "failure is null"));
        this.failure = failure;
    }

    CallFailed failure() {
        return failure;
    }
}
