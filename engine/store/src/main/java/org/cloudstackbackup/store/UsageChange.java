/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import org.cloudstackbackup.framework.usage.Stored;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction changes of one {@link UsageKey}.
 *
 * @param assigned whether the VM is under the offering from now on; null when that is as before
 */
record UsageChange(Stored stored, @Nullable Boolean assigned) {
    static final UsageChange NONE = new UsageChange(Stored.NONE, null);

    UsageChange plus(UsageChange later) {
        return new UsageChange(stored.plus(later.stored), later.assigned == null ? assigned : later.assigned);
    }

    boolean isNone() {
        return stored.isNone() && assigned == null;
    }
}
