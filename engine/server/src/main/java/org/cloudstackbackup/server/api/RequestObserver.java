/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.time.Duration;

/** Is told of every answered API request, for metrics. Called on the request's thread; must be quick and not throw. */
@FunctionalInterface
public interface RequestObserver {
    /** @param command name of a known command, else {@code unknown}; so there are never more names than commands */
    void answered(String command, int status, Duration took);
}
