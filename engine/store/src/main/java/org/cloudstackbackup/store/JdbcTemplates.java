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
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.Template;
import org.cloudstackbackup.framework.inventory.Templates;
import org.jdbi.v3.core.statement.StatementContext;

/** Templates in table {@code vm_template}. */
public final class JdbcTemplates implements Templates {
    private static final String COLUMNS = "t.id AS t_id, t.uuid AS t_uuid, t.name AS t_name,"
            + " t.display_text AS t_display_text, t.format AS t_format, t.hypervisor_type AS t_hypervisor,"
            + " t.guest_os_id AS t_os_id, t.size AS t_size, t.account_id AS t_account_id, a.domain_id AS t_domain_id,"
            + " d.path AS t_domain_path, t.data_center_id AS t_zone_id, t.public AS t_public,"
            + " t.featured AS t_featured, t.created AS t_created, t.removed AS t_removed";
    private static final String FROM =
            " FROM vm_template t JOIN account a ON a.id = t.account_id JOIN domain d ON d.id = a.domain_id";
    private static final String LISTED = COLUMNS + ", " + InventoryRows.ownerColumns("a", "d") + ", "
            + InventoryRows.namedColumns("z") + ", g.uuid AS g_uuid, g.display_name AS g_name";
    private static final String LISTED_FROM = FROM + InventoryRows.ownerJoin("a")
            + " JOIN data_center z ON z.removed IS NULL AND (t.data_center_id IS NULL OR t.data_center_id = z.id)"
            + " JOIN guest_os g ON g.id = t.guest_os_id";

    private final Database database;

    public JdbcTemplates(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<Template> find(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + FROM + " WHERE t.id = :id")
                        .bind("id", id)
                        .map(JdbcTemplates::template)
                        .findOne());
    }

    @Override
    public Optional<Template> findByUuid(String uuid) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + FROM + " WHERE t.uuid = :uuid")
                        .bind("uuid", uuid)
                        .map(JdbcTemplates::template)
                        .findOne());
    }

    @Override
    public Page<ListedTemplate> page(Filter filter, PageRequest page) {
        Conditions conditions = InventoryPages.catalog(filter.catalog(), "t", "name")
                .and("t.removed IS NULL")
                .andIf(filter.ids().isEmpty() ? null : filter.ids(), "t.id IN (<ids>)", "ids")
                .andIf(filter.zoneId(), "z.id = :zoneId", "zoneId")
                .andIf(filter.hypervisorType(), "LOWER(t.hypervisor_type) = LOWER(:hypervisor)", "hypervisor")
                .andIf(filter.featured(), "t.featured = :featured", "featured")
                .andIf(filter.isPublic(), "t.public = :public", "public")
                .andIf(filter.ownedBy(), "t.account_id = :ownedBy", "ownedBy")
                .andIf(filter.visibleTo(), "(t.public = TRUE OR t.account_id = :visibleTo)", "visibleTo");
        return database.jdbi()
                .withHandle(handle -> InventoryPages.page(
                        handle,
                        LISTED,
                        LISTED_FROM,
                        "",
                        conditions,
                        "t.id, z.id",
                        page,
                        (row, context) -> new ListedTemplate(
                                template(row, context),
                                InventoryRows.ownerNames(row),
                                InventoryRows.named(row, "z"),
                                InventoryRows.named(row, "g"))));
    }

    private static Template template(ResultSet row, StatementContext context) throws SQLException {
        return new Template(
                row.getLong("t_id"),
                row.getString("t_uuid"),
                row.getString("t_name"),
                row.getString("t_display_text"),
                row.getString("t_format"),
                row.getString("t_hypervisor"),
                row.getLong("t_os_id"),
                row.getLong("t_size"),
                new Owner(row.getLong("t_account_id"), row.getLong("t_domain_id"), row.getString("t_domain_path")),
                InventoryRows.longOrNull(row, "t_zone_id"),
                row.getBoolean("t_public"),
                row.getBoolean("t_featured"),
                InventoryRows.instant(row, "t_created"),
                InventoryRows.instantOrNull(row, "t_removed"));
    }

    @Override
    public Template add(Template template) {
        long id = database.jdbi()
                .withHandle(handle -> handle.createUpdate("INSERT INTO vm_template (uuid, name, display_text, format,"
                                + " hypervisor_type, guest_os_id, size, account_id, data_center_id, public, featured,"
                                + " created) VALUES (:uuid, :name, :displayText, :format, :hypervisor, :osId, :size,"
                                + " :accountId, :zoneId, :public, :featured, :created)")
                        .bind("uuid", template.uuid())
                        .bind("name", template.name())
                        .bind("displayText", template.displayText())
                        .bind("format", template.format())
                        .bind("hypervisor", template.hypervisorType())
                        .bind("osId", template.guestOsId())
                        .bind("size", template.sizeBytes())
                        .bind("accountId", template.owner().accountId())
                        .bind("zoneId", template.zoneId())
                        .bind("public", template.isPublic())
                        .bind("featured", template.isFeatured())
                        .bind("created", template.created())
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
        return find(id).orElseThrow();
    }
}
