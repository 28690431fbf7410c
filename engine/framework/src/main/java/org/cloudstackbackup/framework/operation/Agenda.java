/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.operation;

import java.time.Instant;

/** Sees to it that {@link OperationRunner#step} is called. */
public interface Agenda {
    /** Calls the step at or soon after the time; an earlier time wins over a later one, and repeating does no harm. */
    void schedule(String operationUuid, Instant at);
}
