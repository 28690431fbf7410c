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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.ListedProject;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.identity.ProjectFilter;
import org.cloudstackbackup.framework.identity.ProjectMember;
import org.cloudstackbackup.framework.identity.ProjectRole;
import org.cloudstackbackup.framework.identity.ProjectState;
import org.cloudstackbackup.framework.identity.Projects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Projects in tables {@code projects} and {@code project_account}. */
public final class JdbcProjectStore implements Projects {
    private static final String COLUMNS = "p.id AS p_id, p.uuid AS p_uuid, p.name AS p_name,"
            + " p.display_text AS p_display_text, p.project_account_id AS p_account_id, p.domain_id AS p_domain_id,"
            + " p.state AS p_state, p.created AS p_created, p.removed AS p_removed";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM projects p WHERE ";

    private final Database database;

    public JdbcProjectStore(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public Optional<Project> find(long id) {
        return one("p.id = :id", Map.of("id", id));
    }

    @Override
    public Optional<Project> findByUuid(String uuid) {
        return one("p.uuid = :uuid", Map.of("uuid", uuid));
    }

    @Override
    public Optional<Project> findByName(String name, long domainId) {
        return one(
                "p.removed IS NULL AND p.domain_id = :domain AND LOWER(p.name) = LOWER(:name)",
                Map.of("domain", domainId, "name", name));
    }

    @Override
    public Optional<Project> lock(long id) {
        return one("p.id = :id FOR UPDATE", Map.of("id", id));
    }

    private Optional<Project> one(String condition, Map<String, ?> bindings) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + condition)
                        .bindMap(bindings)
                        .map(JdbcProjectStore::project)
                        .findOne());
    }

    private static final String OWNER = "SELECT p.project_account_id, p.domain_id, d.path FROM projects p"
            + " JOIN domain d ON d.id = p.domain_id WHERE p.id = :id";

    @Override
    public Optional<Owner> owner(long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(OWNER)
                        .bind("id", id)
                        .map((row, context) -> new Owner(
                                row.getLong("project_account_id"), row.getLong("domain_id"), row.getString("path")))
                        .findOne());
    }

    private static final String ACCOUNTS_OF = "SELECT m.project_account_id FROM project_account m"
            + " JOIN projects p ON p.id = m.project_id WHERE m.account_id = :member AND p.removed IS NULL";

    @Override
    public Set<Long> accountsOf(long memberId) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(ACCOUNTS_OF).bind("member", memberId).mapTo(Long.class).stream()
                                .collect(Collectors.toUnmodifiableSet()));
    }

    private static final String FROM = " FROM projects p JOIN domain d ON d.id = p.domain_id";
    private static final String LISTED = "SELECT " + COLUMNS + ", " + IdentityRows.DOMAIN
            + ", a.account_name AS account_name" + FROM + " JOIN account a ON a.id = p.project_account_id";

    @Override
    public Page<ListedProject> page(ProjectFilter filter, PageRequest page) {
        Conditions conditions = conditions(filter);
        return database.jdbi().withHandle(handle -> {
            long total = handle.createQuery("SELECT COUNT(*)" + FROM + conditions.where())
                    .bindMap(conditions.bindings())
                    .mapTo(Long.class)
                    .one();
            List<ListedProject> bare = handle.createQuery(
                            LISTED + conditions.where() + " ORDER BY p.id LIMIT :limit OFFSET :offset")
                    .bindMap(conditions.bindings())
                    .bind("limit", page.limit())
                    .bind("offset", page.offset())
                    .map((row, context) -> new ListedProject(
                            project(row, context), IdentityRows.domain(row), row.getString("account_name"), List.of()))
                    .list();
            return new Page<>(withAdmins(handle, bare), total);
        });
    }

    private static Conditions conditions(ProjectFilter filter) {
        ProjectState state = filter.state();
        String keyword = filter.keyword();
        return new Conditions()
                .and("p.removed IS NULL")
                .andIf(
                        filter.treePath().equals("/") ? null : OwnerScopeSql.startingWith(filter.treePath()),
                        "d.path LIKE :treePath ESCAPE '!'",
                        "treePath")
                .andIf(filter.domainId(), "p.domain_id = :domainId", "domainId")
                .andIf(
                        filter.memberId(),
                        "p.id IN (SELECT m.project_id FROM project_account m WHERE m.account_id = :memberId)",
                        "memberId")
                .andIf(filter.id(), "p.id = :id", "id")
                .andIf(filter.name(), "LOWER(p.name) = LOWER(:name)", "name")
                .andIf(filter.displayText(), "LOWER(p.display_text) = LOWER(:displayText)", "displayText")
                .andIf(state == null ? null : state.name(), "p.state = :state", "state")
                .andIf(
                        InventoryPages.pattern(keyword),
                        "(LOWER(p.name) LIKE LOWER(:keyword) ESCAPE '!'"
                                + " OR LOWER(p.display_text) LIKE LOWER(:keyword) ESCAPE '!')",
                        "keyword");
    }

    private static final String ADMINS = "SELECT " + IdentityRows.ACCOUNT + ", m.project_id AS m_project_id"
            + " FROM project_account m JOIN account a ON a.id = m.account_id"
            + " WHERE m.project_id IN (<projects>) AND m.account_role = 'Admin' ORDER BY m.id";

    private static List<ListedProject> withAdmins(Handle handle, List<ListedProject> bare) {
        if (bare.isEmpty()) {
            return bare;
        }
        Map<Long, List<Account>> admins = new HashMap<>();
        handle.createQuery(ADMINS)
                .bindList(
                        "projects",
                        bare.stream().map(listed -> listed.project().id()).toList())
                .map((row, context) -> Map.entry(row.getLong("m_project_id"), IdentityRows.account(row)))
                .forEach(found -> admins.computeIfAbsent(found.getKey(), id -> new java.util.ArrayList<>())
                        .add(found.getValue()));
        return bare.stream()
                .map(listed -> new ListedProject(
                        listed.project(),
                        listed.domain(),
                        listed.accountName(),
                        admins.getOrDefault(listed.project().id(), List.of())))
                .toList();
    }

    private static final String INSERT = "INSERT INTO projects (uuid, name, display_text, project_account_id,"
            + " domain_id, state, created) VALUES (:uuid, :name, :text, :account, :domain, :state, :created)";

    @Override
    public Project add(Project project) {
        long id = database.jdbi()
                .withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("uuid", project.uuid())
                        .bind("name", project.name())
                        .bind("text", project.displayText())
                        .bind("account", project.accountId())
                        .bind("domain", project.domainId())
                        .bind("state", project.state().name())
                        .bind("created", project.created())
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one());
        return find(id).orElseThrow();
    }

    @Override
    public void update(Project project) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE projects SET name = :name, display_text = :text,"
                                + " state = :state WHERE id = :id AND removed IS NULL")
                        .bind("name", project.name())
                        .bind("text", project.displayText())
                        .bind("state", project.state().name())
                        .bind("id", project.id())
                        .execute());
    }

    @Override
    public boolean remove(long id, Instant when) {
        return database.jdbi().inTransaction(handle -> {
            boolean removed =
                    handle.createUpdate("UPDATE projects SET removed = :when WHERE id = :id AND removed IS NULL")
                                    .bind("when", when)
                                    .bind("id", id)
                                    .execute()
                            == 1;
            handle.createUpdate("DELETE FROM project_account WHERE project_id = :id")
                    .bind("id", id)
                    .execute();
            return removed;
        });
    }

    @Override
    public Optional<ProjectRole> roleOf(long id, long memberId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT account_role FROM project_account"
                                + " WHERE project_id = :id AND account_id = :member")
                        .bind("id", id)
                        .bind("member", memberId)
                        .mapTo(String.class)
                        .findOne())
                .map(JdbcProjectStore::role);
    }

    private static final String MEMBERS = " FROM project_account m JOIN account a ON a.id = m.account_id";

    @Override
    public Page<ProjectMember> members(
            long id, @Nullable ProjectRole role, @Nullable String keyword, PageRequest page) {
        Conditions conditions = new Conditions()
                .and("a.removed IS NULL")
                .andIf(id, "m.project_id = :id", "id")
                .andIf(role == null ? null : role.wireName(), "m.account_role = :role", "role")
                .andIf(
                        InventoryPages.pattern(keyword),
                        "LOWER(a.account_name) LIKE LOWER(:keyword) ESCAPE '!'",
                        "keyword");
        return database.jdbi()
                .withHandle(handle -> InventoryPages.page(
                        handle,
                        IdentityRows.ACCOUNT + ", m.account_role AS m_role",
                        MEMBERS,
                        "",
                        conditions,
                        "m.id",
                        page,
                        (row, context) -> new ProjectMember(IdentityRows.account(row), role(row.getString("m_role")))));
    }

    private static final String LED_ALONE = SELECT + "p.removed IS NULL AND EXISTS (SELECT 1 FROM project_account m"
            + " WHERE m.project_id = p.id AND m.account_id = :member AND m.account_role = 'Admin')"
            + " AND NOT EXISTS (SELECT 1 FROM project_account o"
            + " WHERE o.project_id = p.id AND o.account_id <> :member AND o.account_role = 'Admin') ORDER BY p.id";

    @Override
    public List<Project> ledAlone(long memberId) {
        return database.jdbi().withHandle(handle -> {
            Query query = handle.createQuery(LED_ALONE).bind("member", memberId);
            return query.map(JdbcProjectStore::project).list();
        });
    }

    @Override
    public void join(Project project, long memberId, ProjectRole role, Instant when) {
        database.jdbi().useTransaction(handle -> {
            int changed = handle.createUpdate("UPDATE project_account SET account_role = :role"
                            + " WHERE project_id = :project AND account_id = :member")
                    .bind("role", role.wireName())
                    .bind("project", project.id())
                    .bind("member", memberId)
                    .execute();
            if (changed == 0) {
                insert(handle, project, memberId, role, when);
            }
        });
    }

    private static void insert(Handle handle, Project project, long memberId, ProjectRole role, Instant when) {
        handle.createUpdate("INSERT INTO project_account (account_id, account_role, project_id, project_account_id,"
                        + " created) VALUES (:member, :role, :project, :account, :created)")
                .bind("member", memberId)
                .bind("role", role.wireName())
                .bind("project", project.id())
                .bind("account", project.accountId())
                .bind("created", when)
                .execute();
    }

    @Override
    public boolean leave(long id, long memberId) {
        return database.jdbi()
                        .withHandle(handle -> handle.createUpdate(
                                        "DELETE FROM project_account WHERE project_id = :id AND account_id = :member")
                                .bind("id", id)
                                .bind("member", memberId)
                                .execute())
                == 1;
    }

    @Override
    public void leaveAll(long memberId) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("DELETE FROM project_account WHERE account_id = :member")
                        .bind("member", memberId)
                        .execute());
    }

    private static Project project(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        return new Project(
                row.getLong("p_id"),
                row.getString("p_uuid"),
                row.getString("p_name"),
                row.getString("p_display_text"),
                row.getLong("p_account_id"),
                row.getLong("p_domain_id"),
                ProjectState.valueOf(row.getString("p_state")),
                rows.instant("p_created"),
                rows.maybeInstant("p_removed"));
    }

    private static ProjectRole role(String name) {
        return ProjectRole.ofWireName(name)
                .orElseThrow(() -> new IllegalStateException("Unknown project role " + name));
    }
}
