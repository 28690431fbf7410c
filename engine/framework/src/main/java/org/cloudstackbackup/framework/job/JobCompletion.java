/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.job;

import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * How work that outlives its API call tells the call's job how it goes. Joins an open transaction. All methods are no-ops
 * when the job has ended already, so that repeating after a crash is safe.
 */
public interface JobCompletion {
    /** Percent is 0 to 100, null while unknown. */
    void progress(long jobId, @Nullable Integer percent, String message);

    /**
     * Ends the job well.
     *
     * @param resultUuid the object the job made or changed, which the job's command renders as result; null for a plain success
     */
    void succeeded(long jobId, @Nullable String resultUuid);

    /** Ends the job with the failure's kind and sentence. */
    void failed(long jobId, ProviderException failure);
}
