/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework;

/**
 * Which part of a listing is asked for.
 *
 * @param offset rows to pass over, 0 or more
 * @param limit most rows to return, 1 or more
 */
public record PageRequest(long offset, int limit) {
    /** Everything, for small listings. */
    public static final PageRequest ALL = new PageRequest(0, Integer.MAX_VALUE);

    public PageRequest {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("offset " + offset + " or limit " + limit + " is out of range");
        }
    }
}
