/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.config.SettingsReader;
import org.cloudstackbackup.framework.cluster.BackupCluster;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.framework.setting.SettingRegistry;
import org.cloudstackbackup.framework.setting.StoredSettings;
import org.cloudstackbackup.store.Database;
import org.cloudstackbackup.store.JdbcSettingStore;
import org.junit.jupiter.api.Test;

class ExportSettingsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final BackupCluster CLUSTER =
            new BackupCluster(1, "uuid", "new-name", "east", 7, "zone", "zone", "https://east:6443", null, NOW, NOW);
    private static final Map<String, String> NEEDED =
            Map.of("MINIO_ENDPOINT", "s3.example.org", "MINIO_ACCESS_KEY", "key", "MINIO_SECRET_KEY", "secret");

    @Test
    void whatNobodySetIsWhatTheProgramWouldDo() {
        try (Database database = Database.open(Database.memoryUrl("export-settings"), 2)) {
            Settings ours = SettingsReader.read(ExportSettings.of(CLUSTER, settings(database), NEEDED), Map.of());
            Map<String, String> least = new TreeMap<>(NEEDED);
            least.put("CLUSTER_NAME", "east");
            Settings its = SettingsReader.read(least, Map.of());
            assertThat(ours)
                    .usingRecursiveComparison()
                    .withEqualsForType((one, other) -> one.pattern().equals(other.pattern()), Pattern.class)
                    .isEqualTo(its);
        }
    }

    @Test
    void fourExportsAtATimeAreTheMostThatAServerDoes() {
        try (Database database = Database.open(Database.memoryUrl("export-settings-concurrency"), 2)) {
            StoredSettings settings = settings(database);
            assertThat(ExportSettings.atATime(settings)).isEqualTo(1);
            settings.set(ExportSettings.CONCURRENCY.key(), "4", null);
            assertThat(ExportSettings.atATime(settings)).isEqualTo(4);
            for (String value : List.of("0", "5", "1000000", "-1", "")) {
                assertThatThrownBy(() -> settings.set(ExportSettings.CONCURRENCY.key(), value, null))
                        .hasMessageContaining("1, 2, 3, 4");
            }
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE configuration SET value = '500' WHERE name = ?", ExportSettings.CONCURRENCY.key()));
            assertThat(ExportSettings.atATime(settings(database)))
                    .as("accepted by an earlier version")
                    .isEqualTo(4);
        }
    }

    @Test
    void aParameterWinsOverTheZonesSettingAndThatOverTheGlobalOne() {
        try (Database database = Database.open(Database.memoryUrl("export-settings-zone"), 2)) {
            StoredSettings settings = settings(database);
            settings.set("cluster.export.bucket", "global-bucket", null);
            settings.set("cluster.export.region", "global-region", null);
            settings.set("cluster.export.bucket", "zone-bucket", 7L);
            Map<String, String> values =
                    ExportSettings.of(CLUSTER, settings, Map.of("LABEL_SELECTOR", "a=b", "CLUSTER_NAME", "other"));
            assertThat(values)
                    .containsEntry("MINIO_BUCKET", "zone-bucket")
                    .containsEntry("MINIO_REGION", "global-region")
                    .containsEntry("LABEL_SELECTOR", "a=b")
                    .as("whose exports are meant is nobody's choice")
                    .containsEntry("CLUSTER_NAME", "east");
        }
    }

    @Test
    void aProblemNamesTheParameterThatWasGivenElseTheSetting() {
        String problem = "SECRETS_KEY (secrets-key) is required when SECRETS_POLICY is encrypt";
        assertThat(ExportSettings.told(problem, Map.of("SECRETS_POLICY", "encrypt")))
                .isEqualTo("setting cluster.export.secrets.key is required when parameter secretspolicy is encrypt");
        assertThat(ExportSettings.told(problem, Map.of())).contains("when setting cluster.export.secrets.policy is");
        assertThat(ExportSettings.told(
                        "ACCEPT_CLUSTER_UID (accept-cluster-uid) is wrong", Map.of("ACCEPT_CLUSTER_UID", "?")))
                .isEqualTo("parameter acceptclusteruid is wrong");
        assertThat(ExportSettings.told("KUBE_CONTEXT is none of ours", Map.of()))
                .isEqualTo("KUBE_CONTEXT is none of ours");
    }

    private static StoredSettings settings(Database database) {
        Clock clock = Clock.systemUTC();
        return new StoredSettings(
                new SettingRegistry(ExportSettings.ALL),
                new JdbcSettingStore(database, clock, SecretBox.random()),
                clock);
    }
}
