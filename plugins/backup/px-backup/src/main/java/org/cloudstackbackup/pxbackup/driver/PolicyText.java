/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.pxbackup.client.SchedulePolicyInfo;
import org.jspecify.annotations.Nullable;

/** A schedule policy in words. */
final class PolicyText {
    private PolicyText() {}

    static String of(SchedulePolicyInfo policy) {
        List<String> parts = new ArrayList<>();
        var interval = policy.interval();
        if (interval != null) {
            parts.add("every " + interval.minutes() + " minutes" + keeps(interval.retain()));
        }
        var daily = policy.daily();
        if (daily != null) {
            parts.add("daily at " + daily.time() + keeps(daily.retain()));
        }
        var weekly = policy.weekly();
        if (weekly != null) {
            parts.add("weekly on " + weekly.day() + " at " + weekly.time() + keeps(weekly.retain()));
        }
        if (policy.monthly() != null) {
            parts.add("monthly");
        }
        String text = "PX-Backup policy: " + (parts.isEmpty() ? "no times" : String.join("; ", parts));
        return policy.forObjectLock() ? text + "; for locked buckets" : text;
    }

    private static String keeps(@Nullable Long retain) {
        return retain == null ? "" : ", keeps " + retain;
    }
}
