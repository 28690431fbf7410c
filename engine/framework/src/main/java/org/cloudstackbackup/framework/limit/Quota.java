/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.limit;

import org.cloudstackbackup.framework.identity.Owner;

/**
 * Keeps owners within their limits of backups and of bytes of backup storage.
 *
 * <p>What an owner uses follows from the rows of backups alone: a row counts from the moment it is added, with its protected
 * size until its real size is known, and no more once it failed or was removed. Whoever writes rows keeps the counts in the
 * same transaction; this port only says whether more rows fit.
 */
public interface Quota {
    /**
     * Refuses so many more backups, of so many bytes together, when the account, its project or a domain above would exceed a
     * limit, naming which and by how much; all are refused or none. Inside a transaction only: holds other reservations of the
     * same owners back until it ends, so that the rows added after this call are counted before they look.
     *
     * @throws org.cloudstackbackup.spi.ProviderException when they do not fit
     */
    void reserve(Owner owner, int backups, long bytes);

    /** As {@link #reserve(Owner, int, long)} for one backup. */
    default void reserve(Owner owner, long bytes) {
        reserve(owner, 1, bytes);
    }

    /** The most backups that the owner may have, by its own limit and those of the domains above, whatever it has now. */
    default long mostBackups(Owner owner) {
        return Long.MAX_VALUE;
    }
}
