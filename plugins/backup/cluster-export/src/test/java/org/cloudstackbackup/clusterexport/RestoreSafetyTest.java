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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restore deletes nothing that was not asked for, and goes on where the cluster is not as it was. */
class RestoreSafetyTest extends ProgramFixture {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final long LONGEST_SECONDS = 60;

    @BeforeEach
    void prepare() {
        cluster.put("namespaces", "", "shop", Map.of());
        cluster.put("configmaps", "shop", "web", Map.of("data", Map.of("on", "yes")));
    }

    private void export() {
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
    }

    private void restore(int expected, String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of("restore"));
        arguments.addAll(List.of(options));
        assertThat(program.run(arguments.toArray(String[]::new)))
                .as(program.output() + program.errors())
                .isEqualTo(expected);
    }

    private Map<String, @Nullable Object> metadata(String plural, String namespace, String name) {
        return JsonTree.map(Objects.requireNonNull(cluster.object(plural, namespace, name), name), "metadata");
    }

    private String uid(String plural, String name) {
        return JsonTree.text(metadata(plural, "shop", name), "uid");
    }

    private static Map<String, ?> owner(String kind, String name, String uid) {
        return Map.of("apiVersion", "v1", "kind", kind, "name", name, "uid", uid);
    }

    private static boolean isRealWrite(com.sun.net.httpserver.HttpExchange exchange, Map<String, String> query) {
        return !exchange.getRequestMethod().equals("GET") && !query.containsKey("dryRun");
    }

    @Test
    void recreatingAnObjectLeavesWhatItOwns() {
        export();
        restore(0, "--conflict", "recreate", "--name", "web");
        assertThat(program.output()).contains("recreated  clusterbackup/east/shop/configmaps/web.yaml");
        assertThat(cluster.requests())
                .contains("DELETE /api/v1/namespaces/shop/configmaps/web?propagationPolicy=Orphan");
    }

    @Test
    void whatHoldsDataOrRightsIsUpdatedInsteadOfRecreated() {
        cluster.serve(new ClusterServer.Type("db.example.org", "v1", "databases", "Database", true));
        cluster.serve(
                new ClusterServer.Type("snapshot.storage.k8s.io", "v1", "volumesnapshots", "VolumeSnapshot", true));
        cluster.serve(new ClusterServer.Type("", "v1", "serviceaccounts", "ServiceAccount", true));
        cluster.put("databases", "shop", "orders", Map.of());
        cluster.put("volumesnapshots", "shop", "daily", Map.of());
        cluster.put("serviceaccounts", "shop", "restorer", Map.of());
        cluster.put("clusterroles", "", "restorer", Map.of());
        export();
        restore(0, "--conflict", "recreate", "--name", "orders,daily,restorer");
        assertThat(program.output().lines().filter(line -> line.startsWith("updated ")))
                .hasSize(4)
                .allMatch(line -> line.contains("deleting it could delete what it holds"));
        assertThat(cluster.requests()).noneMatch(request -> request.startsWith("DELETE "));
    }

    @Test
    void anObjectIsRestoredInItsOwnVersionThoughAnotherIsPreferred() {
        cluster.put("deployments", "shop", "front", Map.of());
        export();
        cluster.withdraw("deployments", "apps");
        cluster.serve(new ClusterServer.Type("apps", "v2", "deployments", "Deployment", true));
        cluster.serve(new ClusterServer.Type("apps", "v1", "deployments", "Deployment", true));
        cluster.remove("deployments", "shop", "front");
        restore(0, "--name", "front");
        assertThat(cluster.object("deployments", "shop", "front")).isNotNull();
        assertThat(cluster.requests()).noneMatch(request -> request.startsWith("POST /apis/apps/v2/"));
    }

    @Test
    void anObjectOfAVersionThatIsGoneIsTranslatedStrictlyAndTheReportSaysSo() {
        cluster.put("deployments", "shop", "front", Map.of());
        export();
        cluster.withdraw("deployments", "apps");
        cluster.serve(new ClusterServer.Type("apps", "v2", "deployments", "Deployment", true));
        cluster.remove("deployments", "shop", "front");
        restore(0, "--name", "front");
        assertThat(program.output()).contains("as apps/v2, since apps/v1 is not served");
        assertThat(cluster.requests())
                .anyMatch(
                        request -> request.startsWith("POST /apis/apps/v2/") && request.contains("Validation=Strict"));
    }

    @Test
    void aCreationWhoseAnswerWasLostIsNoFailure() {
        export();
        cluster.remove("configmaps", "shop", "web");
        AtomicBoolean lost = new AtomicBoolean();
        cluster.fault((exchange, path, query) -> {
            boolean first = isRealWrite(exchange, query) && path.endsWith("/configmaps") && !lost.getAndSet(true);
            if (first) {
                Map<String, ?> mark = Map.of("manager", query.getOrDefault("fieldManager", ""));
                cluster.put("configmaps", "shop", "web", Map.of("managedFields", List.of(mark)), Map.of());
                ClusterServer.status(exchange, 503, "the answer was lost");
            }
            return first;
        });
        restore(0, "--conflict", "fail", "--name", "web");
        assertThat(program.output()).contains("created  clusterbackup/east/shop/configmaps/web.yaml");
    }

    @Test
    void whatAControllerMakesMeanwhileIsTreatedByThePolicy() {
        export();
        cluster.fault((exchange, path, query) -> {
            if (isRealWrite(exchange, query) && path.endsWith("/configmaps")) {
                cluster.put("configmaps", "shop", "web", Map.of("data", Map.of("on", "made")));
            }
            return false;
        });
        cluster.remove("configmaps", "shop", "web");
        restore(0, "--conflict", "skip", "--name", "web");
        assertThat(program.output()).contains("skipped  clusterbackup/east/shop/configmaps/web.yaml");
        cluster.remove("configmaps", "shop", "web");
        restore(0, "--conflict", "update", "--name", "web");
        assertThat(String.valueOf(cluster.object("configmaps", "shop", "web"))).contains("on=yes");
    }

    @Test
    void anUpdateReadsAgainWhatChangedMeanwhile() {
        export();
        AtomicInteger changes = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (isRealWrite(exchange, query) && path.endsWith("/configmaps/web") && changes.incrementAndGet() < 3) {
                cluster.put("configmaps", "shop", "web", Map.of("data", Map.of("on", "changed")));
            }
            return false;
        });
        restore(0, "--conflict", "update", "--name", "web");
        assertThat(changes).hasValue(3);
        assertThat(String.valueOf(cluster.object("configmaps", "shop", "web"))).contains("on=yes");
    }

    @Test
    void whatIsBeingDeletedIsNotTakenForRestored() {
        export();
        cluster.put("configmaps", "shop", "web", Map.of("deletionTimestamp", "2026-01-02T00:00:00Z"), Map.of());
        restore(1, "--name", "web");
        assertThat(program.output()).contains("it is being deleted");
    }

    @Test
    void anOwnerThatComesLaterIsSetInTheEnd() {
        cluster.put("services", "shop", "front", Map.of());
        Map<String, ?> owner = owner("Service", "front", uid("services", "front"));
        cluster.put("configmaps", "shop", "owned", Map.of("ownerReferences", List.of(owner)), Map.of());
        export();
        String before = uid("services", "front");
        cluster.remove("configmaps", "shop", "owned");
        cluster.remove("services", "shop", "front");
        restore(0);
        assertThat(uid("services", "front")).isNotEqualTo(before);
        assertThat(String.valueOf(metadata("configmaps", "shop", "owned").get("ownerReferences")))
                .contains(uid("services", "front"))
                .doesNotContain(before);
        assertThat(program.output()).doesNotContain("without owners");
    }

    @Test
    void anOwnerThatNeverLeftKeepsWhatItOwns() {
        cluster.put("services", "shop", "front", Map.of());
        Map<String, ?> owner = owner("Service", "front", uid("services", "front"));
        cluster.put("configmaps", "shop", "owned", Map.of("ownerReferences", List.of(owner)), Map.of());
        export();
        restore(0, "--conflict", "update", "--name", "owned");
        assertThat(String.valueOf(metadata("configmaps", "shop", "owned").get("ownerReferences")))
                .contains(uid("services", "front"));
        cluster.remove("configmaps", "shop", "owned");
        restore(0, "--name", "owned");
        assertThat(String.valueOf(metadata("configmaps", "shop", "owned").get("ownerReferences")))
                .contains(uid("services", "front"));
    }

    @Test
    void anOwnerThatIsGoneIsLeftOutAndTheReportSaysSo() {
        cluster.put("services", "shop", "front", Map.of());
        Map<String, ?> owner = owner("Service", "front", uid("services", "front"));
        cluster.put("configmaps", "shop", "owned", Map.of("ownerReferences", List.of(owner)), Map.of());
        export();
        cluster.remove("services", "shop", "front");
        cluster.remove("configmaps", "shop", "owned");
        restore(0, "--name", "owned");
        assertThat(metadata("configmaps", "shop", "owned")).doesNotContainKey("ownerReferences");
        assertThat(program.output()).contains("without owners that are not there");
    }

    @Test
    void aRestoreThatWasToldToStopInTheMiddleOfAStepGoesOn() throws Exception {
        cluster.put("configmaps", "shop", "slow", Map.of("data", Map.of("on", "yes")));
        export();
        cluster.remove("configmaps", "shop", "web");
        cluster.remove("configmaps", "shop", "slow");
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger posts = new AtomicInteger();
        cluster.fault((exchange, path, query) -> {
            if (isRealWrite(exchange, query) && path.endsWith("/configmaps") && posts.incrementAndGet() == 2) {
                asked.countDown();
                awaited(goOn);
            }
            return false;
        });
        AtomicInteger code = new AtomicInteger(-1);
        Thread running =
                new Thread(() -> code.set(program.run("restore", "--conflict", "fail", "--type", "configmaps")));
        running.start();
        awaited(asked);
        running.interrupt();
        running.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
        assertThat(code).hasValue(1);
        String id = JsonTree.text(program.data("restore_start"), "restore");
        assertThat(program.output()).contains("Restore " + id);
        goOn.countDown();
        cluster.heal();
        restore(0, "--conflict", "fail", "--type", "configmaps", "--resume", id);
        assertThat(cluster.object("configmaps", "shop", "slow")).isNotNull();
        assertThat(cluster.object("configmaps", "shop", "web")).isNotNull();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNamespaceThatIsRefusedFailsOnlyWhatIsInIt() {
        cluster.put("namespaces", "", "closed", Map.of());
        cluster.put("configmaps", "closed", "inside", Map.of());
        program.with("EXCLUDE_RESOURCES", "namespaces");
        export();
        for (String name : List.of("shop", "closed")) {
            cluster.remove("namespaces", "", name);
        }
        cluster.remove("configmaps", "shop", "web");
        cluster.remove("configmaps", "closed", "inside");
        cluster.fault((exchange, path, query) -> {
            boolean closed = isRealWrite(exchange, query)
                    && path.equals("/api/v1/namespaces")
                    && cluster.object("namespaces", "", "shop") != null;
            if (closed) {
                ClusterServer.status(exchange, 403, "no more namespaces for you");
            }
            return closed;
        });
        restore(3);
        assertThat(program.output())
                .contains("its namespace could not be made")
                .contains("no more namespaces for you")
                .contains("Restore restore-");
    }

    @Test
    void aDefinitionThatIsNeverServedFailsAndTheRestGoesOn() {
        cluster.serve(new ClusterServer.Type(
                "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false));
        cluster.put("customresourcedefinitions", "", "things.example.org", Map.of());
        export();
        cluster.remove("configmaps", "shop", "web");
        program.with("REQUEST_TIMEOUT", "2s");
        restore(3);
        assertThat(program.output())
                .contains("the API server does not serve it after PT2S")
                .contains("created  clusterbackup/east/shop/configmaps/web.yaml");
    }

    @Test
    void aTypeThatNoObjectHasIsRefusedByName() {
        export();
        restore(2, "--type", "configmap");
        assertThat(program.errors()).contains("'configmap'").contains("configmaps");
        restore(0, "--type", "configmaps");
    }

    @Test
    void aNameThatNoNamespaceCanHaveIsRefused() {
        export();
        restore(2, "--map-namespace", "shop=../../x");
        assertThat(program.errors()).contains("../../x");
    }

    @Test
    void aBindingForAMappedNamespaceIsNotTakenFromTheOneThatIsThere() {
        cluster.serve(new ClusterServer.Type(RBAC, "v1", "clusterrolebindings", "ClusterRoleBinding", false));
        Map<String, ?> subject = Map.of("kind", "ServiceAccount", "name", "web", "namespace", "shop");
        cluster.put("clusterrolebindings", "", "web", Map.of("subjects", List.of(subject)));
        export();
        restore(0, "--conflict", "update", "--map-namespace", "shop=copy");
        assertThat(String.valueOf(cluster.object("clusterrolebindings", "", "web")))
                .contains("namespace=shop");
        assertThat(program.output()).contains("it would serve the new namespace instead");
        cluster.remove("clusterrolebindings", "", "web");
        restore(0, "--conflict", "update", "--map-namespace", "shop=copy");
        assertThat(String.valueOf(cluster.object("clusterrolebindings", "", "web")))
                .contains("namespace=copy");
    }
}
