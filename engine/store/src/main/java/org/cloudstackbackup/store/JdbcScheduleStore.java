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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.schedule.DueSchedule;
import org.cloudstackbackup.framework.schedule.EndedRun;
import org.cloudstackbackup.framework.schedule.IntervalType;
import org.cloudstackbackup.framework.schedule.ListedSchedule;
import org.cloudstackbackup.framework.schedule.Removal;
import org.cloudstackbackup.framework.schedule.Run;
import org.cloudstackbackup.framework.schedule.RunningBackups;
import org.cloudstackbackup.framework.schedule.Schedule;
import org.cloudstackbackup.framework.schedule.ScheduleStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Schedules in tables {@code backup_schedule}, {@code backup_schedule_run} and {@code backup_removal}. Safe for use by many threads. */
public final class JdbcScheduleStore implements ScheduleStore {
    private static final int MAX_TEXT = 1024;
    private static final String SCHEDULE = """
            s.id, s.uuid, s.vm_id, s.schedule_type, s.schedule, s.timezone, s.scheduled_timestamp, s.max_backups, s.quiescevm,
            s.slot, s.failures, s.skipped""";
    private static final String SELECT = "SELECT " + SCHEDULE + " FROM backup_schedule s WHERE ";
    private static final String INSERT = """
            INSERT INTO backup_schedule (uuid, vm_id, schedule_type, schedule, timezone, scheduled_timestamp, wake_at,
                                         first_slot, max_backups, quiescevm, account_id, domain_id)
            SELECT :uuid, v.id, :type, :times, :timezone, :next, :next, :next, :max, :quiesce, v.account_id, v.domain_id
              FROM vm_instance v
             WHERE v.id = :vm""";
    private static final String REWRITE = """
            UPDATE backup_schedule
               SET schedule = :times, timezone = :timezone, scheduled_timestamp = :next, wake_at = :next, first_slot = :next,
                   max_backups = :max, quiescevm = :quiesce, slot = NULL, failures = 0, skipped = NULL
             WHERE vm_id = :vm AND schedule_type = :type""";
    private static final String LISTED_FROM = " FROM backup_schedule s"
            + " JOIN vm_instance v ON v.id = s.vm_id AND v.removed IS NULL JOIN domain d ON d.id = v.domain_id";
    private static final String LISTED = "SELECT " + SCHEDULE
            + ", v.uuid AS vm_uuid, v.name AS vm_name, v.account_id AS vm_account, v.domain_id AS vm_domain,"
            + " d.path AS vm_path" + LISTED_FROM;
    private static final String DUE = "SELECT " + SCHEDULE + """
            , v.uuid AS vm_uuid, v.name AS vm_name, v.state AS vm_state, v.account_id AS vm_account, v.domain_id AS vm_domain,
            v.data_center_id AS vm_zone, d.path AS vm_path, a.state AS account_state, a.removed AS account_removed,
            o.id AS offering_id, o.name AS offering_name, o.provider AS offering_provider,
            o.user_driven_backup AS offering_user_driven, o.removed AS offering_removed, r.id AS run_id,
            (SELECT SUM(x.size) FROM volumes x
              WHERE x.instance_id = v.id AND x.removed IS NULL AND x.state NOT IN ('Destroy', 'Expunging', 'Expunged')) AS bytes
              FROM backup_schedule s
              LEFT JOIN vm_instance v ON v.id = s.vm_id AND v.removed IS NULL
              LEFT JOIN domain d ON d.id = v.domain_id
              LEFT JOIN account a ON a.id = v.account_id
              LEFT JOIN backup_offering o ON o.id = v.backup_offering_id
              LEFT JOIN backup_schedule_run r ON r.schedule_id = s.id
             WHERE s.id IN (<ids>)
             ORDER BY s.id""";
    private static final String UPDATE = """
            UPDATE backup_schedule
               SET scheduled_timestamp = :next, wake_at = :wake, slot = :slot, failures = :failures, skipped = :skipped
             WHERE id IN (<ids>)""";
    private static final String INSERT_RUNS = """
            INSERT INTO backup_schedule_run (schedule_id, backup_id, job_id, job_uuid, vm_id, zone_id, provider, slot, attempt,
                                             quiescevm, running, not_before) VALUES""";
    private static final String ENDED = """
            SELECT r.*, b.status AS backup_status, b.failure AS backup_failure
              FROM backup_schedule_run r
              LEFT JOIN backups b ON b.id = r.backup_id
             WHERE b.id IS NULL OR b.removed IS NOT NULL OR b.status NOT IN ('Allocated', 'Queued', 'BackingUp')
             ORDER BY r.id
             LIMIT :limit""";
    private static final String REMOVALS = """
            SELECT m.*, b.uuid AS backup_uuid, b.name AS backup_name, b.zone_id, b.removed
              FROM backup_removal m
              JOIN backups b ON b.id = m.backup_id
              LEFT JOIN backup_schedule s ON s.id = m.schedule_id
             WHERE\s""";

