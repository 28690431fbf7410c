/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

/** Whose usage of what: one interval per key is open at a time. */
record UsageKey(long accountId, long domainId, long zoneId, long vmId, long offeringId)
        implements Comparable<UsageKey> {
    /** As the database keeps it while the interval is open. */
    String text() {
        return accountId + ":" + vmId + ":" + offeringId;
    }

    @Override
    public int compareTo(UsageKey other) {
        return text().compareTo(other.text());
    }
}
