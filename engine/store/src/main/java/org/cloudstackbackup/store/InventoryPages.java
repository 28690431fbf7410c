/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.util.Collection;
import java.util.List;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Runs the two statements of a listing: how many there are, and one part of them. */
final class InventoryPages {
    private InventoryPages() {}

    /**
     * @param counted {@code FROM} with the joins that conditions need
     * @param order columns, ending with one that is unique
     */
    static <T> Page<T> page(
            Handle handle,
            String columns,
            String counted,
            String joins,
            Conditions conditions,
            String order,
            PageRequest page,
            RowMapper<T> mapper) {
        long total = bound(handle.createQuery("SELECT COUNT(*)" + counted + conditions.where()), conditions)
                .mapTo(Long.class)
                .one();
        String select = "SELECT " + columns + counted + joins + conditions.where() + " ORDER BY " + order
                + " LIMIT :limit OFFSET :offset";
        List<T> items = bound(handle.createQuery(select), conditions)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map(mapper)
                .list();
        return new Page<>(items, total);
    }

    /** A binding that is a collection stands for {@code IN (<name>)}. */
    private static Query bound(Query query, Conditions conditions) {
        conditions.bindings().forEach((name, value) -> {
            if (value instanceof Collection<?> values) {
                query.bindList(name, List.copyOf(values));
            } else {
                query.bind(name, value);
            }
        });
        return query;
    }

    /** Conditions on a table with the columns id and name. */
    static Conditions catalog(CatalogFilter filter, String alias, String nameColumn) {
        return new Conditions()
                .andIf(filter.id(), alias + ".id = :id", "id")
                .andIf(filter.name(), alias + "." + nameColumn + " = :name", "name")
                .andIf(
                        pattern(filter.keyword()),
                        "LOWER(" + alias + "." + nameColumn + ") LIKE LOWER(:keyword) ESCAPE '!'",
                        "keyword");
    }

    static @Nullable String pattern(@Nullable String keyword) {
        return keyword == null ? null : OwnerScopeSql.containing(keyword);
    }
}