    private final Jdbi jdbi;

    public JdbcScheduleStore(Database database) {
        this.jdbi = database.jdbi();
    }

    @Override
    public Schedule put(NewSchedule schedule) {
        return jdbi.inTransaction(handle -> {
            // Two that add the same schedule at once would each hold what the other waits for, but for this lock.
            handle.createQuery("SELECT id FROM vm_instance WHERE id = :vm FOR UPDATE")
                    .bind("vm", schedule.vmId())
                    .mapTo(Long.class)
                    .findOne();
            if (rewritten(handle, schedule) == 0) {
                handle.createUpdate(INSERT)
                        .bindMap(values(schedule))
                        .bind("uuid", schedule.uuid())
                        .execute();
            }
            return handle.createQuery(SELECT + "s.vm_id = :vm AND s.schedule_type = :type")
                    .bind("vm", schedule.vmId())
                    .bind("type", schedule.type().number())
                    .map(JdbcScheduleStore::schedule)
                    .findOne()
                    .orElseThrow(
                            () -> new IllegalStateException("The schedule of VM " + schedule.vmId() + " vanished"));
        });
    }

    private static int rewritten(Handle handle, NewSchedule schedule) {
        return handle.createUpdate(REWRITE).bindMap(values(schedule)).execute();
    }

    private static Map<String, Object> values(NewSchedule schedule) {
        Map<String, Object> values = new HashMap<>();
        values.put("vm", schedule.vmId());
        values.put("type", schedule.type().number());
        values.put("times", schedule.times());
        values.put("timezone", schedule.timezone());
        values.put("next", schedule.next());
        values.put("max", schedule.maxBackups());
        values.put("quiesce", schedule.quiesce());
        return values;
    }

    @Override
    public Optional<ListedSchedule> find(long id) {
        return listed("s.id = :key", id);
    }

    @Override
    public Optional<ListedSchedule> findByUuid(String uuid) {
        return listed("s.uuid = :key", uuid);
    }

    private Optional<ListedSchedule> listed(String condition, Object key) {
        return jdbi.withHandle(handle -> handle.createQuery(LISTED + " WHERE " + condition)
                .bind("key", key)
                .map(JdbcScheduleStore::listedSchedule)
                .findOne());
    }

    @Override
    public Page<ListedSchedule> list(Filter filter, OwnerScope scope, PageRequest page) {
        String keyword = filter.keyword();
        Conditions conditions = new Conditions()
                .and(OwnerScopeSql.of(scope, "v"))
                .andIf(filter.id(), "s.id = :id", "id")
                .andIf(filter.vmId(), "s.vm_id = :vm", "vm")
                .andIf(
                        keyword == null ? null : OwnerScopeSql.containing(keyword.toLowerCase(Locale.ROOT)),
                        "LOWER(v.name) LIKE :keyword ESCAPE '!'",
                        "keyword");
        return jdbi.withHandle(handle -> new Page<>(
                handle.createQuery(LISTED + conditions.where() + " ORDER BY s.id DESC LIMIT :limit OFFSET :offset")
                        .bindMap(conditions.bindings())
                        .bind("limit", page.limit())
                        .bind("offset", page.offset())
                        .map(JdbcScheduleStore::listedSchedule)
                        .list(),
                handle.createQuery("SELECT COUNT(*)" + LISTED_FROM + conditions.where())
                        .bindMap(conditions.bindings())
                        .mapTo(Long.class)
                        .one()));
    }

