/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.service;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.jspecify.annotations.Nullable;

/** Why something could not be done; the message is for people and holds no secret. */
public final class ExportFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<String> problems;

    /** What kind of failure it is. */
    public enum Reason {
        /** Settings, options or the kubeconfig are wrong; the problems say which. Nothing was started. */
        SETTINGS,
        /** There is no such run, or no such bucket. */
        NOT_FOUND,
        /** Another run, restore or deletion goes on. */
        BUSY,
        /** An earlier attempt for the same label still holds the lock, or died and its lock has not expired. */
        OWN_LOCK,
        /** The cluster or the S3 server refused the credentials, or what was asked for. */
        REFUSED,
        /** The cluster or the S3 server did not answer. */
        UNREACHABLE,
        /** The thread was told to stop. */
        STOPPED,
        /** Something else went wrong. */
        FAILED
    }

    ExportFailure(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, List.of(), cause);
    }

    private ExportFailure(Reason reason, String message, List<String> problems, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason is null");
        this.problems = List.copyOf(problems);
    }

    static ExportFailure of(InvalidConfiguration failure) {
        return new ExportFailure(Reason.SETTINGS, String.valueOf(failure.getMessage()), failure.problems(), failure);
    }

    static ExportFailure of(Stopped failure) {
        return new ExportFailure(Reason.STOPPED, String.valueOf(failure.getMessage()), failure);
    }

    /** @param label for whom the call was made */
    static ExportFailure of(CallFailed failure, String label) {
        String message = String.valueOf(failure.getMessage());
        Reason reason = switch (failure.errorClass()) {
            case UNAUTHORIZED, FORBIDDEN -> Reason.REFUSED;
            case NOT_FOUND -> Reason.NOT_FOUND;
            case CONFLICT -> locked(message, label);
            case THROTTLED, SERVER, TIMEOUT, CONNECTION -> Reason.UNREACHABLE;
            case METHOD_NOT_ALLOWED, EXPIRED, INVALID, FULL -> Reason.FAILED;
        };
        return new ExportFailure(reason, message, failure);
    }

    /** Whose lock it is; the text of a lock that is held names its holder, and a holder begins with its label. */
    static Reason locked(String message, String label) {
        return !label.isEmpty() && message.contains(label) ? Reason.OWN_LOCK : Reason.BUSY;
    }

    public Reason reason() {
        return reason;
    }

    /** Each begins with the name of a setting; empty unless the reason is {@code SETTINGS}. */
    public List<String> problems() {
        return problems;
    }
}
