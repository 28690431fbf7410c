/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.exception;

/** Nothing has room for what was asked; 533 to the caller. */
public abstract class InsufficientCapacityException extends CloudException {
    private static final long serialVersionUID = 1L;

    private Class<?> scope;
    private Long id;

    public InsufficientCapacityException(String message, Class<?> scope, Long id) {
        super(message);
        this.scope = scope;
        this.id = id;
    }

    public Class<?> getScope() {
        return scope;
    }

    /** Internal id of what has no room, or 0 when none is named. */
    public long getId() {
        return id == null ? 0 : id;
    }

    @Override
    public String toString() {
        return super.toString() + (scope == null ? "" : "Scope=" + scope + "; id=" + id);
    }

    protected InsufficientCapacityException() {}
}
