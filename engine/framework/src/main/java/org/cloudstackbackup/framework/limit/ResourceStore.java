/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.limit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.identity.Owner;

/** Where limits and counts are kept. Joins an open transaction. Safe for use by many threads and nodes. */
public interface ResourceStore {
    /**
     * The account, its domain and every domain above up to the root, in this order, with what they use now, rows added in the
     * open transaction included. Holds others who lock or change one of these counts back until the transaction ends.
     */
    List<Holder> lock(Owner owner);

    /** Accounts by id; those that do not exist are left out. */
    Map<Long, Holder> accounts(Collection<Long> ids);

    /** Domains by id; those that do not exist are left out. */
    Map<Long, Holder> domains(Collection<Long> ids);

    /** The domain itself and every domain above up to the root, in this order. */
    List<Long> chain(long domainId);

    /** Sets the account's own limit, in the unit of the type. */
    void limitAccount(long accountId, ResourceType type, long limit);

    /** Sets the domain's own limit, in the unit of the type. */
    void limitDomain(long domainId, ResourceType type, long limit);

    /**
     * Counts the rows of the account's backups anew.
     *
     * @return what it uses
     */
    Footprint recountAccount(long accountId);

    /**
     * Counts the rows of backups in the domain and all below it anew.
     *
     * @return what it uses
     */
    Footprint recountDomain(long domainId);
}
