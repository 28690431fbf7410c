/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.jspecify.annotations.Nullable;

/** Where operating systems are kept. Joins an open transaction. Safe for use by many threads. */
public interface GuestOses {
    Optional<GuestOs> findByUuid(String uuid);

    Optional<GuestOsCategory> findCategoryByUuid(String uuid);

    /** By id. */
    Page<GuestOs> page(CatalogFilter filter, @Nullable Long categoryId, PageRequest page);

    /** By id. */
    Page<GuestOsCategory> categories(CatalogFilter filter, PageRequest page);

    /** Keeps a new category, or returns the one of that uuid. */
    GuestOsCategory addCategory(String uuid, String name);

    /** Keeps a new operating system, or returns the one of that uuid. */
    GuestOs add(String uuid, long categoryId, String name);
}
