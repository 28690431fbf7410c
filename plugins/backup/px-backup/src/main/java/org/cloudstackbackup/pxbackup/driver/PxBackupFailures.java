/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.function.Supplier;
import org.cloudstackbackup.pxbackup.client.PxBackupException;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/** The single place where failures of the client become ours. */
public final class PxBackupFailures {
    private PxBackupFailures() {}

    /** What a failure of the client is to the framework; the message and the cause are kept. */
    public static ProviderException of(String subject, PxBackupException failure) {
        return new ProviderException(kindOf(failure.reason()), subject, String.valueOf(failure.getMessage()), failure);
    }

    /** Runs a call of the client; its failure comes out as a {@link ProviderException}. */
    public static <T> T call(String subject, Supplier<T> call) {
        try {
            return call.get();
        } catch (PxBackupException e) {
            throw of(subject, e);
        }
    }

    /** As {@link #call}, for what returns nothing. */
    public static void run(String subject, Runnable call) {
        try {
            call.run();
        } catch (PxBackupException e) {
            throw of(subject, e);
        }
    }

    static ErrorKind kindOf(Reason reason) {
        return switch (reason) {
            case PARAMETER, UNSUPPORTED_BY_SERVER, SETTINGS -> ErrorKind.USER;
            case UNKNOWN_HOST, UNREACHABLE, TIMEOUT, THROTTLED, UNAVAILABLE, INTERRUPTED -> ErrorKind.UNAVAILABLE;
            case NOT_FOUND -> ErrorKind.NOT_FOUND;
            case CONFLICT -> ErrorKind.CONFLICT;
            // Credentials are the operator's: to a tenant, it is the product that refuses.
            case TLS, UNAUTHENTICATED, FORBIDDEN, REFUSED, SERVER_ERROR, MALFORMED, TOO_LARGE -> ErrorKind.EXTERNAL;
        };
    }
}
