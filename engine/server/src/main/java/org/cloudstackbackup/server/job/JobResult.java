/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

/** For asynchronous commands whose job ends later with an object: how that object looks as the job's result. */
public interface JobResult {
    /** The response object, as {@code execute()} would have set it; called with the command's parameters and injections set. */
    Object renderResult(String uuid);
}
