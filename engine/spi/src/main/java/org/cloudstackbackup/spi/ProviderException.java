/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The one way in which a driver or the framework reports a failure.
 *
 * <p>The message is a sentence that says what was tried, on what, and what came back. It never holds a credential, and
 * never more than {@value #MAX_MESSAGE_LENGTH} characters.
 */
public final class ProviderException extends RuntimeException {
    /** Longer messages, such as a vendor's HTML error page, are cut here. */
    public static final int MAX_MESSAGE_LENGTH = 1024;

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String subject;

    /**
     * @param subject what the failure is about, for example {@code vm web-1}; used in alerts to fold repeats into one
     */
    public ProviderException(ErrorKind kind, String subject, String message) {
        this(kind, subject, message, null);
    }

    public ProviderException(ErrorKind kind, String subject, String message, @Nullable Throwable cause) {
        super(shorten(requireNonNull(message, "message is null")), cause);
        this.kind = requireNonNull(kind, "kind is null");
        this.subject = requireNonNull(subject, "subject is null");
    }

    public ErrorKind kind() {
        return kind;
    }

    public String subject() {
        return subject;
    }

    /** The message; unlike {@link #getMessage()} never null. */
    public String text() {
        return requireNonNull(getMessage(), "message is null");
    }

    private static String shorten(String message) {
        return message.length() <= MAX_MESSAGE_LENGTH ? message : message.substring(0, MAX_MESSAGE_LENGTH - 3) + "...";
    }
}
