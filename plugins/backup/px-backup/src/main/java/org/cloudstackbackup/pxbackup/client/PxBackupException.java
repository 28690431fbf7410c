/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not do what was asked.
 *
 * <p>The message says what was tried, on what, and what came back; it never holds a token or a password.
 */
public final class PxBackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final Answered answered;

    PxBackupException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, Answered.NOTHING, cause);
    }

    PxBackupException(Reason reason, String message, Answered answered, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason is null");
        this.answered = requireNonNull(answered, "answered is null");
    }

    /** A parameter that is refused before anything is sent. */
    static PxBackupException parameter(String name, String problem) {
        return new PxBackupException(Reason.PARAMETER, "Parameter " + name + " " + problem, null);
    }

    static PxBackupException unsupported(String sentence) {
        return new PxBackupException(Reason.UNSUPPORTED_BY_SERVER, sentence, null);
    }

    /** The same from the thread that calls; what it was first is the cause. */
    PxBackupException toldAgain() {
        return new PxBackupException(reason, String.valueOf(getMessage()), answered, this);
    }

    public Reason reason() {
        return reason;
    }

    /** The HTTP status, or 0 when no answer came. */
    public int httpStatus() {
        return answered.status;
    }

    /** The gRPC code of the answer, or -1 when there was none. */
    public int grpcCode() {
        return answered.code;
    }

    /** What the server said, shortened; empty when it said nothing. */
    public String serverText() {
        return answered.text;
    }

    /** How long the server asked to wait, or null. */
    @Nullable
    Duration retryAfter() {
        return answered.retryAfter;
    }

    /** True for what the router says, not a handler: there is no such path or method. */
    boolean saidByRouter() {
        return !answered.json && (answered.status == 404 || answered.status == 405);
    }

    /** Why; callers decide by it. */
    public enum Reason {
        /** A parameter is missing, unknown or wrong; nothing was sent. */
        PARAMETER,
        /** The server's line lacks what was asked; nothing was sent, or the server has no such path. */
        UNSUPPORTED_BY_SERVER,
        /** The settings cannot work: an address, a file, a certificate. */
        SETTINGS,
        /** The server's name is unknown to DNS. */
        UNKNOWN_HOST,
        /** No connection, or it broke. */
        UNREACHABLE,
        /** The other side's certificate is not trusted, or ours is refused. */
        TLS,
        /** No answer in time. */
        TIMEOUT,
        /** The token is missing, wrong or expired, or user and password are wrong. */
        UNAUTHENTICATED,
        /** The user may not do it. */
        FORBIDDEN,
        NOT_FOUND,
        /** The object is there already, or was changed at the same time. */
        CONFLICT,
        /** The server found the request wrong, or the object in the wrong state. */
        REFUSED,
        /** Too many requests, or a quota is used up. */
        THROTTLED,
        /** The server or something before it is down for now. */
        UNAVAILABLE,
        /** The server failed; many lasting refusals come like this too. */
        SERVER_ERROR,
        /** The answer is not what the API promises. */
        MALFORMED,
        /** The answer is larger than allowed. */
        TOO_LARGE,
        /** The thread was asked to stop. */
        INTERRUPTED
    }

    /** What came back with a failure. */
    record Answered(
            int status,
            int code,
            String text,
            boolean json,
            @Nullable Duration retryAfter) implements java.io.Serializable {
        static final Answered NOTHING = new Answered(0, -1, "", false, null);
    }
}
