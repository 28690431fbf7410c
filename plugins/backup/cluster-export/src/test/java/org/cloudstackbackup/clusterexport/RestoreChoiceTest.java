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
import java.util.Objects;
import java.util.TreeMap;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.service.ClusterAccess;
import org.cloudstackbackup.clusterexport.service.ClusterExporter;
import org.cloudstackbackup.clusterexport.service.ExportFailure;
import org.cloudstackbackup.clusterexport.service.Restoration;
import org.cloudstackbackup.clusterexport.service.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot have been meant is refused before anything is written, by the program and by the library alike. */
class RestoreChoiceTest extends ProgramFixture {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private int before;

    @BeforeEach
    void prepare() {
        cluster.serve(new ClusterServer.Type(RBAC, "v1", "clusterrolebindings", "ClusterRoleBinding", false));
        for (String namespace : List.of("blue", "green")) {
            cluster.put("namespaces", "", namespace, Map.of());
            cluster.put("configmaps", namespace, "web", Map.of("data", Map.of("of", namespace)));
        }
        cluster.put("configmaps", "green", "only", Map.of("data", Map.of("of", "green")));
        Map<String, ?> subject = Map.of("kind", "ServiceAccount", "name", "web", "namespace", "blue");
        cluster.put("clusterrolebindings", "", "web", Map.of("subjects", List.of(subject)));
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        cluster.put("configmaps", "blue", "web", Map.of("data", Map.of("of", "today")));
        before = cluster.requests().size();
    }

    private void restore(int expected, String... options) {
        List<String> arguments = new ArrayList<>(List.of("restore"));
        arguments.addAll(List.of(options));
        assertThat(program.run(arguments.toArray(String[]::new)))
                .as(program.output() + program.errors())
                .isEqualTo(expected);
    }

    private void assertNothingWritten() {
        assertThat(cluster.requests().subList(before, cluster.requests().size()))
                .noneMatch(request -> !request.startsWith("GET ") && !request.contains("dryRun"));
    }

    private String of(String namespace, String name) {
        return JsonTree.text(
                JsonTree.map(Objects.requireNonNull(cluster.object("configmaps", namespace, name), name), "data"),
                "of");
    }

    @Test
    void aNamespaceInTheMapThatNothingIsInIsRefused() {
        restore(2, "--conflict", "update", "--map-namespace", "bleu=copy");
        assertThat(program.errors()).contains("'bleu'");
        restore(2, "--conflict", "update", "--namespace", "blue", "--map-namespace", "green=copy");
        assertThat(program.errors()).contains("'green'");
        assertNothingWritten();
        assertThat(of("blue", "web")).isEqualTo("today");
    }

    @Test
    void aBindingThatSpeaksOfAMappedNamespaceIsRestoredAlone() {
        restore(0, "--type", "clusterrolebindings", "--map-namespace", "blue=copy");
        restore(2, "--type", "clusterrolebindings", "--map-namespace", "bleu=copy");
    }

    @Test
    void twoObjectsThatWouldBecomeOneAreRefused() {
        restore(2, "--map-namespace", "blue=both,green=both");
        assertThat(program.errors())
                .contains("makes one object of clusterbackup/east/_cluster/namespaces/blue.yaml and "
                        + "clusterbackup/east/_cluster/namespaces/green.yaml")
                .contains("clusterbackup/east/green/configmaps/web.yaml")
                .doesNotContain("only.yaml");
        restore(2, "--map-namespace", "blue=green");
        assertNothingWritten();
        restore(0, "--name", "only", "--map-namespace", "green=both");
        assertThat(of("both", "only")).isEqualTo("green");
    }

    @Test
    void twoNamespacesCanChangeTheirNames() {
        restore(0, "--type", "configmaps", "--conflict", "update", "--map-namespace", "blue=green,green=blue");
        assertThat(of("green", "web")).isEqualTo("blue");
        assertThat(of("blue", "web")).isEqualTo("green");
    }

    @Test
    void aNamespaceOrNameThatTheRunDoesNotHaveIsRefusedByName() {
        restore(2, "--namespace", "blue,gren");
        assertThat(program.errors()).contains("'gren'").contains("blue, green");
        restore(2, "--namespace", "g?n");
        assertThat(program.errors()).contains("'g?n'");
        restore(2, "--name", "web,wbe");
        assertThat(program.errors()).contains("'wbe'");
        restore(2, "--namespace", "blue", "--name", "only");
        assertThat(program.errors()).contains("'only'");
        assertNothingWritten();
    }

    @Test
    void whenTheLabelsLeaveNothingTheRestoreFailedAndSaysSo() {
        restore(1, "--selector", "app=web");
        assertThat(program.errors()).contains("no object that was chosen has labels that 'app=web' takes");
        restore(1, "--selector", "app=web", "--dry-run");
        assertNothingWritten();
    }

    @Test
    void theLibraryRefusesTheSame() {
        ClusterExporter exporter = new ClusterExporter(Clock.systemUTC(), (level, line) -> {});
        refused(exporter, List.of("gren"), "", Map.of(), ExportFailure.Reason.SETTINGS, "'gren'");
        refused(exporter, List.of(), "", Map.of("bleu", "copy"), ExportFailure.Reason.SETTINGS, "'bleu'");
        refused(exporter, List.of(), "", Map.of("blue", "green"), ExportFailure.Reason.SETTINGS, "makes one object of");
        refused(exporter, List.of(), "app=web", Map.of(), ExportFailure.Reason.FAILED, "'app=web'");
        assertNothingWritten();
    }

    private void refused(
            ClusterExporter exporter,
            List<String> namespaces,
            String labels,
            Map<String, String> map,
            ExportFailure.Reason reason,
            String text) {
        Restoration wanted = new Restoration(
                "latest-complete", namespaces, List.of(), List.of(), labels, map, "update", false, false, false);
        Map<String, String> settings = new TreeMap<>(Map.of(
                "CLUSTER_NAME", "east",
                "MINIO_ENDPOINT", store.endpoint(),
                "MINIO_ACCESS_KEY", "access",
                "MINIO_SECRET_KEY", "a-secret-nobody-logs",
                "MINIO_USE_SSL", "false"));
        ClusterAccess access = new ClusterAccess(cluster.kubeconfig(), null);
        Task task = new Task("job-refused", false, (percent, message) -> {});
        assertThatThrownBy(() -> exporter.restore(access, settings, wanted, task))
                .hasMessageContaining(text)
                .asInstanceOf(type(ExportFailure.class))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}
