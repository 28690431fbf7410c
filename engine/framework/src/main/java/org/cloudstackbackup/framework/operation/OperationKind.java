/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.operation;

/** What an operation does. Stored by name. */
public enum OperationKind {
    BACKUP,
    RESTORE,
    RESTORE_VOLUME,
    RESTORE_TO_VM,
    DELETE,
    /** Remembers that a job's assignment was made; ended when written. */
    ASSIGN,
    /** Remembers that a job's removal from an offering was made; ended when written. */
    REMOVE,
    /** Tells the product the present volumes of a protected VM. Locks nothing. */
    RENEW
}
