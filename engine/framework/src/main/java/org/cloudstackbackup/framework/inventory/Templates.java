/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.jspecify.annotations.Nullable;

/** Where templates are kept. Joins an open transaction. Safe for use by many threads. */
public interface Templates {
    /** Also when it was removed. */
    Optional<Template> find(long id);

    /** Also when it was removed. */
    Optional<Template> findByUuid(String uuid);

    /** Those not removed, once for each zone in which they can be used; by id, then zone. */
    Page<ListedTemplate> page(Filter filter, PageRequest page);

    /** Keeps a new template; its id is chosen here. */
    Template add(Template template);

    /**
     * Which to list; null lets all through.
     *
     * @param ids empty for all
     * @param visibleTo lists public templates and those of this account
     */
    record Filter(
            CatalogFilter catalog,
            List<Long> ids,
            @Nullable Long zoneId,
            @Nullable String hypervisorType,
            @Nullable Boolean featured,
            @Nullable Boolean isPublic,
            @Nullable Long ownedBy,
            @Nullable Long visibleTo) {
        public Filter {
            ids = List.copyOf(ids);
        }
    }

    /** A template in one zone, with the names that people know. */
    record ListedTemplate(Template template, OwnerNames owner, Named zone, Named guestOs) {}
}
