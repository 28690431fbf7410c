/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call to the API server or the store failed; the message says what was tried, on what, and what came back. */
public final class CallFailed extends RuntimeException {
    private static final int LONGEST_MESSAGE = 1024;

    private final ErrorClass errorClass;
    private final @Nullable Duration retryAfter;

    public CallFailed(ErrorClass errorClass, String message, @Nullable Throwable cause) {
        this(errorClass, message, null, cause);
    }

    /** With how long the server asked to wait. */
    public CallFailed(ErrorClass errorClass, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message, cause);
        this.errorClass = requireNonNull(errorClass, "errorClass is null");
        this.retryAfter = retryAfter;
    }

    public ErrorClass errorClass() {
        return errorClass;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
