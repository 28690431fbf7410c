/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cloudstackbackup.clusterexport.service.ClusterAccess;
import org.cloudstackbackup.clusterexport.service.ClusterExporter;
import org.cloudstackbackup.clusterexport.service.ConnectionTest;
import org.cloudstackbackup.clusterexport.service.ExportFailure;
import org.cloudstackbackup.clusterexport.service.ExportFailure.Reason;
import org.cloudstackbackup.clusterexport.service.ExportedRun;
import org.cloudstackbackup.clusterexport.service.Restoration;
import org.cloudstackbackup.clusterexport.service.Restored;
import org.cloudstackbackup.clusterexport.service.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The export as a library: tasks that are attempted again, locks that attempts leave, and what is refused. */
@SuppressWarnings("NullAway.Init")
class ClusterExporterTest {
    private static final String LOCK = "clusterexport/east/lock.json";

    private ClusterServer cluster;
    private StoreServer store;
    private ClusterAccess access;
    private Map<String, String> settings;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final ClusterExporter exporter = new ClusterExporter(Clock.systemUTC(), (level, line) -> log.add(line));

    @BeforeEach
    void open() throws Exception {
        cluster = new ClusterServer();
        store = new StoreServer();
        access = new ClusterAccess(cluster.kubeconfig(), null);
        settings = new TreeMap<>(Map.of(
                "CLUSTER_NAME", "east",
                "MINIO_ENDPOINT", store.endpoint(),
                "MINIO_ACCESS_KEY", "access",
                "MINIO_SECRET_KEY", "a-secret-nobody-logs",
                "MINIO_USE_SSL", "false",
                "RETRY_DELAY", "1ms",
                "LOCK_EXPIRY", "1h"));
        cluster.put("namespaces", "", "shop", Map.of());
        cluster.put("configmaps", "shop", "one", Map.of("data", Map.of("k", "first")));
        cluster.put("configmaps", "shop", "two", Map.of("data", Map.of("k", "first")));
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
        store.close();
    }

    @Test
    void anotherAttemptAtATaskThatRecordedItsRunReturnsThatRun() {
        ExportedRun first = exporter.export(access, settings, task("job-one-1", false));
        ExportedRun other = exporter.export(access, settings, task("job-two-2", false));
        assertThat(exporter.export(access, settings, task("job-one-1", true))).isEqualTo(first);
        assertThat(exporter.runs(settings, 0, 10).runs()).containsExactly(other, first);
        ExportedRun third = exporter.export(access, settings, task("job-three", true));
        assertThat(third.id()).as("nothing was recorded for it").isNotEqualTo(other.id());
        assertThat(exporter.runs(settings, 1, 1)).isEqualTo(new ExportedRun.Page(List.of(other), 3));
        assertThat(exporter.runs(settings, 3, 5)).isEqualTo(new ExportedRun.Page(List.of(), 3));
    }

    @Test
    void aLockTellsWhetherItIsTheTasksOwn() {
        store.put(LOCK, "{\"holder\":\"run of job-mine-1 0000\",\"expirySeconds\":3600}");
        assertReason(Reason.OWN_LOCK, () -> exporter.export(access, settings, task("job-mine-1", true)));
        assertReason(Reason.BUSY, () -> exporter.export(access, settings, task("job-other", false)));
        assertReason(Reason.OWN_LOCK, () -> exporter.delete(settings, "r000001-x", task("job-mine-1", true)));
        assertReason(
                Reason.BUSY,
                () -> exporter.restore(access, settings, restoration("latest", false), task("job-other", false)));
        assertThat(store.keys("clusterexport/east/runs/")).isEmpty();
    }

    @Test
    void progressGrowsAndNeverSaysThatAllIsDone() {
        List<Integer> told = new CopyOnWriteArrayList<>();
        exporter.export(access, settings, new Task("job-watched", false, (percent, message) -> told.add(percent)));
        assertThat(told)
                .isNotEmpty()
                .allMatch(percent -> percent > 0 && percent < 100)
                .contains(91);
    }

