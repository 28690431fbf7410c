/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.observe;

import java.util.Locale;

/** Levels of log records, least first. */
public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** The name in records and settings. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
