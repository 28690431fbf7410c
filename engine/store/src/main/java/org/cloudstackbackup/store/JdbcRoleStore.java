/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.Roles;

/** Roles in table {@code roles}. */
public final class JdbcRoleStore implements Roles {
    private static final String SELECT = "SELECT " + IdentityRows.ROLE + " FROM roles r WHERE r.removed IS NULL";

    private final Database database;

    public JdbcRoleStore(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<Role> find(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + " AND r.id = :id")
                        .bind("id", id)
                        .map((row, context) -> IdentityRows.role(row))
                        .findOne());
    }

    @Override
    public Optional<Role> findByUuid(String uuid) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + " AND r.uuid = :uuid")
                        .bind("uuid", uuid)
                        .map((row, context) -> IdentityRows.role(row))
                        .findOne());
    }

    @Override
    public List<Role> all() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + " ORDER BY r.id")
                        .map((row, context) -> IdentityRows.role(row))
                        .list());
    }

    private static final String INSERT = "INSERT INTO roles"
            + " (id, uuid, name, role_type, read_only, is_default, description)"
            + " VALUES (:id, :uuid, :name, :type, :readOnly, :isDefault, :description)";

    @Override
    public void add(Role role) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(INSERT)
                        .bind("id", role.id())
                        .bind("uuid", role.uuid())
                        .bind("name", role.name())
                        .bind("type", role.type().name())
                        .bind("readOnly", role.readOnly())
                        .bind("isDefault", role.isDefault())
                        .bind("description", role.description())
                        .execute());
    }
}
