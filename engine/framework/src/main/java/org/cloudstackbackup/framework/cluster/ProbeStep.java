/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.cluster;

import static java.util.Objects.requireNonNull;

/**
 * A step of trying a connection, and how it went.
 *
 * @param name such as {@code dns}
 * @param detail what was found, or what is wrong; never a secret
 */
public record ProbeStep(String name, Status status, String detail) {
    public ProbeStep {
        requireNonNull(name, "name is null");
        requireNonNull(status, "status is null");
        requireNonNull(detail, "detail is null");
    }

    /** How a step went. */
    public enum Status {
        Ok,
        Failed,
        /** An earlier step failed, or there is nothing to try. */
        Skipped
    }

    public boolean isFailed() {
        return status == Status.Failed;
    }
}