    @Test
    void neitherTheNewestRunNorTheNewestCompleteOneIsDeleted() {
        ExportedRun first = exporter.export(access, settings, task("job-first", false));
        ExportedRun complete = exporter.export(access, settings, task("job-second", false));
        cluster.fault((exchange, path, query) -> {
            if (path.endsWith("/secrets")) {
                ClusterServer.status(exchange, 403, "secrets is forbidden");
                return true;
            }
            return false;
        });
        ExportedRun partial = exporter.export(access, settings, task("job-third", false));
        assertThat(partial.outcome()).isEqualTo("partial");
        assertThat(partial.problems())
                .singleElement()
                .asString()
                .startsWith("type secrets: ")
                .contains("forbidden");
        assertReason(Reason.BUSY, () -> exporter.delete(settings, complete.id(), task("job-delete", false)));
        assertReason(Reason.BUSY, () -> exporter.delete(settings, partial.id(), task("job-delete", false)));
        exporter.delete(settings, first.id(), task("job-delete", false));
        assertThat(exporter.runs(settings, 0, 10).runs()).containsExactly(partial, complete);
        assertReason(Reason.NOT_FOUND, () -> exporter.delete(settings, first.id(), task("job-again", false)));
        exporter.delete(settings, first.id(), task("job-delete", true));
    }

    @Test
    void anotherAttemptAtARestoreGoesOnWithTheRunAndTheReportOfTheFirst() throws Exception {
        ExportedRun old = exporter.export(access, settings, task("job-first", false));
        cluster.remove("configmaps", "shop", "one");
        Restored done = exporter.restore(access, settings, restoration("latest", false), task("job-restore", false));
        assertThat(done.counts()).containsEntry("created", 1L);
        assertThat(store.text(done.report())).contains(old.id());
        cluster.put("configmaps", "shop", "one", Map.of("data", Map.of("k", "changed since")));
        ExportedRun newer = exporter.export(access, settings, task("job-second", false));
        Restored again = exporter.restore(access, settings, restoration("latest", false), task("job-restore", true));
        assertThat(again.run()).isEqualTo(old.id()).isNotEqualTo(newer.id());
        assertThat(again.counts())
                .as("what was done before is told, and not done again")
                .isEqualTo(done.counts());
    }

