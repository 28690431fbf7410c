/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Ends a request with exactly that failure. */
final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code cserrorcode} of failures that no CloudStack exception stands for. */
    static final int UNMAPPED = 9999;

    private final transient ApiFailure failure;

    FailureException(int errorCode, @Nullable Integer csErrorCode, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.failure = new ApiFailure(errorCode, csErrorCode, text);
    }

    FailureException(int errorCode, String text) {
        this(errorCode, UNMAPPED, text, null);
    }

    FailureException(int errorCode, String text, Throwable cause) {
        this(errorCode, UNMAPPED, text, requireNonNull(cause, "cause is null"));
    }

    /** The caller is not who they say; such failures have no {@code cserrorcode}. */
    static FailureException unauthorized(String text) {
        return new FailureException(401, null, text, null);
    }

    ApiFailure failure() {
        return failure;
    }
}
