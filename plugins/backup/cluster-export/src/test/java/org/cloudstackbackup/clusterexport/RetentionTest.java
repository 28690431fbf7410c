/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old runs go, with the packs that only they need; never the last complete one. */
class RetentionTest extends ProgramFixture {
    @BeforeEach
    void prepare() {
        program.with("RETENTION_DAYS", "7");
        cluster.put("configmaps", "shop", "kept", Map.of("data", Map.of("a", "b")));
    }

    /** Exports, and says of the run that it ended so many days from now; the store's own clock cannot be set. */
    private void exportOnDay(int day, String value) throws Exception {
        cluster.put("configmaps", "shop", "web", Map.of("data", Map.of("day", value)));
        assertThat(program.run("run")).isEqualTo(0);
        String id = JsonTree.text(JsonTree.readObject(store.text("clusterexport/east/latest.json")), "run");
        String key = "clusterexport/east/runs/" + id + "/run.json";
        Map<String, Object> record = new LinkedHashMap<>(JsonTree.readObject(store.text(key)));
        record.put("ended", Instant.now().plus(Duration.ofDays(day)).toString());
        store.put(key, JsonText.of(record));
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
    void expiredRunsGoWithTheirPacksAndTheOthersStayWhole() throws Exception {
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
    void theLastCompleteRunStaysHoweverOldItIs() throws Exception {
        exportOnDay(-30, "first");
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
    void aDryRunOfPruneOnlyNamesRuns() throws Exception {
        program.with("ENABLE_CLEANUP", "false");
        exportOnDay(-30, "first");
        exportOnDay(-20, "second");
        assertThat(program.run("prune", "--dry-run")).isEqualTo(0);
        assertThat(program.output()).startsWith("r000001-").doesNotContain("r000002-");
        assertThat(runs()).hasSize(2);
        assertThat(program.run("prune")).isEqualTo(0);
        assertThat(runs()).containsExactly("r000002");
    }

    @Test
    void anotherClusterWithALongerNameIsNeverTouched() throws Exception {
        exportOnDay(0, "first");
        store.put("clusterbackup/east-2/shop/configmaps/web.yaml", "of another cluster");
        store.put("clusterexport/east/running.json", "{}");
        cluster.remove("configmaps", "shop", "web");
        exportOnDay(0, "second");
        assertThat(store.keys("clusterbackup/east-2/")).hasSize(1);
    }

    @Test
    void aClockThatIsNotTheStoresDeletesNothing() throws Exception {
        program.with("ENABLE_CLEANUP", "false");
        exportOnDay(-30, "first");
        exportOnDay(-20, "second");
        program.with("ENABLE_CLEANUP", "true").at(Clock.offset(Clock.systemUTC(), Duration.ofDays(400)));
        assertThat(program.run("prune", "--dry-run")).isEqualTo(0);
        assertThat(program.output()).isEmpty();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("cleanup_clock")).hasSize(1);
        assertThat(runs()).containsExactly("r000001", "r000002", "r000003");
        program.at(Clock.systemUTC());
        assertThat(program.run("prune")).isEqualTo(0);
        assertThat(runs())
                .as("the run with the wrong clock is dated by the store")
                .containsExactly("r000003");
    }

    @Test
    void aRunFromTheFutureTakesNoOthersPlace() throws Exception {
        program.with("ENABLE_CLEANUP", "false");
        exportOnDay(-30, "first");
        exportOnDay(30, "second");
        assertThat(runs()).containsExactly("r000001", "r000002");
        assertThat(program.run("prune")).isEqualTo(0);
        assertThat(runs()).containsExactly("r000001", "r000002");
    }

    @Test
    void asManyCompleteRunsStayAsAreAskedFor() throws Exception {
        program.with("RETENTION_RUNS", "2").with("ENABLE_CLEANUP", "false");
        exportOnDay(-30, "first");
        exportOnDay(-20, "second");
        exportOnDay(-10, "third");
        assertThat(program.run("prune")).isEqualTo(0);
        assertThat(runs()).containsExactly("r000002", "r000003");
    }

    @Test
    void aCleanupOnStartupIsDoneBeforeTheRun() throws Exception {
        exportOnDay(-30, "first");
        exportOnDay(-20, "second");
        program.with("CLEANUP_ON_STARTUP", "true");
        exportOnDay(0, "third");
        assertThat(runs()).as("the second was the last complete one then").containsExactly("r000002", "r000003");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("cleanup_complete")).hasSize(1);
    }

    /** It is complete, too, and would else be all that is left. */
    @Test
    void aRunOfFewerObjectsTakesNoPlaceOfOneOfAll() throws Exception {
        exportOnDay(-30, "first");
        exportOnDay(-20, "second");
        program.with("FILTERING_MODE", "whitelist").with("INCLUDE_RESOURCES", "secrets");
        exportOnDay(-15, "third");
        exportOnDay(-14, "fourth");
        assertThat(program.run("prune")).isEqualTo(0);
        assertThat(runs()).containsExactly("r000002", "r000004");
        assertThat(program.output()).containsPattern("r000002.* other\\R").containsPattern("r000004.* newest");
        cluster.remove("configmaps", "shop", "kept");
        assertThat(program.run("list")).isEqualTo(0);
        String full = program.output().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        assertThat(program.run("restore", full)).as(program.output()).isEqualTo(0);
        assertThat(cluster.object("configmaps", "shop", "kept")).isNotNull();
    }

    @Test
    void whatIsKeptForOtherSelectionsGoesWhenSomebodySaysSo() throws Exception {
        program.with("ENABLE_CLEANUP", "false");
        exportOnDay(-30, "first");
        program.with("INCLUDE_NAMESPACES", "shop");
        cluster.put("namespaces", "", "shop", Map.of());
        exportOnDay(-20, "second");
        exportOnDay(-15, "third");
        assertThat(program.run("prune", "--dry-run")).isEqualTo(0);
        assertThat(program.output()).startsWith("r000002-").doesNotContain("r000001-");
        assertThat(program.run("prune", "--other-selections")).isEqualTo(0);
        assertThat(runs()).containsExactly("r000003");
    }

    @Test
    void theLastCompleteRunOfAClusterThatWasReplacedStays() throws Exception {
        cluster.put("namespaces", "", "kube-system", Map.of("uid", "uid-1"), Map.of());
        exportOnDay(-30, "first");
        cluster.put("namespaces", "", "kube-system", Map.of("uid", "uid-2"), Map.of());
        program.with("ACCEPT_CLUSTER_UID", "uid-2");
        exportOnDay(-20, "second");
        exportOnDay(-15, "third");
        assertThat(program.run("prune")).isEqualTo(0);
        assertThat(runs()).containsExactly("r000001", "r000003");
        assertThat(program.output()).containsPattern("r000001.* other cluster\\R");
    }

    @Test
    void aCleanupOnStartupIsNoneWhereCleanupsAreOff() throws Exception {
        program.with("ENABLE_CLEANUP", "false").with("CLEANUP_ON_STARTUP", "true");
        exportOnDay(-30, "first");
        exportOnDay(-20, "second");
        exportOnDay(0, "third");
        assertThat(program.records("cleanup_start")).isEmpty();
        assertThat(runs()).containsExactly("r000001", "r000002", "r000003");
    }

    /** What was done is done; the lock expires by itself. */
    @Test
    void aLockThatCannotBeGivenBackFailsNeitherAPruneNorARestore() throws Exception {
        exportOnDay(-30, "first");
        cluster.remove("configmaps", "shop", "kept");
        program.with("RETRY_ATTEMPTS", "0");
        store.keep(key -> key.endsWith("/lock.json"));
        cluster.put("namespaces", "", "shop", Map.of());
        assertThat(program.run("restore")).as(program.errors()).isEqualTo(0);
        assertThat(program.records("lock_release")).hasSize(1);
        assertThat(cluster.object("configmaps", "shop", "kept")).isNotNull();
        store.delete("clusterexport/east/lock.json");
        assertThat(program.run("prune")).as(program.errors()).isEqualTo(0);
        assertThat(program.records("lock_release")).hasSize(1);
        store.delete("clusterexport/east/lock.json");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("lock_release")).hasSize(1);
    }
}
