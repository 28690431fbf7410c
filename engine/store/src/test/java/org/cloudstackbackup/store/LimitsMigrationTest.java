/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.cloudstackbackup.framework.limit.Footprint;
import org.cloudstackbackup.framework.limit.Holder;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was there before limits and usage came is counted and has a history. */
class LimitsMigrationTest {
    private static final String CREATED = "'2026-01-01 00:00:00'";

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void backupsOfTheVersionBeforeAreCounted(DatabaseKind kind) throws SQLException {
        String url = kind.freshUrl();
        Flyway.configure()
                .dataSource(url, null, null)
                .locations(Database.MIGRATIONS)
                .table("schema_history")
                .target("3")
                .load()
                .migrate();
        fill(url);
        try (Database database = Database.open(url, 4)) {
            JdbcResourceStore resources = new JdbcResourceStore(database);
            Footprint expected = new Footprint(3, 10 + 20 + 400);
            assertThat(resources.accounts(List.of(3L)).values())
                    .extracting(Holder::used)
                    .containsExactly(expected);
            assertThat(resources.domains(List.of(1L, 2L)).values())
                    .extracting(Holder::used)
                    .containsExactly(expected, expected);
            assertThat(resources.recountDomain(1)).isEqualTo(expected);
            assertThat(resources.recountAccount(2)).isEqualTo(Footprint.NONE);
            List<String> open = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT open_key, size,"
                                    + " protected_size, backups, assigned FROM usage_backup ORDER BY vm_id")
                            .map((row, context) -> row.getString("open_key") + " " + row.getLong("size") + " "
                                    + row.getLong("protected_size") + " " + row.getLong("backups") + " "
                                    + row.getBoolean("assigned"))
                            .list());
            assertThat(open).containsExactly("3:1:1 30 300 2 true", "3:2:1 0 0 0 true");
        }
    }

    private static void fill(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : new String[] {
                "INSERT INTO roles (id, uuid, name, role_type) VALUES (1, 'r', 'r', 'ADMIN')",
                "INSERT INTO domain (id, uuid, parent, name, owner, path, level, created) VALUES (1, 'd1', NULL, 'ROOT', 1, '/', 0,"
                        + " $), (2, 'd2', 1, 'shop', 1, '/shop/', 1, $)",
                "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created) VALUES (2, 'a2', 'a', 1, 1, 1, $),"
                        + " (3, 'a3', 'b', 0, 1, 2, $)",
                "INSERT INTO data_center (id, uuid, name, inventory, created) VALUES (1, 'z', 'z', 'sim', $)",
                "INSERT INTO backup_offering (id, uuid, name, description, external_id, zone_id, provider, created)"
                        + " VALUES (1, 'o', 'o', 'o', 'o', 1, 'dummy', $)",
                "INSERT INTO vm_instance (id, uuid, name, instance_name, state, vm_template_id, guest_os_id, service_offering_id,"
                        + " hypervisor_type, data_center_id, account_id, domain_id, backup_offering_id, created) VALUES"
                        + " (1, 'v1', 'v', 'v', 'Stopped', 1, 1, 1, 'S', 1, 3, 2, 1, $), (2, 'v2', 'v', 'v', 'Stopped', 1, 1, 1, 'S', 1, 3, 2, 1, $)",
                backup("b1", "'p'", "10", "100", "BackedUp", "NULL"),
                backup("b2", "'p'", "20", "200", "Error", "NULL"),
                backup("b3", "NULL", "NULL", "400", "Queued", "NULL"),
                backup("b4", "NULL", "NULL", "800", "Failed", "NULL"),
                backup("b5", "'p'", "1600", "1600", "BackedUp", CREATED)
            }) {
                statement.execute(sql.replace("$", CREATED));
            }
        }
    }

    private static String backup(String uuid, String point, String size, String whole, String status, String removed) {
        return "INSERT INTO backups (uuid, name, vm_id, external_id, type, date, size, protected_size, status,"
                + " backup_offering_id, account_id, domain_id, zone_id, removed) VALUES ('" + uuid + "', 'b', 1, "
                + point
                + ", 'FULL', $, " + size + ", " + whole + ", '" + status + "', 1, 3, 2, 1, " + removed + ")";
    }
}
