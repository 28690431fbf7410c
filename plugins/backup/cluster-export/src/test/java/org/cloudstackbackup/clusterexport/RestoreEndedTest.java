/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What had ended does not run again because its cluster was restored. */
class RestoreEndedTest extends ProgramFixture {
    private static final String MARK = "cluster-export.cloudstackbackup.org/ended";
    private static final List<String> ENDED = List.of("done", "failed");
    private static final List<String> ALL = List.of("done", "failed", "running");

    @BeforeEach
    void prepare() {
        cluster.serve(new ClusterServer.Type("batch", "v1", "jobs", "Job", true));
        cluster.serve(new ClusterServer.Type("", "v1", "pods", "Pod", true));
        cluster.put("namespaces", "", "shop", Map.of());
        job("done", "Complete", "True");
        job("failed", "Failed", "True");
        job("running", "Complete", "False");
        cluster.put("pods", "shop", "done", Map.of("status", Map.of("phase", "Succeeded")));
        cluster.put("pods", "shop", "failed", Map.of("status", Map.of("phase", "Failed")));
        cluster.put("pods", "shop", "running", Map.of("status", Map.of("phase", "Running")));
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        for (String name : ALL) {
            cluster.remove("jobs", "shop", name);
            cluster.remove("pods", "shop", name);
        }
    }

    private void job(String name, String condition, String holds) {
        Map<String, ?> status = Map.of("conditions", List.of(Map.of("type", condition, "status", holds)));
        cluster.put("jobs", "shop", name, Map.of("status", status));
    }

    @Test
    void whatHadCompletedIsSkippedAndTheRestIsRestored() throws Exception {
        assertThat(program.run("restore")).as(program.output()).isEqualTo(0);
        for (String plural : List.of("jobs", "pods")) {
            for (String name : ENDED) {
                String key = "clusterbackup/east/shop/" + plural + "/" + name + ".yaml";
                assertThat(store.text(key)).contains(MARK + ": \"true\"").doesNotContain("status:");
                assertThat(program.output()).containsPattern("skipped +" + key + " +had completed");
                assertThat(cluster.object(plural, "shop", name)).isNull();
            }
            assertThat(store.text("clusterbackup/east/shop/" + plural + "/running.yaml"))
                    .doesNotContain(MARK);
            assertThat(cluster.object(plural, "shop", "running")).isNotNull();
        }
    }

    @Test
    void whatHadCompletedIsRestoredWhenItIsAskedFor() {
        assertThat(program.run("restore", "--completed")).as(program.output()).isEqualTo(0);
        for (String plural : List.of("jobs", "pods")) {
            for (String name : ALL) {
                Map<String, ?> made = Objects.requireNonNull(cluster.object(plural, "shop", name), name);
                assertThat(JsonTree.map(made, "metadata").toString()).doesNotContain(MARK);
            }
        }
    }
}
