/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.AccountFilter;
import org.cloudstackbackup.framework.identity.Accounts;
import org.cloudstackbackup.framework.identity.ListedAccount;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.User;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Accounts in table {@code account}. */
public final class JdbcAccountStore implements Accounts {
    private static final String SELECT = "SELECT " + IdentityRows.ACCOUNT + " FROM account a WHERE ";

    private final Database database;
    private final CountRows counts = new CountRows();

    public JdbcAccountStore(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<Account> find(long id) {
        return database.jdbi()
                .withHandle(
                        handle -> one(handle.createQuery(SELECT + "a.id = :id").bind("id", id)));
    }

    @Override
    public Optional<Account> findByUuid(String uuid) {
        return database.jdbi()
                .withHandle(handle ->
                        one(handle.createQuery(SELECT + "a.uuid = :uuid").bind("uuid", uuid)));
    }

    @Override
    public Optional<Account> findByName(String name, long domainId) {
        return database.jdbi()
                .withHandle(handle -> one(handle.createQuery(
                                SELECT
                                        + "a.domain_id = :domainId AND LOWER(a.account_name) = LOWER(:name) AND a.removed IS NULL")
                        .bind("domainId", domainId)
                        .bind("name", name)));
    }

    private static Optional<Account> one(Query query) {
        return query.map((row, context) -> IdentityRows.account(row)).findOne();
    }

    @Override
    public Optional<Owner> owner(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT d.id, d.path FROM account a"
                                + " JOIN domain d ON d.id = a.domain_id WHERE a.id = :id")
                        .bind("id", id)
                        .map((row, context) -> new Owner(id, row.getLong("id"), row.getString("path")))
                        .findOne());
    }

    private static final String LISTED =
            "SELECT " + IdentityRows.ACCOUNT + ", " + IdentityRows.DOMAIN + ", " + IdentityRows.ROLE;

    @Override
    public Optional<ListedAccount> describe(long id) {
        Conditions conditions = new Conditions().and("a.removed IS NULL").andIf(id, "a.id = :id", "id");
        return database.jdbi()
                .withHandle(handle ->
                        listed(handle, conditions, PageRequest.ALL).stream().findFirst());
    }

    @Override
    public Page<ListedAccount> page(AccountFilter filter, PageRequest page) {
        Conditions conditions = conditions(filter);
        return database.jdbi().withHandle(handle -> {
            long total = handle.createQuery("SELECT COUNT(*) FROM account a" + conditions.where())
                    .bindMap(conditions.bindings())
                    .mapTo(Long.class)
                    .one();
            return new Page<>(listed(handle, conditions, page), total);
        });
    }

    private static Conditions conditions(AccountFilter filter) {
        String keyword = filter.keyword();
        return new Conditions()
                .and("a.removed IS NULL")
                .and("a.id <> " + Account.SYSTEM_ID)
                .and("a.type <> " + Account.PROJECT_TYPE)
                .and(OwnerScopeSql.of(filter.scope(), "a.id", "a.domain_id"))
                .andIf(filter.id(), "a.id = :id", "id")
                .andIf(filter.name(), "LOWER(a.account_name) = LOWER(:name)", "name")
                .andIf(filter.type(), "a.type = :type", "type")
                .andIf(filter.state(), "a.state = :state", "state")
                .andIf(
                        keyword == null ? null : OwnerScopeSql.containing(keyword),
                        "LOWER(a.account_name) LIKE LOWER(:keyword) ESCAPE '!'",
                        "keyword");
    }

    private static List<ListedAccount> listed(Handle handle, Conditions conditions, PageRequest page) {
        List<ListedAccount> bare = handle.createQuery(LISTED + IdentityRows.ACCOUNT_JOINS + conditions.where()
                        + " ORDER BY a.id LIMIT :limit OFFSET :offset")
                .bindMap(conditions.bindings())
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((row, context) -> new ListedAccount(
                        IdentityRows.account(row), IdentityRows.domain(row), IdentityRows.role(row), List.of()))
                .list();
        Map<Long, List<User>> users =
                users(handle, bare.stream().map(listed -> listed.account().id()).toList());
        return bare.stream()
                .map(listed -> new ListedAccount(
                        listed.account(),
                        listed.domain(),
                        listed.role(),
                        users.getOrDefault(listed.account().id(), List.of())))
                .toList();
    }

    private static Map<Long, List<User>> users(Handle handle, List<Long> accounts) {
        if (accounts.isEmpty()) {
            return new HashMap<>();
        }
        return handle
                .createQuery("SELECT " + IdentityRows.USER
                        + " FROM user u WHERE u.removed IS NULL AND u.account_id IN (<accounts>) ORDER BY u.id")
                .bindList("accounts", accounts)
                .map((row, context) -> IdentityRows.user(row))
                .stream()
                .collect(Collectors.groupingBy(User::accountId));
    }

    private static final String HOLDINGS = "SELECT"
            + " (SELECT COUNT(*) FROM vm_instance WHERE account_id = :id AND removed IS NULL) AS vms,"
            + " (SELECT COUNT(*) FROM volumes WHERE account_id = :id AND removed IS NULL) AS volumes,"
            + " (SELECT COUNT(*) FROM backups WHERE account_id = :id AND removed IS NULL) AS backups";

    @Override
    public Holdings holdings(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(HOLDINGS)
                        .bind("id", id)
                        .map((row, context) ->
                                new Holdings(row.getLong("vms"), row.getLong("volumes"), row.getLong("backups")))
                        .one());
    }

    private static final String COLUMNS = "uuid, account_name, type, role_id, domain_id, state, created)";
    private static final String VALUES = ":uuid, :name, :type, :roleId, :domainId, :state, :created)";

    @Override
    public Account add(Account account) {
        return database.jdbi().inTransaction(handle -> {
            boolean chosen = account.id() != 0;
            Update insert = handle.createUpdate(
                            chosen
                                    ? "INSERT INTO account (id, " + COLUMNS + " VALUES (:id, " + VALUES
                                    : "INSERT INTO account (" + COLUMNS + " VALUES (" + VALUES)
                    .bind("uuid", account.uuid())
                    .bind("name", account.name())
                    .bind("type", account.type())
                    .bind("roleId", account.roleId())
                    .bind("domainId", account.domainId())
                    .bind("state", account.state())
                    .bind("created", account.created());
            long id = account.id();
            if (chosen) {
                insert.bind("id", id).execute();
            } else {
                id = insert.executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one();
            }
            counts.create(handle, OwnerKey.account(id));
            return new Account(
                    id,
                    account.uuid(),
                    account.name(),
                    account.type(),
                    account.roleId(),
                    account.domainId(),
                    account.state(),
                    Database.stored(account.created()),
                    null);
        });
    }

    private static final String UPDATE = "UPDATE account SET account_name = :name, type = :type, role_id = :roleId,"
            + " state = :state WHERE id = :id AND removed IS NULL";

    @Override
    public void update(Account account) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(UPDATE)
                        .bind("name", account.name())
                        .bind("type", account.type())
                        .bind("roleId", account.roleId())
                        .bind("state", account.state())
                        .bind("id", account.id())
                        .execute());
    }

    @Override
    public boolean remove(long id, Instant when) {
        return database.jdbi()
                        .withHandle(handle -> handle.createUpdate(
                                        "UPDATE account SET removed = :when WHERE id = :id AND removed IS NULL")
                                .bind("when", when)
                                .bind("id", id)
                                .execute())
                == 1;
    }
}
