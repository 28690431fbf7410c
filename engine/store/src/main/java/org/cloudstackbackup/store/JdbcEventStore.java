/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.event.EventLog;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.identity.Owner;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Events in table {@code event}. */
public final class JdbcEventStore implements Events, EventLog {
    private static final int MAX_DESCRIPTION = 1024;
    /** The newest backups of a VM, whose events are listed with the VM's own. */
    private static final int MOST_BACKUPS = 1000;

    private static final String INSERT = """
            INSERT INTO event (uuid, type, state, level, description, user_id, account_id, domain_id, resource_id,
                               resource_uuid, resource_type, resource_name, start_id, created)
            VALUES (:uuid, :type, :state, :level, :description, :user, :account, :domain, :resourceId,
                    :resourceUuid, :resourceType, :resourceName, :startId, :created)""";
    private static final String FROM = """
              FROM event e
              JOIN user u ON u.id = e.user_id
              JOIN account a ON a.id = e.account_id
              LEFT JOIN projects p ON p.project_account_id = e.account_id
              JOIN domain d ON d.id = e.domain_id
              LEFT JOIN event s ON s.id = e.start_id
             WHERE\s""";
    private static final String COLUMNS = """
            SELECT e.uuid, e.type, e.level, e.state, e.description, u.username, a.account_name, p.uuid AS project_uuid, p.name AS project_name,
                   d.uuid AS domain_uuid,
                   d.name AS domain_name, d.path AS domain_path, e.resource_uuid, e.resource_type, e.resource_name,
                   s.uuid AS start_uuid, e.archived, e.created
            """;
    /** Most events do not name the one that they follow; what is about the same object tells its end as well. */
    private static final String HAS_NOT_ENDED = """
            e.state IN ('Scheduled', 'Started') AND e.created >= :pendingFrom AND e.created <= :pendingUntil
            AND NOT EXISTS (SELECT 1 FROM event c
                             WHERE c.resource_uuid = e.resource_uuid AND c.type = e.type AND c.id > e.id
                               AND c.state = 'Completed')""";

    private final Jdbi jdbi;
    private final Clock clock;

    public JdbcEventStore(Database database, Clock clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    @Override
    public long record(NewEvent event) {
        return jdbi.withHandle(handle -> handle.createUpdate(INSERT)
                .bindMap(values(event))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void recordAll(List<NewEvent> events) {
        if (!events.isEmpty()) {
            jdbi.useHandle(handle -> {
                PreparedBatch batch = handle.prepareBatch(INSERT);
                events.forEach(event -> batch.bindMap(values(event)).add());
                batch.execute();
            });
        }
    }

    private Map<String, @Nullable Object> values(NewEvent event) {
        String description = event.description();
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("uuid", UUID.randomUUID().toString());
        values.put("type", event.type());
        values.put("state", event.state().name());
        values.put("level", event.level().name());
        values.put(
                "description",
                description.length() <= MAX_DESCRIPTION
                        ? description
                        : description.substring(0, MAX_DESCRIPTION - 3) + "...");
        values.put("user", event.userId());
        values.put("account", event.owner().accountId());
        values.put("domain", event.owner().domainId());
        values.put("resourceId", event.resourceId());
        values.put("resourceUuid", event.resourceUuid());
        values.put("resourceType", event.resourceType());
        values.put("resourceName", event.resourceName());
        values.put("startId", event.startId());
        values.put("created", clock.instant());
        return values;
    }

    @Override
    public Page<Entry> list(Filter filter, PageRequest page) {
        OwnerScopeSql owned = OwnerScopeSql.of(filter.scope(), "e");
        Map<String, Object> bindings = new HashMap<>(owned.bindings());
        StringBuilder where = new StringBuilder(owned.condition());
        restrict(where, bindings, "e.uuid = :uuid", "uuid", filter.uuid());
        restrict(where, bindings, "e.type = :type", "type", filter.type());
        Level level = filter.level();
        restrict(where, bindings, "e.level = :level", "level", level == null ? null : level.name());
        restrict(where, bindings, "e.created >= :from", "from", filter.from());
        restrict(where, bindings, "e.created <= :until", "until", filter.until());
        restrict(where, bindings, "(s.uuid = :startUuid OR e.uuid = :startUuid)", "startUuid", filter.startUuid());
        String resource = filter.resourceUuid();
        List<String> backups = resource == null || !mayBeVm(filter.resourceType()) ? List.of() : backupsOf(resource);
        restrict(
                where,
                bindings,
                backups.isEmpty()
                        ? "e.resource_uuid = :resourceUuid"
                        : "(e.resource_uuid = :resourceUuid OR e.resource_uuid IN (<backups>))",
                "resourceUuid",
                resource);
        restrict(
                where,
                bindings,
                backups.isEmpty()
                        ? "e.resource_type = :resourceType"
                        : "(e.resource_type = :resourceType OR e.resource_type = 'Backup')",
                "resourceType",
                filter.resourceType());
        restrict(where, bindings, "e.archived = :archived", "archived", filter.archived());
        Pending pending = filter.pending();
        if (pending != null) {
            restrict(where, bindings, HAS_NOT_ENDED, "pendingFrom", pending.from());
            bindings.put("pendingUntil", pending.until());
        }
        String keyword = filter.keyword();
        restrict(
                where,
                bindings,
                "(LOWER(e.description) LIKE :keyword ESCAPE '!' OR LOWER(e.type) LIKE :keyword ESCAPE '!'"
                        + " OR LOWER(u.username) LIKE :keyword ESCAPE '!')",
                "keyword",
                keyword == null ? null : OwnerScopeSql.containing(keyword.toLowerCase(Locale.ROOT)));
        return jdbi.withHandle(handle -> new Page<>(
                bound(
                                handle.createQuery(
                                        COLUMNS + FROM + where + " ORDER BY e.id DESC LIMIT :limit OFFSET :offset"),
                                bindings,
                                backups)
                        .bind("limit", page.limit())
                        .bind("offset", page.offset())
                        .map((row, context) -> entry(row))
                        .list(),
                bound(handle.createQuery("SELECT COUNT(*)" + FROM + where), bindings, backups)
                        .mapTo(Long.class)
                        .one()));
    }

    private static Query bound(Query query, Map<String, Object> bindings, List<String> backups) {
        query.bindMap(bindings);
        return backups.isEmpty() ? query : query.bindList("backups", backups);
    }

    private static boolean mayBeVm(@Nullable String resourceType) {
        return resourceType == null || resourceType.equals("VirtualMachine");
    }

    /** What is told of a VM's backups is told of the VM as well. */
    private List<String> backupsOf(String vmUuid) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT b.uuid FROM backups b"
                        + " JOIN vm_instance v ON v.id = b.vm_id WHERE v.uuid = :vm ORDER BY b.id DESC LIMIT :most")
                .bind("vm", vmUuid)
                .bind("most", MOST_BACKUPS)
                .mapTo(String.class)
                .list());
    }

