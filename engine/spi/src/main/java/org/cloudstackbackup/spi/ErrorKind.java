/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

/** Why something failed. The kind alone decides retry, HTTP status and alert; the message is for people. */
public enum ErrorKind {
    /** The request itself is wrong; repeating it cannot help. */
    USER(false),
    /** The named thing does not exist where it was looked for. */
    NOT_FOUND(false),
    /** The thing exists but its present state forbids the request; a later attempt may work, an immediate one will not. */
    CONFLICT(false),
    /** A resource limit of the owner would be exceeded; helps to free something or to raise the limit. Drivers never use it. */
    LIMIT(false),
    /** The product could not be reached or asked to come back later; the only kind that is retried. */
    UNAVAILABLE(true),
    /** The product answered, and the answer is a failure or cannot be understood. */
    EXTERNAL(false),
    /** Our own fault. */
    INTERNAL(false);

    private final boolean retryable;

    ErrorKind(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether repeating the same call, unchanged, may succeed. */
    public boolean isRetryable() {
        return retryable;
    }
}
