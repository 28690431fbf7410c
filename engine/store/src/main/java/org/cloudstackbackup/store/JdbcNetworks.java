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
import java.util.Set;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.framework.inventory.Network;
import org.cloudstackbackup.framework.inventory.Networks;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Networks in the table of that name. */
public final class JdbcNetworks implements Networks {
    private static final String COLUMNS = "n.id AS n_id, n.uuid AS n_uuid, n.name AS n_name,"
            + " n.display_text AS n_display_text, n.guest_type AS n_guest_type, n.acl_type AS n_acl_type,"
            + " n.cidr AS n_cidr, n.gateway AS n_gateway, n.data_center_id AS n_zone_id,"
            + " n.account_id AS n_account_id, n.domain_id AS n_domain_id, d.path AS n_domain_path,"
            + " n.created AS n_created, n.removed AS n_removed";
    private static final String FROM = " FROM networks n JOIN domain d ON d.id = n.domain_id";
    private static final String LISTED =
            COLUMNS + ", " + InventoryRows.ownerColumns("a", "d") + ", " + InventoryRows.namedColumns("z");
    private static final String LISTED_JOINS = " JOIN account a ON a.id = n.account_id" + InventoryRows.ownerJoin("a")
            + " JOIN data_center z ON z.id = n.data_center_id";

    private final Database database;

    public JdbcNetworks(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<Network> find(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + FROM + " WHERE n.id = :id")
                        .bind("id", id)
                        .map(JdbcNetworks::network)
                        .findOne());
    }

    @Override
    public Optional<Network> findByUuid(String uuid) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + FROM + " WHERE n.uuid = :uuid")
                        .bind("uuid", uuid)
                        .map(JdbcNetworks::network)
                        .findOne());
    }

    @Override
    public Optional<Network> defaultOf(long zoneId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + FROM
                                + " WHERE n.data_center_id = :zoneId AND n.removed IS NULL ORDER BY n.id LIMIT 1")
                        .bind("zoneId", zoneId)
                        .map(JdbcNetworks::network)
                        .findOne());
    }

    @Override
    public Page<ListedNetwork> page(CatalogFilter filter, @Nullable Long zoneId, PageRequest page) {
        Conditions conditions = InventoryPages.catalog(filter, "n", "name")
                .and("n.removed IS NULL")
                .andIf(zoneId, "n.data_center_id = :zoneId", "zoneId");
        return database.jdbi()
                .withHandle(handle -> InventoryPages.page(
                        handle,
                        LISTED,
                        FROM,
                        LISTED_JOINS,
                        conditions,
                        "n.id",
                        page,
                        (row, context) -> new ListedNetwork(
                                network(row, context), InventoryRows.ownerNames(row), InventoryRows.named(row, "z"))));
    }

    private static Network network(ResultSet row, StatementContext context) throws SQLException {
        return new Network(
                row.getLong("n_id"),
                row.getString("n_uuid"),
                row.getString("n_name"),
                row.getString("n_display_text"),
                row.getString("n_guest_type"),
                row.getString("n_acl_type"),
                row.getString("n_cidr"),
                row.getString("n_gateway"),
                row.getLong("n_zone_id"),
                new Owner(row.getLong("n_account_id"), row.getLong("n_domain_id"), row.getString("n_domain_path")),
                InventoryRows.instant(row, "n_created"),
                InventoryRows.instantOrNull(row, "n_removed"));
    }

    @Override
    public Network add(Network network) {
        long id = database.jdbi()
                .withHandle(handle -> handle.createUpdate("INSERT INTO networks (uuid, name, display_text, guest_type,"
                                + " acl_type, cidr, gateway, data_center_id, account_id, domain_id, created)"
                                + " VALUES (:uuid, :name, :displayText, :guestType, :aclType, :cidr, :gateway,"
                                + " :zoneId, :accountId, :domainId, :created)")
                        .bind("uuid", network.uuid())
                        .bind("name", network.name())
                        .bind("displayText", network.displayText())
                        .bind("guestType", network.guestType())
                        .bind("aclType", network.aclType())
                        .bind("cidr", network.cidr())
                        .bind("gateway", network.gateway())
                        .bind("zoneId", network.zoneId())
                        .bind("accountId", network.owner().accountId())
                        .bind("domainId", network.owner().domainId())
                        .bind("created", network.created())
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
        return find(id).orElseThrow();
    }

    @Override
    public void removeOfZone(long zoneId, Instant when) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE networks SET removed = ? WHERE data_center_id = ? AND removed IS NULL", when, zoneId));
    }

    @Override
    public Set<String> lockAddresses(long networkId) {
        if (!database.isOpen()) {
            throw new IllegalStateException("Addresses of network " + networkId + " need a transaction to be locked");
        }
        return database.jdbi().withHandle(handle -> {
            handle.createQuery("SELECT id FROM networks WHERE id = :id FOR UPDATE")
                    .bind("id", networkId)
                    .mapTo(Long.class)
                    .findOne();
            return handle.createQuery("SELECT ip4_address FROM nics WHERE network_id = :id AND removed IS NULL")
                    .bind("id", networkId)
                    .mapTo(String.class)
                    .set();
        });
    }
}
