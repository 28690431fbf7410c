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
    Map<String, String> global();

    /** All values set for zones: zone id, then setting name. */
    Map<Long, Map<String, String>> ofZones();

    void putGlobal(String key, String value);

    void putInZone(long zoneId, String key, String value);

    /** Goes back to the default; a no-op when nothing was set. */
    void removeGlobal(String key);

    /** Goes back to the global value; a no-op when nothing was set. */
    void removeInZone(long zoneId, String key);
}
