/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import org.apache.cloudstack.api.BaseListCmd;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;

/** Turns the common parameters of a list command into what stores understand, for the present caller. */
public interface ListScopes {
    /**
     * Whose objects the listing covers, from {@code account}, {@code domainid}, {@code isrecursive}, {@code listall},
     * {@code projectid} and the caller's role. What projects own is covered only when {@code projectid} asks for it. With an
     * explicit {@code id} the caller's whole reach is covered, projects included.
     *
     * @param hasId whether the command was given the id of one object
     * @throws org.cloudstackbackup.spi.ProviderException {@code USER} when the account or domain is out of the caller's reach
     */
    OwnerScope scopeOf(BaseListCmd command, boolean hasId);

    /** Offset and limit from {@code page} and {@code pagesize}, bounded by the default page size. */
    PageRequest pageOf(BaseListCmd command);
}
