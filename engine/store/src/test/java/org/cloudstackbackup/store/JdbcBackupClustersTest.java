/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.cluster.BackupCluster;
import org.cloudstackbackup.framework.cluster.BackupClusterStore.Filter;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcBackupClustersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Filter ALL = new Filter(null, null, null, null);
    private static final String KUBECONFIG = "users: [{name: me, user: {token: t0ken}}]\n".repeat(2000);

    private final SecretBox secrets = SecretBox.random();

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aClusterIsKeptChangedAndForgotten(DatabaseKind kind) {
        try (Database database = kind.open()) {
            Zone zone = zone(database, "one");
            JdbcBackupClusters store = new JdbcBackupClusters(database, secrets);
            assertThat(store.add(cluster("East", zone, null), KUBECONFIG)).isTrue();
            BackupCluster added = store.findByUuid("uuid-East").orElseThrow();
            assertThat(added).usingRecursiveComparison().ignoringFields("id").isEqualTo(cluster("East", zone, null));
            assertThat(store.kubeconfig(added.id())).contains(KUBECONFIG);
            BackupCluster changed = new BackupCluster(
                    added.id(),
                    added.uuid(),
                    "West",
                    "ignored",
                    0,
                    "",
                    "",
                    "https://west",
                    "admin",
                    NOW,
                    NOW.plusMillis(1));
            assertThat(store.update(changed, null)).isTrue();
            assertThat(store.find(added.id()).orElseThrow()).satisfies(now -> {
                assertThat(now.name()).isEqualTo("West");
                assertThat(now.folder()).isEqualTo("East");
                assertThat(now.server()).isEqualTo("https://west");
                assertThat(now.context()).isEqualTo("admin");
                assertThat(now.updated()).isEqualTo(NOW.plusMillis(1));
            });
            assertThat(store.kubeconfig(added.id())).contains(KUBECONFIG);
            store.update(changed, "another");
            assertThat(store.kubeconfig(added.id())).contains("another");
            assertThat(store.remove(added.id())).isTrue();
            assertThat(store.remove(added.id())).isFalse();
            assertThat(store.kubeconfig(added.id())).isEmpty();
            assertThat(store.update(changed, null)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aNameAndAFolderBelongToOneClusterWhateverTheirCase(DatabaseKind kind) {
        try (Database database = kind.open()) {
            Zone zone = zone(database, "one");
            JdbcBackupClusters store = new JdbcBackupClusters(database, secrets);
            store.add(cluster("east", zone, null), KUBECONFIG);
            assertThat(store.add(cluster("EAST", zone, null), KUBECONFIG)).isFalse();
            store.add(cluster("west", zone, null), KUBECONFIG);
            BackupCluster west = store.findByUuid("uuid-west").orElseThrow();
            assertThat(store.update(named(west, "East"), null)).isFalse();
            assertThat(store.update(named(west, "north"), null)).isTrue();
            assertThat(store.add(cluster("west", zone, null), KUBECONFIG))
                    .as("what is kept of the other one is found under this name")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aListingIsByNameInPagesAndRestricted(DatabaseKind kind) {
        try (Database database = kind.open()) {
            Zone one = zone(database, "one");
            Zone two = zone(database, "two");
            JdbcBackupClusters store = new JdbcBackupClusters(database, secrets);
            store.add(cluster("c_1", one, null), KUBECONFIG);
            store.add(cluster("B2", two, null), KUBECONFIG);
            store.add(cluster("a1", one, null), KUBECONFIG);
            assertThat(store.page(ALL, PageRequest.ALL).items())
                    .extracting(BackupCluster::name)
                    .containsExactly("a1", "B2", "c_1");
            assertThat(store.page(ALL, new PageRequest(1, 1))).satisfies(page -> {
                assertThat(page.items()).extracting(BackupCluster::name).containsExactly("B2");
                assertThat(page.total()).isEqualTo(3);
            });
            assertThat(store.page(new Filter(null, one.id(), null, "_"), PageRequest.ALL)
                            .items())
                    .extracting(BackupCluster::name)
                    .containsExactly("c_1");
            assertThat(store.page(new Filter(null, null, "b2", null), PageRequest.ALL)
                            .items())
                    .extracting(BackupCluster::zoneName)
                    .containsExactly("two");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aKubeconfigThatWasCopiedToAnotherClusterIsRefused(DatabaseKind kind) {
        try (Database database = kind.open()) {
            Zone zone = zone(database, "one");
            JdbcBackupClusters store = new JdbcBackupClusters(database, secrets);
            store.add(cluster("a", zone, null), KUBECONFIG);
            store.add(cluster("b", zone, null), "other");
            database.jdbi().useHandle(handle -> {
                String sealed = handle.createQuery("SELECT kubeconfig FROM backup_cluster WHERE name = 'a'")
                        .mapTo(String.class)
                        .one();
                assertThat(sealed).startsWith("v1:").doesNotContain("t0ken");
                handle.execute("UPDATE backup_cluster SET kubeconfig = ? WHERE name = 'b'", sealed);
            });
            long b = store.findByUuid("uuid-b").orElseThrow().id();
            assertThatThrownBy(() -> store.kubeconfig(b))
                    .hasMessageContaining("the kubeconfig of cluster uuid-b")
                    .hasMessageNotContaining("t0ken");
            assertThat(store.find(b)).as("only what needs it breaks").isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aZoneHoldsItsClusters(DatabaseKind kind) {
        try (Database database = kind.open()) {
            Zone zone = zone(database, "one");
            assertThat(new JdbcZones(database).holdings(zone.id()).isEmpty()).isTrue();
            new JdbcBackupClusters(database, secrets).add(cluster("a", zone, null), KUBECONFIG);
            assertThat(new JdbcZones(database).holdings(zone.id()).backupClusters())
                    .isEqualTo(1);
            assertThat(new JdbcZones(database).holdings(zone.id()).isEmpty()).isFalse();
        }
    }

    private static Zone zone(Database database, String name) {
        return new JdbcZones(database)
                .add(new Zone(0, "zone-" + name, name, null, "Advanced", "Enabled", "simulator", NOW, null));
    }

    private static BackupCluster cluster(String name, Zone zone, @Nullable String context) {
        return new BackupCluster(
                0,
                "uuid-" + name,
                name,
                name,
                zone.id(),
                zone.uuid(),
                zone.name(),
                "https://east:6443",
                context,
                NOW,
                NOW);
    }

    private static BackupCluster named(BackupCluster cluster, String name) {
        return new BackupCluster(
                cluster.id(),
                cluster.uuid(),
                name,
                cluster.folder(),
                cluster.zoneId(),
                cluster.zoneUuid(),
                cluster.zoneName(),
                cluster.server(),
                cluster.context(),
                cluster.created(),
                cluster.updated());
    }
}