    @Override
    public List<Schedule> ofVm(long vmId) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "s.vm_id = :vm ORDER BY s.schedule_type")
                .bind("vm", vmId)
                .map(JdbcScheduleStore::schedule)
                .list());
    }

    @Override
    public Optional<Schedule> lock(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "s.id = :id FOR UPDATE")
                .bind("id", id)
                .map(JdbcScheduleStore::schedule)
                .findOne());
    }

    @Override
    public boolean remove(long id) {
        return jdbi.withHandle(handle -> handle.execute("DELETE FROM backup_schedule WHERE id = ?", id)) > 0;
    }

    @Override
    public int removeOfVm(long vmId) {
        return jdbi.inTransaction(handle -> (int)
                ofVm(vmId).stream().filter(schedule -> remove(schedule.id())).count());
    }

    @Override
    public List<DueSchedule> claimDue(Instant now, int limit) {
        return jdbi.withHandle(handle -> {
            List<Long> ids = claimed(handle, "wake_at", now, limit);
            return ids.isEmpty()
                    ? List.of()
                    : handle.createQuery(DUE)
                            .bindList("ids", ids)
                            .map(JdbcScheduleStore::due)
                            .list();
        });
    }

    /** Rows that another node has locked are passed over: it decides about them at this moment. */
    private static List<Long> claimed(Handle handle, String column, Instant now, int limit) {
        return handle.createQuery("SELECT id FROM backup_schedule WHERE " + column + " <= :now ORDER BY " + column
                        + " LIMIT :limit FOR UPDATE SKIP LOCKED")
                .bind("now", now)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /** Schedules that are due together mostly go on together, so that few statements write them all. */
    @Override
    public void update(List<Progress> changes) {
        Map<Progress, List<Long>> alike = changes.stream()
                .collect(Collectors.groupingBy(
                        JdbcScheduleStore::withoutId,
                        LinkedHashMap::new,
                        Collectors.mapping(Progress::id, Collectors.toList())));
        jdbi.useHandle(handle -> alike.forEach((change, ids) -> handle.createUpdate(UPDATE)
                .bindList("ids", ids)
                .bind("next", change.next())
                .bind("wake", change.wakeAt())
                .bind("slot", change.slot())
                .bind("failures", change.failures())
                .bind("skipped", shortened(change.skipped()))
                .execute()));
    }

    private static Progress withoutId(Progress change) {
        return new Progress(0, change.next(), change.wakeAt(), change.slot(), change.failures(), change.skipped());
    }

    @Override
    public void addRuns(List<Run> runs) {
        if (runs.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            ManyRows.insert(
                    handle,
                    INSERT_RUNS,
                    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, ?)",
                    runs.stream().map(JdbcScheduleStore::row).toList());
            handle.createUpdate("UPDATE backup_schedule SET async_job_id = (SELECT r.job_id FROM backup_schedule_run r"
                            + " WHERE r.schedule_id = backup_schedule.id) WHERE id IN (<ids>)")
                    .bindList("ids", runs.stream().map(Run::scheduleId).toList())
                    .execute();
        });
    }

    private static List<@Nullable Object> row(Run run) {
        return Arrays.asList(
                run.scheduleId(),
                run.backupId(),
                run.jobId(),
                run.jobUuid(),
                run.vmId(),
                run.zoneId(),
                run.provider(),
                run.slot(),
                run.attempt(),
                run.quiesce(),
                run.slot());
    }

    @Override
    public List<Lane> lanesWaiting(Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT DISTINCT zone_id, provider FROM backup_schedule_run"
                        + " WHERE running = FALSE AND not_before <= :now ORDER BY zone_id, provider")
                .bind("now", now)
                .map((row, context) -> new Lane(row.getLong("zone_id"), row.getString("provider")))
                .list());
    }

    @Override
    public List<Run> waiting(Lane lane, Instant now, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM backup_schedule_run WHERE running = FALSE"
                        + " AND zone_id = :zone AND provider = :provider AND not_before <= :now"
                        + " ORDER BY slot, id LIMIT :limit")
                .bind("zone", lane.zoneId())
                .bind("provider", lane.provider())
                .bind("now", now)
                .bind("limit", limit)
                .map(JdbcScheduleStore::run)
                .list());
    }

    @Override
    public Optional<Run> waitingOf(long scheduleId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM backup_schedule_run WHERE schedule_id = :schedule AND running = FALSE")
                .bind("schedule", scheduleId)
                .map(JdbcScheduleStore::run)
                .findOne());
    }

    @Override
    public void lockStarts() {
        jdbi.useHandle(handle -> handle.createQuery(
                        "SELECT version FROM table_version WHERE name = 'backup_schedule_run' FOR UPDATE")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public RunningBackups runningInZone(long zoneId) {
        return running("zone_id", zoneId);
    }

    @Override
    public RunningBackups runningOfProvider(String provider) {
        return running("provider", provider);
    }

    private RunningBackups running(String column, Object value) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) AS begun, COUNT(r.id) AS scheduled"
                        + " FROM backup_operation p LEFT JOIN backup_schedule_run r ON r.backup_id = p.backup_id"
                        + " WHERE p.ended IS NULL AND p.kind = 'BACKUP' AND p." + column + " = :value")
                .bind("value", value)
                .map((row, context) ->
                        new RunningBackups(row.getInt("scheduled"), row.getInt("begun") - row.getInt("scheduled")))
                .one());
    }

    @Override
    public boolean begin(long runId) {
        return jdbi.withHandle(handle -> handle.execute(
                        "UPDATE backup_schedule_run SET running = TRUE, put_off = NULL WHERE id = ? AND running = FALSE",
                        runId))
                > 0;
    }

    @Override
    public void putOff(long runId, Instant until, String why) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE backup_schedule_run SET not_before = ?, put_off = ? WHERE id = ? AND running = FALSE",
                until,
                shortened(why),
                runId));
    }

    @Override
    public List<EndedRun> ended(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(ENDED)
                .bind("limit", limit)
                .map(JdbcScheduleStore::endedRun)
                .list());
    }

    @Override
    public boolean end(long runId) {
        return jdbi.inTransaction(handle -> {
            handle.execute(
                    "UPDATE backup_schedule SET async_job_id = NULL"
                            + " WHERE id = (SELECT r.schedule_id FROM backup_schedule_run r WHERE r.id = ?)",
                    runId);
            return handle.execute("DELETE FROM backup_schedule_run WHERE id = ?", runId) > 0;
        });
    }

    @Override
    public boolean hasWaiting() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT id FROM backup_schedule_run WHERE running = FALSE LIMIT 1")
                        .mapTo(Long.class)
                        .findOne()
                        .isPresent());
    }

    @Override
    public List<Schedule> claimRetention(Instant now, int limit) {
        return jdbi.withHandle(handle -> {
            List<Long> ids = claimed(handle, "retention_at", now, limit);
            return ids.isEmpty()
                    ? List.of()
                    : handle.createQuery(SELECT + "s.id IN (<ids>) ORDER BY s.id")
                            .bindList("ids", ids)
                            .map(JdbcScheduleStore::schedule)
                            .list();
        });
    }

    @Override
    public void retentionAt(long scheduleId, @Nullable Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE backup_schedule SET retention_at = :at WHERE id = :id")
                .bind("at", at)
                .bind("id", scheduleId)
                .execute());
    }

    @Override
    public List<Long> goodBackups(long scheduleId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id FROM backups WHERE backup_schedule_id = :schedule"
                                + " AND removed IS NULL AND status IN ('BackedUp', 'Restoring') ORDER BY date DESC, id DESC")
                .bind("schedule", scheduleId)
                .mapTo(Long.class)
                .list());
    }

    @Override
    public List<Removal> removals(@Nullable Long scheduleId) {
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery(REMOVALS
                    + (scheduleId == null ? "s.id IS NULL" : "m.schedule_id = :schedule") + " ORDER BY m.backup_id");
            if (scheduleId != null) {
                query.bind("schedule", scheduleId);
            }
            return query.map(JdbcScheduleStore::removal).list();
        });
    }

    @Override
    public void putRemoval(
            long scheduleId, long backupId, @Nullable String operationUuid, int failures, @Nullable Instant retryAt) {
        jdbi.useTransaction(handle -> {
            forgetRemoval(backupId);
            handle.createUpdate(
                            "INSERT INTO backup_removal (backup_id, schedule_id, operation_uuid, failures, retry_at)"
                                    + " VALUES (:backup, :schedule, :operation, :failures, :retry)")
                    .bind("backup", backupId)
                    .bind("schedule", scheduleId)
                    .bind("operation", operationUuid)
                    .bind("failures", failures)
                    .bind("retry", retryAt)
                    .execute();
        });
    }

    @Override
    public void forgetRemoval(long backupId) {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM backup_removal WHERE backup_id = ?", backupId));
    }

    private static Schedule schedule(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        return new Schedule(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("vm_id"),
                IntervalType.ofNumber(row.getInt("schedule_type")),
                row.getString("schedule"),
                row.getString("timezone"),
                rows.instant("scheduled_timestamp"),
                row.getInt("max_backups"),
                maybeBoolean(row, "quiescevm"),
                rows.maybeInstant("slot"),
                row.getInt("failures"),
                row.getString("skipped"));
    }

    private static ListedSchedule listedSchedule(ResultSet row, StatementContext context) throws SQLException {
        return new ListedSchedule(
                schedule(row, context), row.getString("vm_uuid"), row.getString("vm_name"), vmOwner(row));
    }

    private static Owner vmOwner(ResultSet row) throws SQLException {
        return new Owner(row.getLong("vm_account"), row.getLong("vm_domain"), row.getString("vm_path"));
    }

    private static DueSchedule due(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        String vmUuid = row.getString("vm_uuid");
        DueSchedule.Machine machine = vmUuid == null ? null : machine(row, rows, vmUuid);
        return new DueSchedule(schedule(row, context), machine, rows.maybeLong("run_id") != null);
    }

    private static DueSchedule.Machine machine(ResultSet row, Rows rows, String uuid) throws SQLException {
        String state = row.getString("vm_state");
        Long offering = rows.maybeLong("offering_id");
        return new DueSchedule.Machine(
                row.getLong("vm_id"),
                uuid,
                row.getString("vm_name"),
                VmState.ofWireName(state).orElseThrow(() -> new IllegalStateException("Unknown VM state " + state)),
                vmOwner(row),
                "enabled".equals(row.getString("account_state")) && rows.maybeInstant("account_removed") == null,
                row.getLong("vm_zone"),
                row.getLong("bytes"),
                offering == null
                        ? null
                        : new DueSchedule.Policy(
                                offering,
                                row.getString("offering_name"),
                                row.getString("offering_provider"),
                                row.getBoolean("offering_user_driven"),
                                rows.maybeInstant("offering_removed") != null));
    }

    private static Run run(ResultSet row, StatementContext context) throws SQLException {
        return new Run(
                row.getLong("id"),
                row.getLong("schedule_id"),
                row.getLong("backup_id"),
                row.getLong("job_id"),
                row.getString("job_uuid"),
                row.getLong("vm_id"),
                row.getLong("zone_id"),
                row.getString("provider"),
                new Rows(row).instant("slot"),
                row.getInt("attempt"),
                row.getBoolean("quiescevm"),
                row.getBoolean("running"));
    }

    private static EndedRun endedRun(ResultSet row, StatementContext context) throws SQLException {
        String status = row.getString("backup_status");
        return new EndedRun(
                run(row, context),
                status == null
                        ? null
                        : BackupStatus.ofWireName(status)
                                .orElseThrow(() -> new IllegalStateException("Unknown backup status " + status)),
                status == null ? "The row of the backup is gone" : row.getString("backup_failure"));
    }

    private static Removal removal(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        return new Removal(
                row.getLong("backup_id"),
                requireNonNull(row.getString("backup_uuid"), "uuid is null"),
                row.getString("backup_name"),
                row.getLong("zone_id"),
                row.getString("operation_uuid"),
                row.getInt("failures"),
                rows.maybeInstant("retry_at"),
                rows.maybeInstant("removed") != null);
    }

    private static @Nullable Boolean maybeBoolean(ResultSet row, String column) throws SQLException {
        boolean value = row.getBoolean(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