    @Override
    public int deleteOlderThan(Instant before, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM event WHERE created < :before LIMIT :limit")
                .bind("before", before)
                .bind("limit", limit)
                .execute());
    }

    @Override
    public Optional<Found> find(String uuid) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT e.id, e.account_id, e.domain_id, d.path"
                        + " FROM event e JOIN domain d ON d.id = e.domain_id WHERE e.uuid = :uuid")
                .bind("uuid", uuid)
                .map((row, context) -> new Found(
                        row.getLong("id"),
                        new Owner(row.getLong("account_id"), row.getLong("domain_id"), row.getString("path"))))
                .findOne());
    }

    @Override
    public void archive(Selection selection) {
        change("UPDATE event SET archived = TRUE", "archived = FALSE", selection);
    }

    @Override
    public void delete(Selection selection) {
        change("DELETE FROM event", "1 = 1", selection);
    }

    private void change(String statement, String condition, Selection selection) {
        List<Long> ids = selection.ids();
        if (ids != null && ids.isEmpty()) {
            return;
        }
        Conditions conditions = new Conditions()
                .and(condition)
                .and(OwnerScopeSql.of(selection.scope(), "account_id", "domain_id"))
                .andIf(selection.type(), "type = :type", "type")
                .andIf(selection.from(), "created >= :from", "from")
                .andIf(selection.until(), "created <= :until", "until");
        if (ids != null) {
            conditions.and("id IN (<ids>)");
        }
        jdbi.useHandle(handle -> {
            Update update = handle.createUpdate(statement + conditions.where()).bindMap(conditions.bindings());
            if (ids != null) {
                update.bindList("ids", ids);
            }
            update.execute();
        });
    }

    private static void restrict(
            StringBuilder where, Map<String, Object> bindings, String condition, String name, @Nullable Object value) {
        if (value != null) {
            where.append(" AND ").append(condition);
            bindings.put(name, value);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Instant created = row.getObject("created", LocalDateTime.class).toInstant(ZoneOffset.UTC);
        return new Entry(
                row.getString("uuid"),
                row.getString("type"),
                Level.valueOf(row.getString("level")),
                State.valueOf(row.getString("state")),
                row.getString("description"),
                row.getString("username"),
                row.getString("account_name"),
                row.getString("project_uuid"),
                row.getString("project_name"),
                row.getString("domain_uuid"),
                row.getString("domain_name"),
                row.getString("domain_path"),
                row.getString("resource_uuid"),
                row.getString("resource_type"),
                row.getString("resource_name"),
                row.getString("start_uuid"),
                row.getBoolean("archived"),
                created);
    }
}
