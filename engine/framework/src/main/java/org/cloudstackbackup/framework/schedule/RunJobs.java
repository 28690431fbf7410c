/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.schedule;

import java.util.List;
import java.util.Map;

/** The host's jobs of scheduled runs: they are seen and asked for like others, and ended by the work they stand for. */
public interface RunJobs {
    /** Keeps pending jobs that nobody has to execute, and returns their ids by uuid. Joins an open transaction. */
    Map<String, Long> add(List<NewJob> jobs);

    /** What a job is about. */
    record NewJob(String uuid, long accountId, String vmUuid, boolean quiesce, long backupId, String backupUuid) {}
}
