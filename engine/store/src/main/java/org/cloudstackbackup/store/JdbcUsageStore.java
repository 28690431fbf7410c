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
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.usage.UsageStore;
import org.cloudstackbackup.framework.usage.UsageSum;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Sums over table {@code usage_backup}. The database multiplies and adds, in decimals wide enough for every product. */
public final class JdbcUsageStore implements UsageStore {
    private static final String MICROS = "TIMESTAMPDIFF(MICROSECOND, GREATEST(u.created, CAST(:from AS DATETIME(3))),"
            + " LEAST(COALESCE(u.removed, CAST(:until AS DATETIME(3))), CAST(:until AS DATETIME(3))))";
    private static final String COUNT = """
            SELECT COUNT(*) FROM (SELECT MIN(u.id) FROM usage_backup u %s
                                   GROUP BY u.account_id, u.vm_id, u.backup_offering_id) g""";
    private static final String SUMS = """
            SELECT g.micros, g.byte_micros, g.protected_byte_micros, a.uuid AS account_uuid, a.account_name,
                   p.uuid AS project_uuid, p.name AS project_name, d.uuid AS domain_uuid, d.name AS domain_name,
                   d.path AS domain_path, z.uuid AS zone_uuid, v.uuid AS vm_uuid, v.name AS vm_name,
                   o.uuid AS offering_uuid, o.name AS offering_name
              FROM (SELECT MIN(u.id) AS first_id, u.account_id, u.vm_id, u.backup_offering_id, MIN(u.domain_id) AS domain_id,
                           MIN(u.zone_id) AS zone_id, SUM(%1$s) AS micros,
                           SUM(CAST(u.size AS DECIMAL(30, 0)) * %1$s) AS byte_micros,
                           SUM(CAST(u.protected_size AS DECIMAL(30, 0)) * %1$s) AS protected_byte_micros
                      FROM usage_backup u %2$s
                     GROUP BY u.account_id, u.vm_id, u.backup_offering_id
                     ORDER BY first_id LIMIT :limit OFFSET :offset) g
              JOIN account a ON a.id = g.account_id
              JOIN domain d ON d.id = g.domain_id
              JOIN data_center z ON z.id = g.zone_id
              JOIN backup_offering o ON o.id = g.backup_offering_id
              LEFT JOIN vm_instance v ON v.id = g.vm_id
              LEFT JOIN projects p ON p.project_account_id = g.account_id
             ORDER BY g.first_id""";

    private final Jdbi jdbi;

    public JdbcUsageStore(Database database) {
        this.jdbi = requireNonNull(database, "database is null").jdbi();
    }

    @Override
    public Page<UsageSum> sums(Filter filter, PageRequest page) {
        Conditions conditions = new Conditions()
                .and(OwnerScopeSql.of(filter.scope(), "u"))
                .andIf(filter.until(), "u.created < :until", "until")
                .andIf(filter.from(), "(u.removed IS NULL OR (u.removed > :from AND u.removed > u.created))", "from")
                .andIf(filter.vmId(), "u.vm_id = :vm", "vm");
        return jdbi.withHandle(handle -> {
            long total = handle.createQuery(COUNT.formatted(conditions.where()))
                    .bindMap(conditions.bindings())
                    .mapTo(Long.class)
                    .one();
            return new Page<>(
                    handle.createQuery(SUMS.formatted(MICROS, conditions.where()))
                            .bindMap(conditions.bindings())
                            .bind("limit", page.limit())
                            .bind("offset", page.offset())
                            .map(JdbcUsageStore::sum)
                            .list(),
                    total);
        });
    }

    private static UsageSum sum(ResultSet row, StatementContext context) throws SQLException {
        return new UsageSum(
                row.getLong("micros"),
                row.getBigDecimal("byte_micros"),
                row.getBigDecimal("protected_byte_micros"),
                row.getString("account_uuid"),
                row.getString("account_name"),
                row.getString("project_uuid"),
                row.getString("project_name"),
                row.getString("domain_uuid"),
                row.getString("domain_name"),
                row.getString("domain_path"),
                row.getString("zone_uuid"),
                row.getString("vm_uuid"),
                row.getString("vm_name"),
                row.getString("offering_uuid"),
                row.getString("offering_name"));
    }
}
