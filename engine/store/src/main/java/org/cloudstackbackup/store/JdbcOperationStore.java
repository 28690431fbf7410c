/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.OperationStore;
import org.cloudstackbackup.framework.operation.Phase;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Operations in table {@code backup_operation}. Safe for use by many threads. */
public final class JdbcOperationStore implements OperationStore {
    private static final String INSERT = """
            INSERT INTO backup_operation (uuid, kind, phase, provider, zone_id, vm_id, vm_lock, backup_id, job_id, user_id,
                                          plan, created, updated, ended)
            VALUES (:uuid, :kind, :phase, :provider, :zone, :vm, :lock, :backup, :job, :user, :plan, :created, :created,
                    :ended)""";
    private static final String SELECT = "SELECT * FROM backup_operation WHERE ";
    private static final String UPDATE = """
            UPDATE backup_operation
               SET phase = :phase, vm_lock = :lock, operation_ref = :reference, plan = :plan, percent = :percent, message = :message,
                   failure_kind = :failure, attempts = :attempts, updated = :now, ended = :ended,
                   update_count = update_count + 1
             WHERE id = :id AND update_count = :version AND ended IS NULL""";

    private final Jdbi jdbi;
    private final Clock clock;

    public JdbcOperationStore(Database database, Clock clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    @Override
    public Operation add(Operation operation) {
        try {
            jdbi.useHandle(handle -> handle.createUpdate(INSERT)
                    .bind("uuid", operation.uuid())
                    .bind("kind", operation.kind().name())
                    .bind("phase", operation.phase().name())
                    .bind("provider", operation.provider())
                    .bind("zone", operation.zoneId())
                    .bind("vm", operation.vmId())
                    .bind("lock", lock(operation))
                    .bind("backup", operation.backupId())
                    .bind("job", operation.jobId())
                    .bind("user", operation.userId())
                    .bind("plan", operation.plan())
                    .bind("created", operation.created())
                    .bind("ended", operation.ended())
                    .execute());
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLIntegrityConstraintViolationException) {
                throw new ProviderException(
                        ErrorKind.CONFLICT,
                        "vm " + operation.vmId(),
                        "Another operation on the same VM began at this moment; one operation per VM at a time",
                        e);
            }
            throw e;
        }
        return find(operation.uuid())
                .orElseThrow(() -> new IllegalStateException("Operation " + operation.uuid() + " vanished"));
    }

    @Override
    public Optional<Operation> find(String uuid) {
        return one("uuid = :key", uuid);
    }

    @Override
    public Optional<Operation> openOfVm(long vmId) {
        return one("vm_lock = :key AND ended IS NULL", vmId);
    }

    @Override
    public List<Operation> openOfBackup(long backupId) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "ended IS NULL AND backup_id = :key ORDER BY id")
                .bind("key", backupId)
                .map(JdbcOperationStore::operation)
                .list());
    }

    @Override
    public List<String> openUuids() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT uuid FROM backup_operation WHERE ended IS NULL ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }

    @Override
    public int removeEndedBefore(Instant before, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM backup_operation WHERE ended < :before"
                        + " AND NOT EXISTS (SELECT 1 FROM backup_removal r WHERE r.operation_uuid = backup_operation.uuid)"
                        + " LIMIT :limit")
                .bind("before", before)
                .bind("limit", limit)
                .execute());
    }

    @Override
    public List<Long> strandedVms() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT v.id FROM vm_instance v WHERE v.state = 'Restoring'"
                        + " AND v.removed IS NULL AND NOT EXISTS (SELECT 1 FROM backup_operation p WHERE p.vm_lock = v.id)"
                        + " ORDER BY v.id LIMIT 100")
                .mapTo(Long.class)
                .list());
    }

    @Override
    public Optional<Operation> update(Operation changed) {
        String message = changed.message();
        int updated = jdbi.withHandle(handle -> handle.createUpdate(UPDATE)
                .bind("id", changed.id())
                .bind("version", changed.version())
                .bind("phase", changed.phase().name())
                .bind("lock", lock(changed))
                .bind("reference", changed.reference())
                .bind("plan", changed.plan())
                .bind("percent", changed.percent())
                .bind(
                        "message",
                        message == null || message.length() <= ProviderException.MAX_MESSAGE_LENGTH
                                ? message
                                : message.substring(0, ProviderException.MAX_MESSAGE_LENGTH))
                .bind(
                        "failure",
                        changed.failureKind() == null
                                ? null
                                : changed.failureKind().name())
                .bind("attempts", changed.attempts())
                .bind("now", clock.instant())
                .bind("ended", changed.ended())
                .execute());
        return updated == 0 ? Optional.empty() : find(changed.uuid());
    }

    private static @org.jspecify.annotations.Nullable Long lock(Operation operation) {
        return operation.exclusive() && !operation.isEnded() ? operation.vmId() : null;
    }

    private Optional<Operation> one(String condition, Object key) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + condition)
                .bindMap(Map.of("key", key))
                .map(JdbcOperationStore::operation)
                .findOne());
    }

    private static Operation operation(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        String failure = row.getString("failure_kind");
        return new Operation(
                row.getLong("id"),
                row.getString("uuid"),
                OperationKind.valueOf(row.getString("kind")),
                Phase.valueOf(row.getString("phase")),
                row.getString("provider"),
                row.getLong("zone_id"),
                row.getLong("vm_id"),
                rows.maybeLong("vm_lock") != null,
                rows.maybeLong("backup_id"),
                rows.maybeLong("job_id"),
                row.getLong("user_id"),
                row.getString("operation_ref"),
                row.getString("plan"),
                rows.maybeInt("percent"),
                row.getString("message"),
                failure == null ? null : ErrorKind.valueOf(failure),
                row.getInt("attempts"),
                row.getLong("update_count"),
                rows.instant("created"),
                rows.maybeInstant("ended"));
    }
}
