/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** For jobs that tell nothing while they run. */
final class NoJobContext implements JobContext {
    @Override
    public long id() {
        return 1;
    }

    @Override
    public String uuid() {
        return "00000000-0000-0000-0000-000000000001";
    }

    @Override
    public void progress(@Nullable Integer percent, String message) {
        throw new IllegalStateException("Identity jobs are too short for progress");
    }

    @Override
    public void continueLater() {
        throw new IllegalStateException("Identity jobs end with execute()");
    }

    @Override
    public void instance(String type, long id, String uuid) {
        throw new IllegalStateException("Identity jobs name their object by annotation");
    }
}
