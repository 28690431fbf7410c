/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.ListedUser;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.identity.User;
import org.jspecify.annotations.Nullable;

/** How rows of the identity tables are selected, under aliases that let them stand beside each other, and read. */
final class IdentityRows {
    static final String ROLE = "r.id AS r_id, r.uuid AS r_uuid, r.name AS r_name, r.role_type AS r_role_type,"
            + " r.read_only AS r_read_only, r.is_default AS r_is_default, r.description AS r_description";

    static final String DOMAIN = "d.id AS d_id, d.uuid AS d_uuid, d.name AS d_name, d.parent AS d_parent,"
            + " d.path AS d_path, d.level AS d_level, d.state AS d_state, d.created AS d_created,"
            + " d.removed AS d_removed";

    static final String ACCOUNT = "a.id AS a_id, a.uuid AS a_uuid, a.account_name AS a_account_name, a.type AS a_type,"
            + " a.role_id AS a_role_id, a.domain_id AS a_domain_id, a.state AS a_state, a.created AS a_created,"
            + " a.removed AS a_removed";

    static final String USER = "u.id AS u_id, u.uuid AS u_uuid, u.username AS u_username, u.account_id AS u_account_id,"
            + " u.firstname AS u_firstname, u.lastname AS u_lastname, u.email AS u_email, u.state AS u_state,"
            + " u.api_key AS u_api_key, u.timezone AS u_timezone, u.created AS u_created, u.removed AS u_removed";

    /** An account {@code a} with its domain and role. */
    static final String ACCOUNT_JOINS =
            " FROM account a JOIN domain d ON d.id = a.domain_id JOIN roles r ON r.id = a.role_id ";

    /** A user {@code u} with its account, domain and role. */
    static final String USER_JOINS = " FROM user u JOIN account a ON a.id = u.account_id"
            + " JOIN domain d ON d.id = a.domain_id JOIN roles r ON r.id = a.role_id ";

    static final String LISTED_USER = USER + ", " + ACCOUNT + ", " + DOMAIN + ", " + ROLE;

    private IdentityRows() {}

    static Role role(ResultSet row) throws SQLException {
        return new Role(
                row.getLong("r_id"),
                row.getString("r_uuid"),
                row.getString("r_name"),
                RoleType.valueOf(row.getString("r_role_type")),
                row.getBoolean("r_read_only"),
                row.getBoolean("r_is_default"),
                row.getString("r_description"));
    }

    static Domain domain(ResultSet row) throws SQLException {
        long parent = row.getLong("d_parent");
        return new Domain(
                row.getLong("d_id"),
                row.getString("d_uuid"),
                row.getString("d_name"),
                row.wasNull() ? null : parent,
                row.getString("d_path"),
                row.getInt("d_level"),
                row.getString("d_state"),
                instant(row, "d_created"),
                instantOrNull(row, "d_removed"));
    }

    static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong("a_id"),
                row.getString("a_uuid"),
                row.getString("a_account_name"),
                row.getInt("a_type"),
                row.getLong("a_role_id"),
                row.getLong("a_domain_id"),
                row.getString("a_state"),
                instant(row, "a_created"),
                instantOrNull(row, "a_removed"));
    }

    static User user(ResultSet row) throws SQLException {
        return new User(
                row.getLong("u_id"),
                row.getString("u_uuid"),
                row.getString("u_username"),
                row.getLong("u_account_id"),
                row.getString("u_firstname"),
                row.getString("u_lastname"),
                row.getString("u_email"),
                row.getString("u_state"),
                row.getString("u_api_key"),
                row.getString("u_timezone"),
                instant(row, "u_created"),
                instantOrNull(row, "u_removed"));
    }

    static ListedUser listedUser(ResultSet row) throws SQLException {
        return new ListedUser(user(row), account(row), domain(row), role(row));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
