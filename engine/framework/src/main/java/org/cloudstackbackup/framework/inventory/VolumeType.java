/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

/** What a volume is to its VM; the names are CloudStack's. */
public enum VolumeType {
    ROOT,
    DATADISK
}
