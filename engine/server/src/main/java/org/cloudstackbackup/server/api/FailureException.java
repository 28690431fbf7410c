/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a request with exactly that failure. */
final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code cserrorcode} of failures that no CloudStack exception stands for. */
    static final int UNMAPPED = 9999;

    private static final int TOO_MANY = 429;
    private static final int REQUEST_LIMIT = 4545;

    private final transient ApiFailure failure;
    private final transient @Nullable Duration retryAfter;

    FailureException(int errorCode, @Nullable Integer csErrorCode, String text, @Nullable Throwable cause) {
        this(new ApiFailure(errorCode, csErrorCode, text), cause, null);
    }

    private FailureException(ApiFailure failure, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(failure.text(), cause);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    /** The caller asks too often and may ask again after that time. */
    static FailureException tooMany(String text, Duration retryAfter) {
        return new FailureException(new ApiFailure(TOO_MANY, REQUEST_LIMIT, text), null, retryAfter);
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

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    ApiFailure failure() {
        return failure;
    }
}
