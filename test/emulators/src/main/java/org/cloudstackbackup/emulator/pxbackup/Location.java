/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonObject;
import java.time.Instant;

/** A backup location with the properties of its bucket. */
final class Location extends Entity {
    private long lockDays;

    Location(Identity identity, Instant created, JsonObject info) {
        super(Kind.BACKUP_LOCATION, identity, created, info);
    }

    /** For how many days the bucket keeps objects from being deleted; 0 without a lock. */
    long lockDays() {
        return lockDays;
    }

    void lockDays(long changed) {
        lockDays = changed;
        info().addProperty("object_lock_enabled", changed > 0);
    }
}
