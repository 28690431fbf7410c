/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.framework.inventory.GuestOs;
import org.cloudstackbackup.framework.inventory.GuestOsCategory;
import org.cloudstackbackup.framework.inventory.GuestOses;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Operating systems in tables {@code guest_os} and {@code guest_os_category}. */
public final class JdbcGuestOses implements GuestOses {
    private static final String COLUMNS = "g.id AS g_id, g.uuid AS g_uuid, g.display_name AS g_name, c.id AS c_id,"
            + " c.uuid AS c_uuid, c.name AS c_name";
    private static final String FROM = " FROM guest_os g JOIN guest_os_category c ON c.id = g.category_id";
    private static final String CATEGORY_COLUMNS = "c.id AS c_id, c.uuid AS c_uuid, c.name AS c_name";

    private final Database database;

    public JdbcGuestOses(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<GuestOs> findByUuid(String uuid) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + FROM + " WHERE g.uuid = :uuid")
                        .bind("uuid", uuid)
                        .map(JdbcGuestOses::guestOs)
                        .findOne());
    }

    @Override
    public Optional<GuestOsCategory> findCategoryByUuid(String uuid) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT " + CATEGORY_COLUMNS + " FROM guest_os_category c WHERE c.uuid = :uuid")
                        .bind("uuid", uuid)
                        .map(JdbcGuestOses::category)
                        .findOne());
    }

    @Override
    public Page<GuestOs> page(CatalogFilter filter, @Nullable Long categoryId, PageRequest page) {
        Conditions conditions = InventoryPages.catalog(filter, "g", "display_name")
                .and("1 = 1")
                .andIf(categoryId, "g.category_id = :categoryId", "categoryId");
        return database.jdbi()
                .withHandle(handle -> InventoryPages.page(
                        handle, COLUMNS, FROM, "", conditions, "g.id", page, JdbcGuestOses::guestOs));
    }

    @Override
    public Page<GuestOsCategory> categories(CatalogFilter filter, PageRequest page) {
        Conditions conditions = InventoryPages.catalog(filter, "c", "name").and("1 = 1");
        return database.jdbi()
                .withHandle(handle -> InventoryPages.page(
                        handle,
                        CATEGORY_COLUMNS,
                        " FROM guest_os_category c",
                        "",
                        conditions,
                        "c.id",
                        page,
                        JdbcGuestOses::category));
    }

    private static GuestOs guestOs(ResultSet row, StatementContext context) throws SQLException {
        return new GuestOs(
                row.getLong("g_id"), row.getString("g_uuid"), row.getString("g_name"), category(row, context));
    }

    private static GuestOsCategory category(ResultSet row, StatementContext context) throws SQLException {
        return new GuestOsCategory(row.getLong("c_id"), row.getString("c_uuid"), row.getString("c_name"));
    }

    @Override
    public GuestOsCategory addCategory(String uuid, String name) {
        return database.inTransaction(() -> findCategoryByUuid(uuid).orElseGet(() -> {
            database.jdbi()
                    .useHandle(handle ->
                            handle.execute("INSERT INTO guest_os_category (uuid, name) VALUES (?, ?)", uuid, name));
            return findCategoryByUuid(uuid).orElseThrow();
        }));
    }

    @Override
    public GuestOs add(String uuid, long categoryId, String name) {
        return database.inTransaction(() -> findByUuid(uuid).orElseGet(() -> {
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO guest_os (uuid, category_id, display_name) VALUES (?, ?, ?)",
                            uuid,
                            categoryId,
                            name));
            return findByUuid(uuid).orElseThrow();
        }));
    }
}
