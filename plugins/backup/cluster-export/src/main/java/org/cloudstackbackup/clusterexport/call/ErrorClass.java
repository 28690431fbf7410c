/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.call;

/** Why a call failed; alone decides whether it is tried again. */
public enum ErrorClass {
    UNAUTHORIZED(false),
    FORBIDDEN(false),
    NOT_FOUND(false),
    METHOD_NOT_ALLOWED(false),
    CONFLICT(false),
    /** A list's continue token, or the version it names, is gone: the list starts again. */
    EXPIRED(false),
    INVALID(false),
    /** The store has no room left. */
    FULL(false),
    THROTTLED(true),
    SERVER(true),
    TIMEOUT(true),
    CONNECTION(true);

    private final boolean retryable;

    ErrorClass(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same call may succeed a little later. */
    public boolean retryable() {
        return retryable;
    }

    /** The name in logs and reports, such as {@code not_found}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The class of an HTTP status that is not a success. */
    public static ErrorClass ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 408, 504 -> TIMEOUT;
            case 409, 412 -> CONFLICT;
            case 410 -> EXPIRED;
            case 429 -> THROTTLED;
            case 507 -> FULL;
            default -> status >= 500 ? SERVER : INVALID;
        };
    }
}
