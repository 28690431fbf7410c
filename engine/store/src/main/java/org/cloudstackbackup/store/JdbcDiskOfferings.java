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
import org.cloudstackbackup.framework.inventory.DiskOffering;
import org.cloudstackbackup.framework.inventory.DiskOfferings;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Disk offerings in the table of that name. */
public final class JdbcDiskOfferings implements DiskOfferings {
    /** Under names that let them stand beside a volume's. */
    static final String COLUMNS = "f.id AS f_id, f.uuid AS f_uuid, f.name AS f_name, f.display_text AS f_display_text,"
            + " f.disk_size AS f_size, f.customized AS f_customized, f.min_iops AS f_min_iops,"
            + " f.max_iops AS f_max_iops, f.created AS f_created, f.removed AS f_removed";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM disk_offering f ";

    private final Database database;

    public JdbcDiskOfferings(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<DiskOffering> find(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + "WHERE f.id = :id")
                        .bind("id", id)
                        .map(JdbcDiskOfferings::offering)
                        .findOne());
    }

    @Override
    public Optional<DiskOffering> findByUuid(String uuid) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + "WHERE f.uuid = :uuid")
                        .bind("uuid", uuid)
                        .map(JdbcDiskOfferings::offering)
                        .findOne());
    }

    @Override
    public Page<DiskOffering> page(CatalogFilter filter, PageRequest page) {
        Conditions conditions = InventoryPages.catalog(filter, "f", "name").and("f.removed IS NULL");
        return database.jdbi()
                .withHandle(handle -> InventoryPages.page(
                        handle,
                        COLUMNS,
                        " FROM disk_offering f",
                        "",
                        conditions,
                        "f.id",
                        page,
                        JdbcDiskOfferings::offering));
    }

    static DiskOffering offering(ResultSet row, @Nullable StatementContext context) throws SQLException {
        return new DiskOffering(
                row.getLong("f_id"),
                row.getString("f_uuid"),
                row.getString("f_name"),
                row.getString("f_display_text"),
                row.getLong("f_size"),
                row.getBoolean("f_customized"),
                InventoryRows.longOrNull(row, "f_min_iops"),
                InventoryRows.longOrNull(row, "f_max_iops"),
                InventoryRows.instant(row, "f_created"),
                InventoryRows.instantOrNull(row, "f_removed"));
    }

    @Override
    public DiskOffering add(DiskOffering offering) {
        long id = database.jdbi()
                .withHandle(handle -> handle.createUpdate("INSERT INTO disk_offering"
                                + " (uuid, name, display_text, disk_size, customized, min_iops, max_iops, created)"
                                + " VALUES (:uuid, :name, :displayText, :size, :customized, :minIops, :maxIops,"
                                + " :created)")
                        .bind("uuid", offering.uuid())
                        .bind("name", offering.name())
                        .bind("displayText", offering.displayText())
                        .bind("size", offering.sizeBytes())
                        .bind("customized", offering.customized())
                        .bind("minIops", offering.minIops())
                        .bind("maxIops", offering.maxIops())
                        .bind("created", offering.created())
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
        return find(id).orElseThrow();
    }

    @Override
    public void describe(long id, @Nullable String name, @Nullable String displayText) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE disk_offering SET name = COALESCE(:name, name),"
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
                                        "UPDATE disk_offering SET removed = :when WHERE id = :id AND removed IS NULL")
                                .bind("when", when)
                                .bind("id", id)
                                .execute())
                == 1;
    }
}
