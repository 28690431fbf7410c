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
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which objects a run exports, in every mode and by every filter. */
class SelectionTest extends ProgramFixture {
    private static final String FILES = "clusterbackup/east/";

    @BeforeEach
    void prepare() {
        cluster.serve(new ClusterServer.Type("serving.knative.dev", "v1", "services", "Service", true));
        cluster.serve(new ClusterServer.Type("route.openshift.io", "v1", "routes", "Route", true));
        cluster.put("configmaps", "shop", "web", Map.of("labels", Map.of("app", "production")), Map.of());
        cluster.put("secrets", "shop", "db", Map.of());
        cluster.put("routes", "shop", "front", Map.of());
        cluster.put("configmaps", "shop-test", "web", Map.of());
        cluster.put("configmaps", "kube-public", "info", Map.of());
    }

    private List<String> exported() {
        assertThat(program.run("run")).as(program.output() + program.errors()).isEqualTo(0);
        return store.keys(FILES).stream()
                .map(key -> key.substring(FILES.length()))
                .toList();
    }

    @Test
    void aWhitelistTakesWhatItListsAndTheCustomTypesBesides() {
        program.with("FILTERING_MODE", "Whitelist")
                .with("INCLUDE_RESOURCES", "ConfigMaps")
                .with("EXCLUDE_RESOURCES", "configmaps");
        assertThat(exported())
                .containsExactlyInAnyOrder(
                        "shop/configmaps/web.yaml", "shop-test/configmaps/web.yaml", "shop/routes/front.yaml");
        assertThat(program.with("INCLUDE_CRDS", "").run("plan", "--json")).isEqualTo(0);
        assertThat(program.output())
                .contains(
                        "\"type\":\"secrets\",\"version\":\"v1\",\"namespaced\":true,\"exported\":false,\"reason\":\"not_in_whitelist\"");
    }

    @Test
    void aBlacklistTakesEverythingElseAndSaysWhatItLeavesOut() {
        program.with("EXCLUDE_RESOURCES", "secrets # not here\nservices.serving.knative.dev");
        assertThat(exported())
                .containsExactlyInAnyOrder(
                        "shop/configmaps/web.yaml", "shop-test/configmaps/web.yaml", "shop/routes/front.yaml");
        assertThat(program.records("resource_filter"))
                .extracting(record -> record.get("resource"))
                .containsExactlyInAnyOrder("secrets", "services.serving.knative.dev");
        assertThat(JsonTree.map(program.records("resource_filter").get(0), "data"))
                .containsEntry("reason", "excluded_by_blacklist");
    }

    @Test
    void inHybridModeTheExclusionWins() {
        program.with("FILTERING_MODE", "hybrid")
                .with("INCLUDE_RESOURCES", "configmaps,secrets")
                .with("EXCLUDE_RESOURCES", "secrets")
                .with("INCLUDE_CRDS", "");
        assertThat(exported()).containsExactlyInAnyOrder("shop/configmaps/web.yaml", "shop-test/configmaps/web.yaml");
    }

    @Test
    void namespacesAreIncludedAndExcludedTogetherWithGlobs() {
        program.with("INCLUDE_NAMESPACES", "shop*\nkube-public").with("EXCLUDE_NAMESPACES", "*-test");
        assertThat(exported())
                .containsExactlyInAnyOrder(
                        "shop/configmaps/web.yaml",
                        "shop/secrets/db.yaml",
                        "shop/routes/front.yaml",
                        "kube-public/configmaps/info.yaml");
    }

    @Test
    void aFewNamespacesThatAreNamedAreListedOneByOne() {
        program.with("INCLUDE_NAMESPACES", "shop");
        assertThat(exported()).hasSize(3);
        assertThat(cluster.requests())
                .anyMatch(request -> request.contains("/namespaces/shop/configmaps"))
                .noneMatch(request -> request.startsWith("GET /api/v1/configmaps"));
    }

    @Test
    void openShiftTypesStayAwayWhenTheyAreNotWanted() {
        program.with("OPENSHIFT_MODE", "disabled");
        assertThat(exported()).noneMatch(key -> key.contains("routes"));
        assertThat(program.records("openshift_detected")).hasSize(1);
    }

    @Test
    void theSecondGroupOfAPluralGetsAQualifiedFolderAndKeepsIt() throws Exception {
        cluster.put("services", "shop", "web", Map.of());
        assertThat(exported()).contains("shop/services/web.yaml", "shop/services.serving.knative.dev/web.yaml");
        cluster.serve(new ClusterServer.Type("aaa.example.org", "v1", "routes", "Route", true));
        assertThat(exported()).contains("shop/routes/front.yaml", "shop/routes.aaa.example.org/front.yaml");
    }

    @Test
    void labelSelectorsGoToTheServerAndAnnotationSelectorsAreAppliedHere() {
        cluster.put("configmaps", "shop", "kept", Map.of("annotations", Map.of("backup.io/enabled", "true")), Map.of());
        program.with("LABEL_SELECTOR", "app=production,tier!=cache,!old")
                .with("ANNOTATION_SELECTOR", "backup.io/enabled in (true, yes)");
        assertThat(exported()).containsExactly("shop/configmaps/kept.yaml");
        assertThat(cluster.requests())
                .anyMatch(request -> request.contains("labelSelector=app%3Dproduction%2Ctier%21%3Dcache%2C%21old"));
    }

    @Test
    void objectsOfAControllerAreExportedOnlyWhenTheirOwnersAreFollowed() {
        cluster.put(
                "configmaps",
                "shop",
                "child",
                Map.of("ownerReferences", List.of(Map.of("controller", true, "uid", "u"))),
                Map.of());
        assertThat(exported()).doesNotContain("shop/configmaps/child.yaml");
        program.with("FOLLOW_OWNER_REFERENCES", "true");
        assertThat(exported()).contains("shop/configmaps/child.yaml");
    }

    @Test
    void managedFieldsAndStatusAreKeptOnRequest() throws Exception {
        cluster.put("configmaps", "shop", "web", Map.of("status", Map.of("phase", "fine")));
        assertThat(exported()).isNotEmpty();
        assertThat(store.text(FILES + "shop/configmaps/web.yaml"))
                .doesNotContain("managedFields", "status", "uid", "resourceVersion");
        program.with("INCLUDE_MANAGED_FIELDS", "true").with("INCLUDE_STATUS", "true");
        assertThat(exported()).isNotEmpty();
        assertThat(store.text(FILES + "shop/configmaps/web.yaml")).contains("managedFields", "phase: fine");
    }

    @Test
    void serversWithoutAggregatedDiscoveryAreAskedOneGroupVersionAtATime() {
        cluster.old();
        cluster.put("deployments", "shop", "web", Map.of());
        assertThat(exported()).contains("shop/deployments/web.yaml", "shop/routes/front.yaml");
        assertThat(cluster.requests()).anyMatch(request -> request.equals("GET /apis/apps/v1"));
    }

    @Test
    void aChangedSelectionDoesNotCallObjectsVanished() throws Exception {
        assertThat(exported()).hasSize(4);
        program.with("EXCLUDE_RESOURCES", "secrets");
        assertThat(exported()).hasSize(3);
        String run = JsonTree.text(JsonTree.readObject(store.text("clusterexport/east/latest.json")), "manifest");
        try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(store.bytes(run)))) {
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"reason\":\"not_selected\"")
                    .doesNotContain("\"reason\":\"vanished\"");
        }
    }
}
