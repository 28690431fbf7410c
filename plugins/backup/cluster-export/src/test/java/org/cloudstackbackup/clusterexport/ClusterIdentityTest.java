/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clusters of one name: the second is not taken for the first that lost everything. */
class ClusterIdentityTest extends ProgramFixture {
    @BeforeEach
    void prepare() {
        isCluster("uid-1");
        cluster.put("namespaces", "", "shop", Map.of());
        cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("i", "0")));
    }

    private void isCluster(String uid) {
        cluster.put("namespaces", "", "kube-system", Map.of("uid", uid), Map.of());
    }

    private String recordedUid() throws Exception {
        String run = JsonTree.text(JsonTree.readObject(store.text("clusterexport/east/latest.json")), "run");
        return JsonTree.text(
                JsonTree.readObject(store.text("clusterexport/east/runs/" + run + "/run.json")), "clusterUid");
    }

    @Test
    void anotherClusterOfTheSameNameIsRefusedAndNothingIsWritten() throws Exception {
        program.with("CLEANUP_ON_STARTUP", "true").with("RETENTION_DAYS", "1");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(recordedUid()).isEqualTo("uid-1");
        var before = store.keys("cluster");
        isCluster("uid-2");
        cluster.remove("configmaps", "shop", "c0");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.output())
                .contains("uid-1")
                .contains("set ACCEPT_CLUSTER_UID (accept-cluster-uid) to uid-2")
                .contains("CLUSTER_NAME");
        assertThat(program.records("cleanup_start")).isEmpty();
        assertThat(store.keys("cluster")).isEqualTo(before).contains("clusterbackup/east/shop/configmaps/c0.yaml");
    }

    @Test
    void anotherClusterThatIsAcceptedTakesThePlace() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        isCluster("uid-2");
        cluster.remove("configmaps", "shop", "c0");
        assertThat(program.with("ACCEPT_CLUSTER_UID", "uid-3").run("run")).isEqualTo(1);
        assertThat(program.with("ACCEPT_CLUSTER_UID", "uid-2").run("run")).isEqualTo(0);
        assertThat(program.data("cluster_uid_accepted"))
                .containsEntry("uid", "uid-2")
                .containsEntry("uid_before", "uid-1");
        assertThat(recordedUid()).isEqualTo("uid-2");
        assertThat(store.keys("clusterbackup/")).doesNotContain("clusterbackup/east/shop/configmaps/c0.yaml");
        assertThat(program.without("ACCEPT_CLUSTER_UID").run("run")).isEqualTo(0);
    }

    @Test
    void aClusterThatCannotBeToldApartIsToldAndKeepsTheUidOfTheRunBefore() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        cluster.forbid("/api/v1/namespaces");
        assertThat(program.with("EXCLUDE_RESOURCES", "namespaces").run("run")).isEqualTo(0);
        assertThat(program.records("cluster_uid_unknown")).hasSize(1);
        assertThat(recordedUid()).isEqualTo("uid-1");
        cluster.heal();
        isCluster("uid-2");
        assertThat(program.run("run")).isEqualTo(1);
    }

    @Test
    void runsThatWereRecordedWithoutAUidAreAccepted() throws Exception {
        cluster.remove("namespaces", "", "kube-system");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("cluster_uid_unknown")).hasSize(1);
        assertThat(recordedUid()).isEmpty();
        isCluster("uid-1");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(recordedUid()).isEqualTo("uid-1");
    }

    @Test
    void aUidThatIsNoneIsRefusedByTheNameOfItsSetting() {
        assertThat(program.with("ACCEPT_CLUSTER_UID", "a b").run("run")).isEqualTo(2);
        assertThat(program.errors()).contains("ACCEPT_CLUSTER_UID (accept-cluster-uid)");
    }
}
