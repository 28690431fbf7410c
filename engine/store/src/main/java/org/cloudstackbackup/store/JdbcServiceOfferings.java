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
import java.time.Instant;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.framework.inventory.ServiceOffering;
import org.cloudstackbackup.framework.inventory.ServiceOfferings;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Service offerings in the table of that name. */
public final class JdbcServiceOfferings implements ServiceOfferings {
    private static final String COLUMNS =
            "s.id, s.uuid, s.name, s.display_text, s.cpu, s.speed, s.ram_size, s.created, s.removed";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM service_offering s ";

    private final Database database;

    public JdbcServiceOfferings(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<ServiceOffering> find(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + "WHERE s.id = :id")
                        .bind("id", id)
                        .map(JdbcServiceOfferings::offering)
                        .findOne());
    }

    @Override
    public Optional<ServiceOffering> findByUuid(String uuid) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + "WHERE s.uuid = :uuid")
                        .bind("uuid", uuid)
                        .map(JdbcServiceOfferings::offering)
                        .findOne());
    }

    @Override
    public Page<ServiceOffering> page(CatalogFilter filter, PageRequest page) {
        Conditions conditions = InventoryPages.catalog(filter, "s", "name").and("s.removed IS NULL");
        return database.jdbi()
                .withHandle(handle -> InventoryPages.page(
                        handle,
                        COLUMNS,
                        " FROM service_offering s",
                        "",
                        conditions,
                        "s.id",
                        page,
                        JdbcServiceOfferings::offering));
    }

    private static ServiceOffering offering(ResultSet row, StatementContext context) throws SQLException {
        return new ServiceOffering(
                row.getLong("id"),
                row.getString("uuid"),
                row.getString("name"),
                row.getString("display_text"),
                row.getInt("cpu"),
                row.getInt("speed"),
                row.getInt("ram_size"),
                InventoryRows.instant(row, "created"),
                InventoryRows.instantOrNull(row, "removed"));
    }

    @Override
    public ServiceOffering add(ServiceOffering offering) {
        long id = database.jdbi()
                .withHandle(handle -> handle.createUpdate("INSERT INTO service_offering"
                                + " (uuid, name, display_text, cpu, speed, ram_size, created)"
                                + " VALUES (:uuid, :name, :displayText, :cpu, :speed, :memory, :created)")
                        .bind("uuid", offering.uuid())
                        .bind("name", offering.name())
                        .bind("displayText", offering.displayText())
                        .bind("cpu", offering.cpuNumber())
                        .bind("speed", offering.cpuSpeedMhz())
                        .bind("memory", offering.memoryMib())
                        .bind("created", offering.created())
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
        return find(id).orElseThrow();
    }

    @Override
    public void describe(long id, @Nullable String name, @Nullable String displayText) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE service_offering SET name = COALESCE(:name, name),"
                                + " display_text = COALESCE(:displayText, display_text) WHERE id = :id")
                        .bind("name", name)
                        .bind("displayText", displayText)
                        .bind("id", id)
                        .execute());
    }

    @Override
    public boolean remove(long id, Instant when) {
        return database.jdbi()
                        .withHandle(handle -> handle.createUpdate(
                                        "UPDATE service_offering SET removed = :when WHERE id = :id AND removed IS NULL")
                                .bind("when", when)
                                .bind("id", id)
                                .execute())
                == 1;
    }
}
