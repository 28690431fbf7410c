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
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.inventory.ZoneStore;
import org.jdbi.v3.core.statement.StatementContext;

/** Zones in table {@code data_center}. */
public final class JdbcZones implements ZoneStore {
    private static final String COLUMNS =
            "z.id, z.uuid, z.name, z.description, z.networktype, z.allocation_state, z.inventory, z.created, z.removed";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM data_center z ";

    private final Database database;

    public JdbcZones(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<Zone> find(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + "WHERE z.id = :id AND z.removed IS NULL")
                        .bind("id", id)
                        .map(JdbcZones::zone)
                        .findOne());
    }

    @Override
    public Optional<Zone> findByUuid(String uuid) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + "WHERE z.uuid = :uuid")
                        .bind("uuid", uuid)
                        .map(JdbcZones::zone)
                        .findOne());
    }

    @Override
    public List<Zone> all() {
        return page(CatalogFilter.ALL, false, PageRequest.ALL).items();
    }

    @Override
    public Page<Zone> page(CatalogFilter filter, boolean onlyEnabled, PageRequest page) {
        Conditions conditions = InventoryPages.catalog(filter, "z", "name")
                .and("z.removed IS NULL")
                .andIf(onlyEnabled ? "Enabled" : null, "z.allocation_state = :state", "state");
        return database.jdbi()
                .withHandle(handle -> InventoryPages.page(
                        handle, COLUMNS, " FROM data_center z", "", conditions, "z.id", page, JdbcZones::zone));
    }

    private static Zone zone(ResultSet row, StatementContext context) throws SQLException {
        return new Zone(
                row.getLong("id"),
                row.getString("uuid"),
                row.getString("name"),
                row.getString("description"),
                row.getString("networktype"),
                row.getString("allocation_state"),
                row.getString("inventory"),
                InventoryRows.instant(row, "created"),
                InventoryRows.instantOrNull(row, "removed"));
    }

    private static final String INSERT = "INSERT INTO data_center"
            + " (uuid, name, description, networktype, allocation_state, inventory, created)"
            + " VALUES (:uuid, :name, :description, :networkType, :state, :inventory, :created)";

    @Override
    public Zone add(Zone zone) {
        long id = database.jdbi()
                .withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("uuid", zone.uuid())
                        .bind("name", zone.name())
                        .bind("description", zone.description())
                        .bind("networkType", zone.networkType())
                        .bind("state", zone.allocationState())
                        .bind("inventory", zone.inventory())
                        .bind("created", zone.created())
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
        return find(id).orElseThrow();
    }

    @Override
    public void update(Zone zone) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE data_center SET name = :name,"
                                + " description = :description, allocation_state = :state WHERE id = :id")
                        .bind("name", zone.name())
                        .bind("description", zone.description())
                        .bind("state", zone.allocationState())
                        .bind("id", zone.id())
                        .execute());
    }

    @Override
    public boolean remove(long id, Instant when) {
        return database.jdbi()
                        .withHandle(handle -> handle.createUpdate(
                                        "UPDATE data_center SET removed = :when WHERE id = :id AND removed IS NULL")
                                .bind("when", when)
                                .bind("id", id)
                                .execute())
                == 1;
    }

    private static final String HOLDINGS = "SELECT"
            + " (SELECT COUNT(*) FROM vm_instance WHERE data_center_id = :id AND removed IS NULL) AS vms,"
            + " (SELECT COUNT(*) FROM volumes WHERE data_center_id = :id AND removed IS NULL) AS volumes,"
            + " (SELECT COUNT(*) FROM backups WHERE zone_id = :id AND removed IS NULL) AS backups,"
            + " (SELECT COUNT(*) FROM backup_offering WHERE zone_id = :id AND removed IS NULL) AS offerings,"
            + " (SELECT COUNT(*) FROM backup_cluster WHERE data_center_id = :id) AS clusters";

    @Override
    public Holdings holdings(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(HOLDINGS)
                        .bind("id", id)
                        .map((row, context) -> new Holdings(
                                row.getLong("vms"),
                                row.getLong("volumes"),
                                row.getLong("backups"),
                                row.getLong("offerings"),
                                row.getLong("clusters")))
                        .one());
    }
}
