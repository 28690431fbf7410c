/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import org.cloudstackbackup.framework.identity.Caller;

/** VMs and volumes, as far as they share the fate of the account that owns them. Safe for use by many threads. */
public interface Belongings {
    /** Stops the account's running VMs. */
    void stop(Caller caller, long accountId);

    /**
     * Removes the account's VMs and volumes with their data. May be repeated. Backups are the last copy of something and never
     * go along.
     *
     * @throws org.cloudstackbackup.spi.ProviderException {@code CONFLICT}, and nothing is removed, when there are backups
     */
    void remove(Caller caller, long accountId);
}
