/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.time.Instant;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.jspecify.annotations.Nullable;

/** Where service offerings are kept. Joins an open transaction. Safe for use by many threads. */
public interface ServiceOfferings {
    /** Also when it was removed. */
    Optional<ServiceOffering> find(long id);

    /** Also when it was removed. */
    Optional<ServiceOffering> findByUuid(String uuid);

    /** Those not removed, by id. */
    Page<ServiceOffering> page(CatalogFilter filter, PageRequest page);

    /** Keeps a new offering; its id is chosen here. */
    ServiceOffering add(ServiceOffering offering);

    /** Changes what is not null. */
    void describe(long id, @Nullable String name, @Nullable String displayText);

    /** Marks it as removed; VMs keep it. False when it was so already. */
    boolean remove(long id, Instant when);
}
