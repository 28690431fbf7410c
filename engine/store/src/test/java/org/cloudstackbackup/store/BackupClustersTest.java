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
import java.util.ArrayList;
import java.util.List;
import org.cloudstackbackup.framework.cluster.Access;
import org.cloudstackbackup.framework.cluster.BackupCluster;
import org.cloudstackbackup.framework.cluster.BackupClusters;
import org.cloudstackbackup.framework.cluster.ProbeStep;
import org.cloudstackbackup.framework.cluster.ProbeStep.Status;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.RoleType;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.secret.SecretBox;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may be registered, when a connection is tried, and what is told of it. */
class BackupClustersTest {
    private static final Access ACCESS = new Access("good: kubec0nfig", null);

    private final Database database = DatabaseKind.H2.open();
    private final SettableClock clock = new SettableClock();
    private final List<Access> tried = new ArrayList<>();
    private final List<ProbeStep> answer = new ArrayList<>();
    private final JdbcBackupClusters store = new JdbcBackupClusters(database, SecretBox.random());
    private final Caller caller = BackupWorld.caller(TestTenants.ADMIN, "/", RoleType.ADMIN);
    private final long zone = new JdbcZones(database)
            .add(new Zone(0, "z", "z", null, "Advanced", "Enabled", "simulator", Instant.EPOCH, null))
            .id();
    private final BackupClusters clusters = new BackupClusters(
            store,
            new JdbcZones(database),
            access -> {
                tried.add(access);
                return List.copyOf(answer);
            },
            database,
            new Journal(new JdbcEventStore(database, clock)),
            clock);

    BackupClustersTest() {
        answers(new ProbeStep("kubeconfig", Status.Ok, "https://east:6443"), new ProbeStep("dns", Status.Ok, ""));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void onlyForceRegistersWhatCannotBeReachedAndNothingRegistersWhatCannotBeUsed() {
        answers(
                new ProbeStep("kubeconfig", Status.Ok, "https://east:6443"),
                new ProbeStep("dns", Status.Failed, "the host east is unknown"));
        assertThatThrownBy(() -> clusters.add(caller, "east", zone, ACCESS, false))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.USER))
                .hasMessageContaining("step dns failed: the host east is unknown");
        assertThat(clusters.add(caller, "east", zone, ACCESS, true).server()).isEqualTo("https://east:6443");
        answers(new ProbeStep("kubeconfig", Status.Failed, "it is no YAML"));
        assertThatThrownBy(() -> clusters.add(caller, "west", zone, ACCESS, true))
                .hasMessageContaining("Parameter kubeconfig: it is no YAML");
    }

    @Test
    void aChangedNameTriesNoConnectionAndAChangedKubeconfigForgetsTheContext() {
        BackupCluster added = clusters.add(caller, "east", zone, new Access("good: kubec0nfig", "admin"), false);
        BackupCluster renamed = clusters.update(caller, added.id(), "west", null, null, false);
        assertThat(tried).hasSize(1);
        assertThat(renamed.folder()).isEqualTo("east");
        assertThat(renamed.context()).isEqualTo("admin");
        BackupCluster moved = clusters.update(caller, added.id(), null, "other: kubec0nfig", null, false);
        assertThat(moved.context()).isNull();
        assertThat(clusters.access(added.id())).isEqualTo(new Access("other: kubec0nfig", null));
        clusters.update(caller, added.id(), null, null, "reader", false);
        assertThat(tried.get(2)).isEqualTo(new Access("other: kubec0nfig", "reader"));
        assertThatThrownBy(() -> clusters.update(caller, added.id(), null, null, null, false))
                .hasMessageContaining("Nothing to change");
    }

    @Test
    void whatFailsChangesNothingAndTellsNothing() {
        BackupCluster added = clusters.add(caller, "east", zone, ACCESS, false);
        answers(
                new ProbeStep("kubeconfig", Status.Ok, "https://other"),
                new ProbeStep("token", Status.Failed, "expired"));
        assertThatThrownBy(() -> clusters.update(caller, added.id(), "west", "bad: one", null, false))
                .hasMessageContaining("step token failed: expired");
        assertThat(clusters.require(added.id())).isEqualTo(added);
        assertThat(clusters.access(added.id())).isEqualTo(ACCESS);
        assertThat(events()).containsExactly(BackupClusters.ADDED);
        clusters.delete(caller, added.id());
        assertThat(events()).containsExactly(BackupClusters.ADDED, BackupClusters.DELETED);
        assertThatThrownBy(() -> clusters.delete(caller, added.id()))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void noTransactionWaitsForACluster() {
        BackupCluster added = clusters.add(caller, "east", zone, ACCESS, false);
        assertThatThrownBy(() -> database.run(() -> clusters.test(added.id())))
                .hasMessageContaining("inside a database transaction");
        assertThatThrownBy(() -> database.run(() -> clusters.add(caller, "west", zone, ACCESS, true)))
                .hasMessageContaining("inside a database transaction");
        assertThat(tried).hasSize(1);
    }

    @Test
    void aNameIsAFolder() {
        for (String wrong : List.of("", "..", "a/b", "a b", "-a", "a..b", "a".repeat(101))) {
            assertThatThrownBy(() -> clusters.add(caller, wrong, zone, ACCESS, true))
                    .hasMessageContaining("Parameter name: a cluster's name is");
        }
        assertThat(tried).isEmpty();
    }

    @Test
    void noTextShowsAKubeconfig() {
        clusters.add(caller, "east", zone, ACCESS, false);
        assertThat(ACCESS.toString()).doesNotContain("kubec0nfig");
        assertThat(clusters.require(1).toString()).doesNotContain("kubec0nfig");
    }

    private void answers(ProbeStep... steps) {
        answer.clear();
        answer.addAll(List.of(steps));
    }

    private List<String> events() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT type FROM event WHERE type LIKE 'BACKUP.CLUSTER.%' ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }
}
