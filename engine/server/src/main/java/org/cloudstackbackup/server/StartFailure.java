/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

/** The server cannot start, for a reason that whoever starts it can remove; the message is one line for them. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message, Throwable cause) {
        super(message.lines().findFirst().orElse(message), cause);
    }

    StartFailure(String message) {
        super(message);
    }
}
