/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Thrown by a command that cannot begin yet: its job is executed anew a little later, and no thread waits. */
public final class JobPostponed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /** @param reason what is waited for; shown as the job's message */
    public JobPostponed(Duration delay, String reason) {
        super(requireNonNull(reason, "reason is null"), null, false, false);
        this.delay = requireNonNull(delay, "delay is null");
    }

    public Duration delay() {
        return delay;
    }
}
