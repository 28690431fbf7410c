/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.framework.identity.ApiKeys;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.secret.SecretPlace;
import org.cloudstackbackup.framework.setting.SettingRegistry;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.spi.SettingDefinition;
import org.cloudstackbackup.testkit.SettableClock;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcSecretKeysTest {
    private static final SettingDefinition PASSWORD =
            SettingDefinition.perZone("test.password", SettingDefinition.Type.SECRET, "", "Password.");
    private static final SettingDefinition TOKEN =
            SettingDefinition.perZone("test.token", SettingDefinition.Type.SECRET, "", "Token.");
    private static final SettingDefinition NAME =
            SettingDefinition.perZone("test.name", SettingDefinition.Type.STRING, "", "Name.");
    private static final SettingRegistry REGISTRY = new SettingRegistry(List.of(PASSWORD, TOKEN, NAME));
    private static final List<String> SECRETS =
            List.of("gl0bal-s3cret", "z0ne-s3cret", "t0ken-s3cret", "user-s3cret-key", "kubec0nfig-s3cret");

    private final Clock clock = new SettableClock();
    private final String olderKey = SecretBox.newKey();
    private final String newerKey = SecretBox.newKey();
    private final SecretBox older = SecretBox.parse(olderKey);
    private final SecretBox newer = SecretBox.parse(newerKey + "\n" + olderKey);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void noTableHoldsASecret(DatabaseKind kind) {
        try (Database database = kind.open()) {
            adopt(database, older);
            fill(database, older);
            String dump = dump(database);
            assertThat(dump).contains("not a secret", "an api key").doesNotContain(SECRETS);
            check(database, older);
            settings(database, older).set("test.password", "", null);
            assertThat(settings(database, older).value(PASSWORD)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aSecretThatWasMovedOrChangedIsRefusedByItsNameAndBreaksNothingElse(DatabaseKind kind) {
        try (Database database = kind.open()) {
            fill(database, older);
            String token = database.jdbi()
                    .withHandle(
                            handle -> handle.createQuery("SELECT value FROM configuration WHERE name = 'test.token'")
                                    .mapTo(String.class)
                                    .one());
            execute(database, "UPDATE configuration SET value = '" + token + "' WHERE name = 'test.password'");
            execute(database, "UPDATE user SET secret_key = '" + token + "'");
            StoredSettings settings = settings(database, older);
            assertThatThrownBy(() -> settings.value(PASSWORD))
                    .hasMessageContaining("setting test.password:")
                    .hasMessageNotContaining(token)
                    .hasMessageNotContaining("s3cret");
            assertThat(settings.isFilled(PASSWORD, null)).isTrue();
            assertThat(settings.value(PASSWORD, 1)).isEqualTo("z0ne-s3cret");
            assertThat(settings.value(TOKEN)).isEqualTo("t0ken-s3cret");
            assertThatThrownBy(() -> new JdbcUserStore(database, older).keys(1))
                    .hasMessageContaining("the secret key of user 1");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whatWasPlainIsSealedAtTheFirstStart(DatabaseKind kind) {
        try (Database database = kind.open()) {
            fill(database, older);
            execute(
                    database,
                    "UPDATE configuration SET value = 'gl0bal-s3cret', sealed = FALSE WHERE name = 'test.password'");
            execute(database, "UPDATE data_center_details SET value = 'z0ne-s3cret', sealed = FALSE");
            execute(database, "UPDATE user SET secret_key = 'user-s3cret-key'");
            assertThat(adopt(database, older)).isEqualTo(3);
            assertThat(dump(database)).doesNotContain(SECRETS);
            check(database, older);
            assertThat(adopt(database, older)).isZero();
            execute(database, "UPDATE user SET secret_key = 'user-s3cret-key'");
            assertThat(adopt(database, older))
                    .as("later, a plain key was put there by somebody else")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anotherKeyIsRefusedAndChangesNothing(DatabaseKind kind) {
        try (Database database = kind.open()) {
            JdbcSecretKeys keys = new JdbcSecretKeys(database, clock);
            assertThat(keys.keyInForce()).isEmpty();
            adopt(database, older);
            fill(database, older);
            assertThat(keys.keyInForce()).contains(older.currentKeyId());
            String before = dump(database);
            assertThatThrownBy(() -> adopt(database, SecretBox.parse(newerKey)))
                    .hasMessageContaining("sealed with key " + older.currentKeyId());
            assertThat(dump(database)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aNewFirstKeySealsEverythingAndTheOldOneCanGo(DatabaseKind kind) {
        try (Database database = kind.open()) {
            adopt(database, older);
            fill(database, older);
            assertThat(adopt(database, newer)).isEqualTo(5);
            assertThat(dump(database)).doesNotContain(older.currentKeyId());
            SecretBox alone = SecretBox.parse(newerKey);
            assertThat(adopt(database, alone)).isZero();
            check(database, alone);
            // A server that still seals with the old key writes one more.
            settings(database, older).set("test.password", "gl0bal-s3cret", null);
            assertThatThrownBy(() -> adopt(database, alone))
                    .hasMessageContaining("setting test.password is still sealed with key " + older.currentKeyId());
            assertThat(adopt(database, newer)).isEqualTo(1);
            check(database, alone);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aChangeOfKeysThatIsKilledBetweenAnyTwoStatementsLosesNothing(DatabaseKind kind) {
        try (Database database = kind.open()) {
            adopt(database, older);
            fill(database, older);
            int statements = 0;
            boolean killed = true;
            while (killed) {
                statements++;
                killed = adoptUntil(database, newer, statements);
                check(database, newer);
                assertThat(new JdbcSecretKeys(database, clock).keyInForce())
                        .contains(killed ? older.currentKeyId() : newer.currentKeyId());
            }
            assertThat(statements).isGreaterThan(9);
        }
    }

    /** Stops as a killed process does: before the statement of that number, so that the transaction is rolled back. */
    private boolean adoptUntil(Database database, SecretBox box, int number) {
        AtomicInteger count = new AtomicInteger();
        database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                if (count.incrementAndGet() == number) {
                    throw new Killed();
                }
            }
        });
        try {
            adopt(database, box);
            return false;
        } catch (Killed e) {
            return true;
        } finally {
            database.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private int adopt(Database database, SecretBox box) {
        return new JdbcSecretKeys(database, clock).adopt(box, REGISTRY::isSecret);
    }

    private void fill(Database database, SecretBox box) {
        StoredSettings settings = settings(database, box);
        settings.set("test.password", SECRETS.get(0), null);
        settings.set("test.password", SECRETS.get(1), 1L);
        settings.set("test.token", SECRETS.get(2), null);
        settings.set("test.name", "not a secret", null);
        execute(database, "INSERT INTO roles (id, uuid, name, role_type) VALUES (1, 'r', 'r', 'USER')");
        execute(
                database,
                "INSERT INTO domain (id, uuid, name, owner, path, created) VALUES (1, 'd', 'ROOT', 1, '/', '2026-01-01')");
        execute(
                database,
                "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created)"
                        + " VALUES (1, 'a', 'a', 0, 1, 1, '2026-01-01')");
        execute(
                database,
                "INSERT INTO user (id, uuid, username, password, account_id, created)"
                        + " VALUES (1, 'u', 'u', 'hash', 1, '2026-01-01')");
        new JdbcUserStore(database, box).setKeys(1, new ApiKeys("an api key", SECRETS.get(3)));
        execute(
                database,
                "INSERT INTO backup_cluster (id, uuid, name, name_key, folder, folder_key, data_center_id, server,"
                        + " kubeconfig, created, updated) VALUES (1, 'c', 'c', 'c', 'c', 'c', 1, 'https://c', '"
                        + box.seal(SecretPlace.ofKubeconfig("c"), SECRETS.get(4)) + "', '2026-01-01', '2026-01-01')");
    }

    private void check(Database database, SecretBox box) {
        StoredSettings settings = settings(database, box);
        JdbcUserStore users = new JdbcUserStore(database, box);
        assertThat(List.of(
                        settings.value(PASSWORD),
                        settings.value(PASSWORD, 1),
                        settings.value(TOKEN),
                        users.keys(1).orElseThrow().secretKey(),
                        new JdbcBackupClusters(database, box).kubeconfig(1).orElseThrow()))
                .isEqualTo(SECRETS);
        assertThat(settings.value(NAME)).isEqualTo("not a secret");
        assertThat(users.findByApiKey("an api key").orElseThrow().secretKey()).isEqualTo(SECRETS.get(3));
    }

    private StoredSettings settings(Database database, SecretBox box) {
        return new StoredSettings(REGISTRY, new JdbcSettingStore(database, clock, box), clock);
    }

    private static void execute(Database database, String sql) {
        database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    /** Every cell of every table. */
    private static String dump(Database database) {
        List<String> cells = new ArrayList<>();
        database.jdbi().useHandle(handle -> {
            List<String> tables = handle.createQuery("SELECT table_name FROM information_schema.tables"
                            + " WHERE LOWER(table_schema) IN ('public', LOWER(DATABASE()))")
                    .mapTo(String.class)
                    .list();
            assertThat(tables).anyMatch(name -> name.equalsIgnoreCase("configuration"));
            for (String table : tables) {
                for (Map<String, Object> row : handle.createQuery("SELECT * FROM `" + table + "`")
                        .mapToMap()
                        .list()) {
                    row.values().forEach(value -> cells.add(String.valueOf(value)));
                }
            }
        });
        return String.join("\n", cells);
    }
}
