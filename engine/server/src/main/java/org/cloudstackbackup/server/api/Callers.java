/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Optional;
import org.cloudstackbackup.framework.identity.Caller;

/** Finds again who started a job. Safe for use by many threads. */
public interface Callers {
    /** The user as they are now; empty when the user or the account was removed. */
    Optional<Caller> find(long userId);
}
