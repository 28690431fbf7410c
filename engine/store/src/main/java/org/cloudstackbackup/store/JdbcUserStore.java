/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.cloudstackbackup.framework.identity.ListedUser;
import org.cloudstackbackup.framework.identity.User;
import org.cloudstackbackup.framework.identity.UserFilter;
import org.cloudstackbackup.framework.identity.Users;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.secret.SecretPlace;
import org.jdbi.v3.core.statement.Update;

/** Users, their passwords and keys in table {@code user}; secret keys are sealed. */
public final class JdbcUserStore implements Users {
    private static final String SELECT = "SELECT " + IdentityRows.LISTED_USER + IdentityRows.USER_JOINS;

    private final Database database;
    private final SecretBox secrets;

    public JdbcUserStore(Database database, SecretBox secrets) {
        this.database = requireNonNull(database, "database is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    @Override
    public Optional<ListedUser> find(long id) {
        return one(SELECT + "WHERE u.id = :value", id);
    }

    @Override
    public Optional<ListedUser> findByUuid(String uuid) {
        return one(SELECT + "WHERE u.uuid = :value", uuid);
    }

    private Optional<ListedUser> one(String sql, Object value) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql)
                        .bind("value", value)
                        .map((row, context) -> IdentityRows.listedUser(row))
                        .findOne());
    }

    @Override
    public Page<ListedUser> page(UserFilter filter, PageRequest page) {
        Conditions conditions = conditions(filter);
        return database.jdbi().withHandle(handle -> {
            long total = handle.createQuery("SELECT COUNT(*)" + IdentityRows.USER_JOINS + conditions.where())
                    .bindMap(conditions.bindings())
                    .mapTo(Long.class)
                    .one();
            List<ListedUser> items = handle.createQuery(
                            SELECT + conditions.where() + " ORDER BY u.id LIMIT :limit OFFSET :offset")
                    .bindMap(conditions.bindings())
                    .bind("limit", page.limit())
                    .bind("offset", page.offset())
                    .map((row, context) -> IdentityRows.listedUser(row))
                    .list();
            return new Page<>(items, total);
        });
    }

    private static Conditions conditions(UserFilter filter) {
        String keyword = filter.keyword();
        return new Conditions()
                .and("u.removed IS NULL AND a.removed IS NULL")
                .and("u.id <> " + User.SYSTEM_ID)
                .and(OwnerScopeSql.of(filter.scope(), "u.account_id", "a.domain_id"))
                .andIf(filter.id(), "u.id = :id", "id")
                .andIf(filter.username(), "LOWER(u.username) = LOWER(:username)", "username")
                .andIf(filter.accountType(), "a.type = :accountType", "accountType")
                .andIf(filter.state(), "u.state = :state", "state")
                .andIf(
                        keyword == null ? null : OwnerScopeSql.containing(keyword),
                        "(LOWER(u.username) LIKE LOWER(:keyword) ESCAPE '!'"
                                + " OR LOWER(u.firstname) LIKE LOWER(:keyword) ESCAPE '!'"
                                + " OR LOWER(u.lastname) LIKE LOWER(:keyword) ESCAPE '!'"
                                + " OR LOWER(u.email) LIKE LOWER(:keyword) ESCAPE '!'"
                                + " OR LOWER(a.account_name) LIKE LOWER(:keyword) ESCAPE '!')",
                        "keyword");
    }

    private static final String BY_NAME = "SELECT " + IdentityRows.LISTED_USER + ", u.password AS u_password"
            + IdentityRows.USER_JOINS + "WHERE a.domain_id = :domainId AND LOWER(u.username) = LOWER(:username)"
            + " AND u.removed IS NULL AND a.removed IS NULL";

    @Override
    public Optional<StoredPassword> findPassword(String username, long domainId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(BY_NAME)
                        .bind("username", username)
                        .bind("domainId", domainId)
                        .map((row, context) ->
                                new StoredPassword(IdentityRows.listedUser(row), row.getString("u_password")))
                        .findOne());
    }

    private static final String BY_KEY = "SELECT " + IdentityRows.LISTED_USER + ", u.secret_key AS u_secret_key"
            + IdentityRows.USER_JOINS + "WHERE u.api_key = :apiKey AND u.secret_key IS NOT NULL"
            + " AND u.removed IS NULL AND a.removed IS NULL";

    @Override
    public Optional<Credentials> findByApiKey(String apiKey) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(BY_KEY)
                        .bind("apiKey", apiKey)
                        .map((row, context) ->
                                new Credentials(IdentityRows.listedUser(row), row.getString("u_secret_key")))
                        .findOne())
                // MariaDB's comparison takes capital and small letters, and trailing blanks, for the same.
                .filter(found -> apiKey.equals(found.user().user().apiKey()))
                .map(found ->
                        new Credentials(found.user(), opened(found.user().user().id(), found.secretKey())));
    }

    private static final String KEYS =
            "SELECT api_key, secret_key FROM user WHERE id = :id AND api_key IS NOT NULL AND secret_key IS NOT NULL";

    @Override
    public Optional<ApiKeys> keys(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(KEYS)
                        .bind("id", id)
                        .map((row, context) -> new ApiKeys(row.getString("api_key"), row.getString("secret_key")))
                        .findOne())
                .map(found -> new ApiKeys(found.apiKey(), opened(id, found.secretKey())));
    }

    private String opened(long userId, String sealed) {
        return secrets.open(SecretPlace.ofUserKey(userId), sealed);
    }

    private static final String COLUMNS =
            "uuid, username, password, account_id, firstname, lastname, email, state, timezone, created)";
    private static final String VALUES =
            ":uuid, :username, :password, :accountId, :firstname, :lastname, :email," + " :state, :timezone, :created)";

    @Override
    public User add(User user, String passwordHash) {
        return database.jdbi().withHandle(handle -> {
            boolean chosen = user.id() != 0;
            Update insert = values(
                            handle.createUpdate(
                                    chosen
                                            ? "INSERT INTO user (id, " + COLUMNS + " VALUES (:id, " + VALUES
                                            : "INSERT INTO user (" + COLUMNS + " VALUES (" + VALUES),
                            user)
                    .bind("uuid", user.uuid())
                    .bind("password", passwordHash)
                    .bind("accountId", user.accountId())
                    .bind("created", user.created());
            long id = user.id();
            if (chosen) {
                insert.bind("id", id).execute();
            } else {
                id = insert.executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one();
            }
            return new User(
                    id,
                    user.uuid(),
                    user.username(),
                    user.accountId(),
                    user.firstname(),
                    user.lastname(),
                    user.email(),
                    user.state(),
                    null,
                    user.timezone(),
                    Database.stored(user.created()),
                    null);
        });
    }

    private static final String UPDATE = "UPDATE user SET username = :username, firstname = :firstname,"
            + " lastname = :lastname, email = :email, timezone = :timezone, state = :state"
            + " WHERE id = :id AND removed IS NULL";

    @Override
    public void update(User user) {
        database.jdbi()
                .useHandle(handle -> values(handle.createUpdate(UPDATE), user)
                        .bind("id", user.id())
                        .execute());
    }

    private static Update values(Update statement, User user) {
        return statement
                .bind("username", user.username())
                .bind("firstname", user.firstname())
                .bind("lastname", user.lastname())
                .bind("email", user.email())
                .bind("timezone", user.timezone())
                .bind("state", user.state());
    }

    @Override
    public void setPassword(long id, String passwordHash) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(
                                "UPDATE user SET password = :password WHERE id = :id AND removed IS NULL")
                        .bind("password", passwordHash)
                        .bind("id", id)
                        .execute());
    }

    @Override
    public void setKeys(long id, ApiKeys keys) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE user SET api_key = :apiKey, secret_key = :secretKey"
                                + " WHERE id = :id AND removed IS NULL")
                        .bind("apiKey", keys.apiKey())
                        .bind("secretKey", secrets.seal(SecretPlace.ofUserKey(id), keys.secretKey()))
                        .bind("id", id)
                        .execute());
    }

    @Override
    public boolean remove(long id, Instant when) {
        return database.jdbi()
                        .withHandle(handle -> handle.createUpdate("UPDATE user SET removed = :when, api_key = NULL,"
                                        + " secret_key = NULL WHERE id = :id AND removed IS NULL")
                                .bind("when", when)
                                .bind("id", id)
                                .execute())
                == 1;
    }
}
