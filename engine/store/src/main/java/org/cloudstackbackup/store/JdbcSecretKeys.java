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
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.secret.SecretPlace;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Which key seals the secrets of this database, and how all of them come under another one. */
public final class JdbcSecretKeys {
    private static final Logger LOG = LogManager.getLogger(JdbcSecretKeys.class);
    private static final SecretPlace CHECK = new SecretPlace("secret_key_check.sealed", "1", "the key check");
    private static final String CHECK_TEXT = "cloudstackbackup";
    private static final String SELECT_CHECK = "SELECT sealed FROM secret_key_check WHERE id = 1";

    private final Database database;
    private final Clock clock;

    public JdbcSecretKeys(Database database, Clock clock) {
        this.database = requireNonNull(database, "database is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The id of the key in force; empty before the first start of any server. */
    public Optional<String> keyInForce() {
        return database.jdbi().withHandle(handle -> check(handle, SELECT_CHECK)).flatMap(SecretBox::keyIdOf);
    }

    /**
     * Brings every secret under the box's first key, in one transaction: whatever was sealed with another of its keys, and what
     * was not sealed yet. Nothing is written when all is so already.
     *
     * @param secretSetting whether the setting of that name is a secret
     * @return how many values were sealed
     * @throws ProviderException when the box lacks a key that is in force or that a secret is still sealed with; nothing was
     *     changed then
     */
    public int adopt(SecretBox box, Predicate<String> secretSetting) {
        try {
            return database.inTransaction(
                    () -> database.jdbi().withHandle(handle -> adopt(handle, box, secretSetting)));
        } catch (UnableToExecuteStatementException e) {
            if (keyInForce().isEmpty()) {
                throw e;
            }
            // Another server made its first start at the same time; its key counts.
            return database.inTransaction(
                    () -> database.jdbi().withHandle(handle -> adopt(handle, box, secretSetting)));
        }
    }

    private int adopt(Handle handle, SecretBox box, Predicate<String> secretSetting) {
        Optional<String> before = check(handle, SELECT_CHECK + " FOR UPDATE");
        before.ifPresent(kept -> box.open(CHECK, kept));
        int settings = resealSettings(handle, box, secretSetting) + resealZoneSettings(handle, box, secretSetting);
        int users = resealUsers(handle, box, before.isEmpty());
        int clusters = resealClusters(handle, box);
        if (before.isEmpty()) {
            writeCheck(handle, box, "INSERT INTO secret_key_check (id, sealed, updated) VALUES (1, :sealed, :now)");
        } else if (!isCurrent(box, before.get())) {
            writeCheck(handle, box, "UPDATE secret_key_check SET sealed = :sealed, updated = :now WHERE id = 1");
        }
        return settings + users + clusters;
    }

    private static Optional<String> check(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(String.class).findOne();
    }

    private void writeCheck(Handle handle, SecretBox box, String sql) {
        handle.createUpdate(sql)
                .bind("sealed", box.seal(CHECK, CHECK_TEXT))
                .bind("now", clock.instant())
                .execute();
    }

    private int resealSettings(Handle handle, SecretBox box, Predicate<String> secretSetting) {
        List<Row> rows = handle.createQuery("SELECT 0 AS id, name, value, sealed FROM configuration")
                .map((row, context) -> row(row.getLong("id"), row.getString("name"), row))
                .list();
        return reseal(handle, box, rows, secretSetting, row -> SecretPlace.ofSetting(row.name()), """
                UPDATE configuration SET value = :value, sealed = TRUE WHERE name = :name AND value = :before""");
    }

    private int resealZoneSettings(Handle handle, SecretBox box, Predicate<String> secretSetting) {
        List<Row> rows = handle.createQuery("SELECT dc_id, name, value, sealed FROM data_center_details")
                .map((row, context) -> row(row.getLong("dc_id"), row.getString("name"), row))
                .list();
        return reseal(handle, box, rows, secretSetting, row -> SecretPlace.ofSettingInZone(row.id(), row.name()), """
                UPDATE data_center_details SET value = :value, sealed = TRUE
                 WHERE dc_id = :id AND name = :name AND value = :before""");
    }

    private int resealUsers(Handle handle, SecretBox box, boolean firstTime) {
        List<Row> rows = handle.createQuery("SELECT id, secret_key FROM user WHERE secret_key IS NOT NULL")
                .map((row, context) -> {
                    String kept = row.getString("secret_key");
                    // Once keys are sealed, one that is not has been put there by somebody else.
                    boolean sealed = !firstTime || SecretBox.keyIdOf(kept).isPresent();
                    return new Row(row.getLong("id"), "", kept, sealed);
                })
                .list();
        return reseal(handle, box, rows, name -> true, row -> SecretPlace.ofUserKey(row.id()), """
                UPDATE user SET secret_key = :value WHERE id = :id AND secret_key = :before""");
    }

    private int resealClusters(Handle handle, SecretBox box) {
        List<Row> rows = handle.createQuery("SELECT id, uuid, kubeconfig FROM backup_cluster")
                .map((row, context) ->
                        new Row(row.getLong("id"), row.getString("uuid"), row.getString("kubeconfig"), true))
                .list();
        return reseal(handle, box, rows, name -> true, row -> SecretPlace.ofKubeconfig(row.name()), """
                UPDATE backup_cluster SET kubeconfig = :value WHERE id = :id AND kubeconfig = :before""");
    }

    private static Row row(long id, String name, ResultSet row) throws SQLException {
        return new Row(id, name, row.getString("value"), row.getBoolean("sealed"));
    }

    private static int reseal(
            Handle handle,
            SecretBox box,
            List<Row> rows,
            Predicate<String> isSecret,
            Function<Row, SecretPlace> placeOf,
            String update) {
        int count = 0;
        for (Row row : rows) {
            boolean plain =
                    !row.sealed() && isSecret.test(row.name()) && !row.value().isEmpty();
            if (!plain && (!row.sealed() || isCurrent(box, row.value()))) {
                continue;
            }
            Optional<String> text = plain ? Optional.of(row.value()) : opened(box, placeOf.apply(row), row.value());
            if (text.isPresent()) {
                count += handle.createUpdate(update)
                        .bind("value", box.seal(placeOf.apply(row), text.get()))
                        .bind("before", row.value())
                        .bind("id", row.id())
                        .bind("name", row.name())
                        .execute();
            }
        }
        return count;
    }

    /** What was tampered with stays as it is: it is refused when it is asked for, and stops nothing else. */
    private static Optional<String> opened(SecretBox box, SecretPlace place, String sealed) {
        Optional<String> keyId = SecretBox.keyIdOf(sealed);
        if (keyId.isPresent() && !box.keyIds().contains(keyId.get())) {
            throw new ProviderException(
                    ErrorKind.INTERNAL,
                    place.meaning(),
                    place.meaning() + " is still sealed with key " + keyId.get()
                            + ", which this server was not given; add that key as a further line");
        }
        try {
            return Optional.of(box.open(place, sealed));
        } catch (ProviderException e) {
            LOG.error("A secret cannot be brought under the new key and stays as it is", e);
            return Optional.empty();
        }
    }

    private static boolean isCurrent(SecretBox box, String sealed) {
        return SecretBox.keyIdOf(sealed).equals(Optional.of(box.currentKeyId()));
    }

    private record Row(long id, String name, String value, boolean sealed) {
        @Override
        public String toString() {
            return "Row[id=" + id + ", name=" + name + "]";
        }
    }
}
