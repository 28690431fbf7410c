/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** When to back up and how many to keep; several kinds may stand side by side. Absent is null; a list or map is never null. */
public record SchedulePolicyInfo(
        @Nullable IntervalPolicy interval,
        @Nullable DailyPolicy daily,
        @Nullable WeeklyPolicy weekly,
        @Nullable MonthlyPolicy monthly,
        List<String> backupSchedule,
        boolean forObjectLock,
        boolean autoDelete,
        boolean supportsAdvancedFeatures) {}
