/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.call;

/** The work was told to stop: the process ends, or the run was given up. */
public final class Stopped extends RuntimeException {
    public Stopped(String message) {
        super(message);
    }
}
