/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** A job that nobody follows. */
record TestJob(String uuid) implements JobContext {
    @Override
    public long id() {
        return 1;
    }

    @Override
    public void progress(@Nullable Integer percent, String message) {}

    @Override
    public void continueLater() {}

    @Override
    public void instance(String type, long id, String instanceUuid) {}
}