    @Test
    void aDamagedRecordOfARunIsNamedWhenRunsAreListed() {
        ExportedRun run = exporter.export(access, settings, task("job-first", false));
        store.put("clusterexport/east/runs/" + run.id() + "/run.json", "{\"id\":\"" + run.id() + "\"}");
        assertReason(Reason.FAILED, () -> exporter.runs(settings, 0, 10));
        assertThatThrownBy(() -> exporter.runs(settings, 0, 10))
                .hasMessageContaining(run.id() + "/run.json is damaged");
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoEmptyList() throws Exception {
        exporter.export(access, settings, task("job-first", false));
        settings.put("MINIO_BUCKET", "another-bucket");
        assertReason(Reason.NOT_FOUND, () -> exporter.runs(settings, 0, 10));
        settings.put("MINIO_ENDPOINT", "127.0.0.1:1");
        assertReason(Reason.UNREACHABLE, () -> exporter.runs(settings, 0, 10));
        settings.put("MINIO_ENDPOINT", "not a host");
        assertThatThrownBy(() -> exporter.runs(settings, 0, 10))
                .asInstanceOf(type(ExportFailure.class))
                .satisfies(failure -> assertThat(failure.problems())
                        .singleElement()
                        .asString()
                        .startsWith("MINIO_ENDPOINT"));
    }

    @Test
    void aThreadThatIsToldToStopLeavesTheTaskForAnotherAttempt() {
        Thread.currentThread().interrupt();
        try {
            assertReason(Reason.STOPPED, () -> exporter.export(access, settings, task("job-stopped", false)));
        } finally {
            assertThat(Thread.interrupted())
                    .as("the thread still knows that it is to stop")
                    .isTrue();
        }
        assertThat(exporter.export(access, settings, task("job-stopped", true)).isComplete())
                .isTrue();
    }

    @Test
    void aKubeconfigThatNamesFilesOrStartsProgramsOrIsBrokenIsRefusedAndNotQuoted() {
        String good = cluster.kubeconfig();
        for (String[] wrong : new String[][] {
            {good.replace("token: a-token-nobody-logs", "tokenFile: /etc/passwd"), "names a file in tokenFile"},
            {good.replace("token: a-token-nobody-logs", "client-key: /etc/key"), "names a file in client-key"},
            {good.replace("token: a-token-nobody-logs", "exec: {command: id}"), "logs in by exec"},
            {good.replace("token: a-token-nobody-logs", "auth-provider: {name: oidc}"), "logs in by auth-provider"},
            {good.replace("current-context: test", ""), "it has no current-context"},
            {good.replace("current-context: test", "current-context: x"), "it has no context 'x', but test"},
            {good.replace("server: \"http", "server: \"ftp"), "is no http or https URL"},
            {good.replace("//127", "//me:a-token-nobody-logs@127"), "is no http or https URL without user and password"
            },
            {good.replace("users: [{name: test", "users: [{name: other"), "it has no user 'test', but other"},
            {good.replace("a-token-nobody-logs}", "a-token-nobody-logs"), "it is no YAML in line"},
            {"a-token-nobody-logs", "it is no kubeconfig"},
            {"x: &x {exec: {command: id}}\n" + good.replace("user: {token", "user: {<<: *x, token"), "it is no YAML"},
        }) {
            List<ConnectionTest.Step> steps = ConnectionTest.run(new ClusterAccess(wrong[0], null));
            assertThat(steps.get(0).status()).isEqualTo(ConnectionTest.Step.Status.FAILED);
            assertThat(steps.get(0).detail()).contains(wrong[1]).doesNotContain("nobody-logs");
            assertThat(steps.subList(1, steps.size()))
                    .allMatch(step -> step.status() == ConnectionTest.Step.Status.SKIPPED);
            assertReason(
                    Reason.SETTINGS,
                    () -> exporter.export(new ClusterAccess(wrong[0], null), settings, task("job-wrong", false)));
        }
        assertThat(String.join("\n", log)).doesNotContain("nobody-logs");
        assertThat(access.toString()).doesNotContain("nobody-logs");
    }

    @Test
    void whatIsWrongInARestoreIsToldByItsParameter() {
        exporter.export(access, settings, task("job-first", false));
        Restoration wrong =
                new Restoration("latest", List.of(), List.of(), List.of(), "", Map.of(), "maybe", false, false, false);
        assertThatThrownBy(() -> exporter.restore(access, settings, wrong, task("job-wrong", false)))
                .asInstanceOf(type(ExportFailure.class))
                .satisfies(failure -> assertThat(failure.problems())
                        .containsExactly(
                                "parameter conflictpolicy is 'maybe', but it is one of skip, update, recreate, fail"));
    }

    private static Restoration restoration(String run, boolean dryRun) {
        return new Restoration(run, List.of(), List.of(), List.of(), "", Map.of(), "skip", dryRun, false, false);
    }

    private static Task task(String label, boolean again) {
        return new Task(label, again, (percent, message) -> {});
    }

    private static void assertReason(Reason reason, Runnable call) {
        List<String> texts = new ArrayList<>();
        assertThatThrownBy(call::run).asInstanceOf(type(ExportFailure.class)).satisfies(failure -> {
            texts.add(String.valueOf(failure.getMessage()));
            assertThat(failure.reason()).as(texts.toString()).isEqualTo(reason);
        });
    }
}
