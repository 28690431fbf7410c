/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

/** The operations of PX-Backup's own documents. */
public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    INSPECT_ONE,
    INSPECT_ALL,
    UPDATE_BACKUP_SHARE,
    GET_BACKUP_RESOURCE_DETAILS,
    RETRY_BACKUP_RESOURCES
}
