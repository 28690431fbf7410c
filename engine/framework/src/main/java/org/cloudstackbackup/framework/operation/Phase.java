/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.operation;

/** How far an operation has come. Stored by name. */
public enum Phase {
    /** Written down; the product may or may not have been asked. */
    STARTING,
    /** The product gave a reference. */
    RUNNING,
    /** The product succeeded and that was recorded; something outside the database remains to be done. */
    COMPLETING,
    /** It failed and that was recorded; something outside the database remains to be cleaned up. */
    UNDOING,
    SUCCEEDED,
    FAILED;

    public boolean isEnded() {
        return this == SUCCEEDED || this == FAILED;
    }
}
