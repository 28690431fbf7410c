/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import com.google.gson.Gson;
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
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.job.Job;
import org.cloudstackbackup.framework.job.JobStore;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Jobs in table {@code async_job}. */
public final class JdbcJobStore implements JobStore {
    private static final int MAX_MESSAGE = 1024;
    private static final Gson GSON = new Gson();
    private static final String INSERT = """
            INSERT IGNORE INTO async_job (uuid, user_id, account_id, domain_id, job_cmd, job_cmd_info, job_deferred, instance_type,
                                          instance_id, instance_uuid, job_init_msid, created, last_updated)
            SELECT :uuid, :user, a.id, a.domain_id, :class, :info, :deferred, :instanceType, :entityId, :entityUuid, :node, :now,
                   :now
              FROM account a
             WHERE a.id = :account""";
    private static final String INSERT_MANY = """
            INSERT INTO async_job (uuid, user_id, account_id, domain_id, job_cmd, job_cmd_info, job_deferred, instance_type,
                                   instance_id, instance_uuid, job_init_msid, created, last_updated) VALUES""";
    private static final String MANY_ROW =
            "(?, ?, ?, (SELECT a.domain_id FROM account a WHERE a.id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final List<String> MANY_VALUES = List.of(
            "uuid",
            "user",
            "account",
            "account",
            "class",
            "info",
            "deferred",
            "instanceType",
            "entityId",
            "entityUuid",
            "node",
            "now",
            "now");
    private static final String SELECT = """
            SELECT j.*, d.path AS domain_path, d.uuid AS domain_uuid, a.uuid AS account_uuid, a.account_name,
                   u.uuid AS user_uuid, m.name AS node_name
              FROM async_job j
              JOIN account a ON a.id = j.account_id
              JOIN domain d ON d.id = j.domain_id
              JOIN user u ON u.id = j.user_id
              LEFT JOIN mshost m ON m.uuid = COALESCE(j.job_complete_msid, j.job_init_msid)
             WHERE\s""";
    private static final String END = """
            UPDATE async_job
               SET job_status = :status, job_result_code = :code, job_result = :result, job_complete_msid = :node,
                   job_cmd_info = :info, job_process_status = CASE WHEN :status = 1 THEN 100 ELSE job_process_status END,
                   last_updated = :now, removed = :now
             WHERE id = :id AND job_status = 0""";

    private final Jdbi jdbi;
    private final Clock clock;

    public JdbcJobStore(Database database, Clock clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    @Override
    public Optional<Job> add(NewJob job) {
        int added = jdbi.withHandle(handle ->
                handle.createUpdate(INSERT).bindMap(values(job, false)).execute());
        return added == 0 ? Optional.empty() : findByUuid(job.uuid());
    }

    @Override
    public Map<String, Long> addDeferred(List<NewJob> jobs) {
        if (jobs.isEmpty()) {
            return Map.of();
        }
        return jdbi.inTransaction(handle -> {
            ManyRows.insert(
                    handle,
                    INSERT_MANY,
                    MANY_ROW,
                    jobs.stream().map(this::deferredRow).toList());
            return handle.createQuery("SELECT id, uuid FROM async_job WHERE uuid IN (<uuids>)")
                    .bindList("uuids", jobs.stream().map(NewJob::uuid).toList())
                    .map((row, context) -> Map.entry(row.getString("uuid"), row.getLong("id")))
                    .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
        });
    }

    private List<@Nullable Object> deferredRow(NewJob job) {
        Map<String, Object> values = values(job, true);
        return MANY_VALUES.stream().<@Nullable Object>map(values::get).toList();
    }

    private Map<String, Object> values(NewJob job, boolean deferred) {
        Info info = new Info(job.commandName(), job.params(), job.eventType(), job.eventDescription());
        Map<String, Object> values = new HashMap<>();
        values.put("uuid", job.uuid());
        values.put("user", job.userId());
        values.put("account", job.accountId());
        values.put("class", job.className());
        values.put("info", GSON.toJson(info));
        values.put("deferred", deferred);
        values.put("instanceType", job.instanceType());
        values.put("entityId", job.entityId());
        values.put("entityUuid", job.entityUuid());
        values.put("node", job.node());
        values.put("now", clock.instant());
        return values;
    }

    @Override
    public Optional<Job> find(long id) {
        return one("j.id = :key", id).map(Entry::job);
    }

    @Override
    public Optional<Job> findByUuid(String uuid) {
        return entry(uuid).map(Entry::job);
    }

    @Override
    public Optional<Entry> entry(String uuid) {
        return one("j.uuid = :key", uuid);
    }

    @Override
    public List<String> pending(Instant createdBefore, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT uuid FROM async_job WHERE removed IS NULL"
                        + " AND job_status = 0 AND job_deferred = FALSE AND created < :before ORDER BY id LIMIT :limit")
                .bind("before", createdBefore)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
    }

    @Override
    public Page<Entry> list(OwnerScope scope, @Nullable Instant from, @Nullable String keyword, PageRequest page) {
        OwnerScopeSql owned = OwnerScopeSql.of(scope, "j");
        Map<String, Object> bindings = new HashMap<>(owned.bindings());
        StringBuilder where = new StringBuilder(owned.condition());
        if (from != null) {
            where.append(" AND j.created >= :from");
            bindings.put("from", from);
        }
        if (keyword != null) {
            where.append(" AND LOWER(j.job_cmd) LIKE :keyword ESCAPE '!'");
            bindings.put("keyword", OwnerScopeSql.containing(keyword.toLowerCase(Locale.ROOT)));
        }
        return jdbi.withHandle(handle -> new Page<>(
                handle.createQuery(SELECT + where + " ORDER BY j.id DESC LIMIT :limit OFFSET :offset")
                        .bindMap(bindings)
                        .bind("limit", page.limit())
                        .bind("offset", page.offset())
                        .map((row, context) -> entry(row))
                        .list(),
                handle.createQuery("SELECT COUNT(*) FROM async_job j WHERE " + where)
                        .bindMap(bindings)
                        .mapTo(Long.class)
                        .one()));
    }

    @Override
    public void progress(long id, @Nullable Integer percent, String message) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE async_job SET job_process_status ="
                        + " COALESCE(:percent, job_process_status), job_progress_text = :message, last_updated = :now"
                        + " WHERE id = :id AND job_status = 0")
                .bind("percent", percent)
                .bind("message", message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE))
                .bind("now", clock.instant())
                .bind("id", id)
                .execute());
    }

    @Override
    public void enter(long id) {
        jdbi.useHandle(
                handle -> handle.execute("UPDATE async_job SET job_executions = job_executions + 1 WHERE id = ?", id));
    }

    @Override
    public void leave(long id) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE async_job SET job_executions = job_executions - 1 WHERE id = ? AND job_executions > 0", id));
    }

    @Override
    public void begun(long id) {
        jdbi.useHandle(handle -> handle.execute("UPDATE async_job SET job_begun = TRUE WHERE id = ?", id));
    }

    @Override
    public void instance(long id, String type, long entityId, String entityUuid) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE async_job SET instance_type = ?, instance_id = ?, instance_uuid = ? WHERE id = ? AND job_status = 0",
                type,
                entityId,
                entityUuid,
                id));
    }

    @Override
    public void startEvent(long id, long eventId) {
        jdbi.useHandle(handle -> handle.execute("UPDATE async_job SET start_event_id = ? WHERE id = ?", eventId, id));
    }

    @Override
    public void defer(long id) {
        jdbi.useHandle(handle -> handle.execute("UPDATE async_job SET job_deferred = TRUE WHERE id = ?", id));
    }

    @Override
    public boolean end(long id, Job.Status status, int resultCode, String result, String node) {
        return jdbi.inTransaction(handle -> {
            Optional<Job> job = find(id);
            if (job.isEmpty()) {
                return false;
            }
            Info info = new Info(
                    job.get().commandName(),
                    Map.of(),
                    job.get().eventType(),
                    job.get().eventDescription());
            return handle.createUpdate(END)
                            .bind("status", status.code())
                            .bind("code", resultCode)
                            .bind("result", result)
                            .bind("node", node)
                            .bind("info", GSON.toJson(info))
                            .bind("now", clock.instant())
                            .bind("id", id)
                            .execute()
                    == 1;
        });
    }

    @Override
    public int removeEndedBefore(Instant instant) {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM async_job WHERE removed < :before")
                .bind("before", instant)
                .execute());
    }

    private Optional<Entry> one(String condition, Object key) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + condition)
                .bind("key", key)
                .map((row, context) -> entry(row))
                .findOne());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Info info = GSON.fromJson(row.getString("job_cmd_info"), Info.class);
        long entityId = row.getLong("instance_id");
        Long instance = row.wasNull() ? null : entityId;
        long eventId = row.getLong("start_event_id");
        Long startEvent = row.wasNull() ? null : eventId;
        String message = row.getString("job_progress_text");
        LocalDateTime ended = row.getObject("removed", LocalDateTime.class);
        Job job = new Job(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("user_id"),
                row.getLong("account_id"),
                info.command,
                row.getString("job_cmd"),
                info.params,
                Job.Status.ofCode(row.getInt("job_status")),
                row.getInt("job_process_status"),
                message == null ? "" : message,
                row.getInt("job_executions"),
                row.getBoolean("job_begun"),
                row.getInt("job_result_code"),
                row.getString("job_result"),
                row.getString("instance_type"),
                instance,
                row.getString("instance_uuid"),
                startEvent,
                info.eventType,
                info.eventDescription,
                row.getString("job_init_msid"),
                row.getString("job_complete_msid"),
                row.getObject("created", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getObject("last_updated", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                ended == null ? null : ended.toInstant(ZoneOffset.UTC));
        return new Entry(
                job,
                new Owner(row.getLong("account_id"), row.getLong("domain_id"), row.getString("domain_path")),
                row.getString("account_uuid"),
                row.getString("account_name"),
                row.getString("domain_uuid"),
                row.getString("user_uuid"),
                row.getString("node_name"));
    }

    /** What of a job is JSON in the database. */
    private record Info(
            String command,
            Map<String, String> params,
            @Nullable String eventType,
            @Nullable String eventDescription) {}
}
