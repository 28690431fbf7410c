/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.cloudstackbackup.framework.identity.Sessions;

/** Sessions in table {@code api_session}. */
public final class JdbcSessionStore implements Sessions {
    private final Database database;

    public JdbcSessionStore(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    private static final String INSERT = "INSERT INTO api_session (id_hash, key_hash, user_id, created, last_used)"
            + " VALUES (:idHash, :keyHash, :userId, :created, :lastUsed)";

    @Override
    public void add(Session session) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(INSERT)
                        .bind("idHash", session.idHash())
                        .bind("keyHash", session.keyHash())
                        .bind("userId", session.userId())
                        .bind("created", session.created())
                        .bind("lastUsed", session.lastUsed())
                        .execute());
    }

    private static final String FIND = "SELECT " + IdentityRows.LISTED_USER + ", s.key_hash, s.created AS s_created,"
            + " s.last_used FROM api_session s JOIN user u ON u.id = s.user_id JOIN account a ON a.id = u.account_id"
            + " JOIN domain d ON d.id = a.domain_id JOIN roles r ON r.id = a.role_id"
            + " WHERE s.id_hash = :idHash AND u.removed IS NULL AND a.removed IS NULL";

    @Override
    public Optional<OpenSession> find(String idHash) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(FIND)
                        .bind("idHash", idHash)
                        .map((row, context) -> new OpenSession(
                                new Session(
                                        idHash,
                                        row.getString("key_hash"),
                                        row.getLong("u_id"),
                                        IdentityRows.instant(row, "s_created"),
                                        IdentityRows.instant(row, "last_used")),
                                IdentityRows.listedUser(row)))
                        .findOne());
    }

    @Override
    public void touch(String idHash, Instant when) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(
                                "UPDATE api_session SET last_used = :when WHERE id_hash = :idHash AND last_used < :when")
                        .bind("when", when)
                        .bind("idHash", idHash)
                        .execute());
    }

    @Override
    public void remove(String idHash) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("DELETE FROM api_session WHERE id_hash = :idHash")
                        .bind("idHash", idHash)
                        .execute());
    }

    @Override
    public void removeOf(long userId) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("DELETE FROM api_session WHERE user_id = :userId")
                        .bind("userId", userId)
                        .execute());
    }

    @Override
    public int removeUnusedSince(Instant when) {
        return database.jdbi()
                .withHandle(handle -> handle.createUpdate("DELETE FROM api_session WHERE last_used < :when")
                        .bind("when", when)
                        .execute());
    }
}
