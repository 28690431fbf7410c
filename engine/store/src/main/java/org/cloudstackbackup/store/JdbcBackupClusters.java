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
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.cluster.BackupCluster;
import org.cloudstackbackup.framework.cluster.BackupClusterStore;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.secret.SecretPlace;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Clusters in table {@code backup_cluster}. Safe for use by many threads. */
public final class JdbcBackupClusters implements BackupClusterStore {
    private static final String INSERT = """
            INSERT INTO backup_cluster (uuid, name, name_key, folder, folder_key, data_center_id, server, context,
                                        kubeconfig, created, updated)
            VALUES (:uuid, :name, :nameKey, :folder, :folderKey, :zone, :server, :context, :kubeconfig, :created, :updated)""";
    private static final String UPDATE = """
            UPDATE backup_cluster
               SET name = :name, name_key = :nameKey, server = :server, context = :context, updated = :updated,
                   kubeconfig = COALESCE(:kubeconfig, kubeconfig)
             WHERE id = :id""";
    /** Without the kubeconfig, which is opened only for whoever connects. */
    private static final String SELECT = """
            SELECT c.id, c.uuid, c.name, c.folder, c.data_center_id, z.uuid AS zone_uuid, z.name AS zone_name, c.server,
                   c.context, c.created, c.updated
              FROM backup_cluster c JOIN data_center z ON z.id = c.data_center_id""";

    private final Jdbi jdbi;
    private final SecretBox secrets;

    public JdbcBackupClusters(Database database, SecretBox secrets) {
        this.jdbi = requireNonNull(database, "database is null").jdbi();
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    @Override
    public boolean add(BackupCluster cluster, String kubeconfig) {
        return written(handle -> handle.createUpdate(INSERT)
                .bind("uuid", cluster.uuid())
                .bind("name", cluster.name())
                .bind("nameKey", key(cluster.name()))
                .bind("folder", cluster.folder())
                .bind("folderKey", key(cluster.folder()))
                .bind("zone", cluster.zoneId())
                .bind("server", cluster.server())
                .bind("context", cluster.context())
                .bind("kubeconfig", secrets.seal(SecretPlace.ofKubeconfig(cluster.uuid()), kubeconfig))
                .bind("created", cluster.created())
                .bind("updated", cluster.updated())
                .execute());
    }

    @Override
    public boolean update(BackupCluster cluster, @Nullable String kubeconfig) {
        String sealed = kubeconfig == null ? null : secrets.seal(SecretPlace.ofKubeconfig(cluster.uuid()), kubeconfig);
        return written(handle -> handle.createUpdate(UPDATE)
                .bind("id", cluster.id())
                .bind("name", cluster.name())
                .bind("nameKey", key(cluster.name()))
                .bind("server", cluster.server())
                .bind("context", cluster.context())
                .bind("kubeconfig", sealed)
                .bind("updated", cluster.updated())
                .execute());
    }

    private boolean written(ToIntFunction<Handle> statement) {
        try {
            return jdbi.withHandle(statement::applyAsInt) == 1;
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLIntegrityConstraintViolationException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<BackupCluster> find(long id) {
        return one(" WHERE c.id = :key", id);
    }

    @Override
    public Optional<BackupCluster> findByUuid(String uuid) {
        return one(" WHERE c.uuid = :key", uuid);
    }

    private Optional<BackupCluster> one(String where, Object key) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + where)
                .bind("key", key)
                .map(JdbcBackupClusters::cluster)
                .findOne());
    }

    @Override
    public Page<BackupCluster> page(Filter filter, PageRequest page) {
        String keyword = filter.keyword();
        String name = filter.name();
        Conditions conditions = new Conditions()
                .and("1 = 1")
                .andIf(filter.id(), "c.id = :id", "id")
                .andIf(filter.zoneId(), "c.data_center_id = :zone", "zone")
                .andIf(name == null ? null : key(name), "c.name_key = :name", "name")
                .andIf(
                        keyword == null ? null : OwnerScopeSql.containing(key(keyword)),
                        "c.name_key LIKE :keyword ESCAPE '!'",
                        "keyword");
        return jdbi.withHandle(handle -> new Page<>(
                handle.createQuery(SELECT + conditions.where() + " ORDER BY c.name_key LIMIT :limit OFFSET :offset")
                        .bindMap(conditions.bindings())
                        .bind("limit", page.limit())
                        .bind("offset", page.offset())
                        .map(JdbcBackupClusters::cluster)
                        .list(),
                handle.createQuery("SELECT COUNT(*) FROM backup_cluster c" + conditions.where())
                        .bindMap(conditions.bindings())
                        .mapTo(Long.class)
                        .one()));
    }

    @Override
    public Optional<String> kubeconfig(long id) {
        return jdbi.withHandle(
                        handle -> handle.createQuery("SELECT uuid, kubeconfig FROM backup_cluster WHERE id = :id")
                                .bind("id", id)
                                .map((row, context) -> new Sealed(row.getString("uuid"), row.getString("kubeconfig")))
                                .findOne())
                .map(found -> secrets.open(SecretPlace.ofKubeconfig(found.uuid()), found.text()));
    }

    private record Sealed(String uuid, String text) {}

    @Override
    public boolean remove(long id) {
        return jdbi.withHandle(handle -> handle.execute("DELETE FROM backup_cluster WHERE id = ?", id)) == 1;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static BackupCluster cluster(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        return new BackupCluster(
                row.getLong("id"),
                row.getString("uuid"),
                row.getString("name"),
                row.getString("folder"),
                row.getLong("data_center_id"),
                row.getString("zone_uuid"),
                row.getString("zone_name"),
                row.getString("server"),
                row.getString("context"),
                rows.instant("created"),
                rows.instant("updated"));
    }
}
