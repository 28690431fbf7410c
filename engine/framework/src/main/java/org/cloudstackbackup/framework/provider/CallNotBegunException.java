/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.provider;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The product was not asked, since as many calls as may wait for products do so: no failure of the product, so that nobody may go on
 * as if it had failed. The job is to be executed anew later.
 */
public final class CallNotBegunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * @param message what is waited for
     * @param delay when to try again
     */
    public CallNotBegunException(String message, Duration delay) {
        super(requireNonNull(message, "message is null"), null, false, false);
        this.delay = requireNonNull(delay, "delay is null");
    }

    /** When to try again. */
    public Duration delay() {
        return delay;
    }
}
