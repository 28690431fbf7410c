/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.setting;

import java.util.Map;

/** Where values that were set are kept. Every write is atomic and joins an open transaction. */
public interface SettingStore {
    /** All values set for the whole installation, by setting name. */
    Map<String, Kept> global();

    /** All values set for zones: zone id, then setting name. */
    Map<Long, Map<String, Kept>> ofZones();

    /** @param secret whether the value must not be readable in a copy of what is kept */
    void putGlobal(String key, String value, boolean secret);

    /** As {@link #putGlobal}, for one zone. */
    void putInZone(long zoneId, String key, String value, boolean secret);

    /** Goes back to the default; a no-op when nothing was set. */
    void removeGlobal(String key);

    /** Goes back to the global value; a no-op when nothing was set. */
    void removeInZone(long zoneId, String key);

    /** A value as it is kept; a secret one is opened only when it is asked for, so that a broken one breaks no other. */
    interface Kept {
        /** @throws org.cloudstackbackup.spi.ProviderException {@code INTERNAL} when a secret cannot be opened; names the setting */
        String value();

        /** Whether there is anything; opens nothing. */
        boolean isEmpty();
    }
}
