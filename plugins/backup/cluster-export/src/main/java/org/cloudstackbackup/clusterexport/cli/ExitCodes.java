/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

/** What the process says when it ends. */
final class ExitCodes {
    static final int COMPLETE = 0;
    static final int FAILED = 1;
    /** Wrong settings or options; nothing was done. */
    static final int WRONG_CONFIGURATION = 2;

    static final int PARTIAL = 3;
    /** Another run goes on. */
    static final int LOCKED = 4;

    private ExitCodes() {}
}
