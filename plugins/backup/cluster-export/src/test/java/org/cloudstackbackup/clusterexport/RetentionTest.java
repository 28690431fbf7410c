/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old runs go, with the packs that only they need; never the last complete one. */
@SuppressWarnings("NullAway.Init")
class RetentionTest {
    private ClusterServer cluster;
    private StoreServer store;
    private Program program;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        cluster = new ClusterServer();
        store = new StoreServer();
        program = new Program(cluster, store, folder).with("RETENTION_DAYS", "7");
        cluster.put("configmaps", "shop", "kept", Map.of("data", Map.of("a", "b")));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        store.close();
    }

    private void exportOnDay(int day, String value) {
        cluster.put("configmaps", "shop", "web", Map.of("data", Map.of("day", value)));
        program.at(Clock.offset(Clock.systemUTC(), Duration.ofDays(day)));
        assertThat(program.run("run")).isEqualTo(0);
    }

    private List<String> runs() {
        assertThat(program.run("list")).isEqualTo(0);
        return program.output()
                .lines()
                .skip(1)
                .map(line -> line.substring(0, 7))
                .toList();
    }

    @Test
    void expiredRunsGoWithTheirPacksAndTheOthersStayWhole() {
        exportOnDay(-30, "first");
        exportOnDay(-20, "second");
        assertThat(runs()).as("one is too old, and not the last complete one").containsExactly("r000002");
        assertThat(store.keys("clusterexport/east/packs/"))
                .as("the first pack holds what never changed")
                .hasSize(2);
        store.put("clusterexport/east/packs/r000003-killed/00000.gz", "left by a run that was killed");
        exportOnDay(0, "third");
        assertThat(runs()).containsExactly("r000003");
        assertThat(store.keys("clusterexport/east/packs/")).hasSize(2).noneMatch(key -> key.contains("killed"));
        cluster.remove("configmaps", "shop", "kept");
        cluster.remove("configmaps", "shop", "web");
        assertThat(program.run("restore")).as(program.output()).isEqualTo(0);
        assertThat(cluster.object("configmaps", "shop", "kept")).isNotNull();
    }

    @Test
    void theLastCompleteRunStaysHoweverOldItIs() {
        exportOnDay(-30, "first");
        program.at(Clock.systemUTC());
        assertThat(program.run("prune")).isEqualTo(0);
        assertThat(runs()).containsExactly("r000001");
        cluster.fault((exchange, path, query) -> {
            boolean secrets = path.endsWith("/secrets");
            if (secrets) {
                ClusterServer.status(exchange, 403, "forbidden");
            }
            return secrets;
        });
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(runs()).containsExactly("r000001", "r000002");
    }

    @Test
    void aDryRunOfPruneOnlyNamesRuns() {
        program.with("ENABLE_CLEANUP", "false");
        exportOnDay(-30, "first");
        exportOnDay(-20, "second");
        program.at(Clock.systemUTC());
        assertThat(program.run("prune", "--dry-run")).isEqualTo(0);
        assertThat(program.output()).startsWith("r000001-").doesNotContain("r000002-");
        assertThat(runs()).hasSize(2);
        assertThat(program.run("prune")).isEqualTo(0);
        assertThat(runs()).containsExactly("r000002");
    }

    @Test
    void anotherClusterWithALongerNameIsNeverTouched() {
        exportOnDay(0, "first");
        store.put("clusterbackup/east-2/shop/configmaps/web.yaml", "of another cluster");
        store.put("clusterexport/east/running.json", "{}");
        cluster.remove("configmaps", "shop", "web");
        exportOnDay(0, "second");
        assertThat(store.keys("clusterbackup/east-2/")).hasSize(1);
    }
}
