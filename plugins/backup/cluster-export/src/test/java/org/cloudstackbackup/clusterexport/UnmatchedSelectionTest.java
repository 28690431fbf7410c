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

/** Types and namespaces that are wanted and not there, or there no more: told, and never a reason to delete by mistake. */
class UnmatchedSelectionTest extends ProgramFixture {
    private static final ClusterServer.Type WIDGETS =
            new ClusterServer.Type("example.org", "v1", "widgets", "Widget", true);
    private static final ClusterServer.Type DEFINITIONS = new ClusterServer.Type(
            "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);
    private static final String WIDGET = "clusterbackup/east/shop/widgets/w.yaml";

    @BeforeEach
    void prepare() {
        cluster.put("namespaces", "", "shop", Map.of());
        cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("i", "0")));
        cluster.put("deployments", "shop", "web", Map.of());
    }

    private void whitelist(String names) {
        program.with("FILTERING_MODE", "whitelist").with("INCLUDE_RESOURCES", names);
    }

    @Test
    void aSelectionThatMatchesNoTypeIsRefusedAndDeletesNothing() {
        assertThat(program.run("run")).isEqualTo(0);
        whitelist("deployment");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.output()).contains("matches no type").contains("deployment");
        assertThat(store.keys("clusterbackup/")).hasSize(3);
    }

    @Test
    void aNameThatMatchesNothingIsToldInTheLogThePlanAndTheRecord() throws Exception {
        whitelist("deployment,configmaps,pods");
        program.with("INCLUDE_NAMESPACES", "shop,shpo");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("selection_unmatched"))
                .containsEntry("names", List.of("type deployment", "namespace shpo"));
        String id = JsonTree.text(JsonTree.readObject(store.text("clusterexport/east/latest.json")), "run");
        assertThat(store.text("clusterexport/east/runs/" + id + "/run.json"))
                .contains("\"unmatched_names\":[\"type deployment\",\"namespace shpo\"]");
        assertThat(program.run("plan", "--json")).isEqualTo(0);
        assertThat(program.output()).contains("\"unmatched\":[\"deployment\"]");
        assertThat(program.run("plan")).isEqualTo(0);
        assertThat(program.output())
                .containsPattern("deployment +the API server serves no such type")
                .containsPattern("shpo +no +not_found");
    }

    @Test
    void aMissingNamespaceAloneIsRefusedAndDeletesNothing() {
        assertThat(program.run("run")).isEqualTo(0);
        program.with("INCLUDE_NAMESPACES", "shpo");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.output()).contains("matches no namespace").contains("shpo");
        assertThat(store.keys("clusterbackup/")).hasSize(3);
    }

    @Test
    void aWantedTypeOfABrokenGroupIsMissedAlsoByItsPluralAlone() {
        whitelist("configmaps,deployments");
        assertThat(program.run("run")).isEqualTo(0);
        cluster.breakApi("apps/v1");
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(store.keys("clusterbackup/")).contains("clusterbackup/east/shop/deployments/web.yaml");
        whitelist("configmaps");
        assertThat(program.run("run")).as("nothing of the group is wanted").isEqualTo(0);
    }

    @Test
    void aBrokenGroupIsMissedAlsoWhereItNeverAnswered() {
        whitelist("configmaps,deployments");
        cluster.breakApi("apps/v1");
        assertThat(program.run("run")).isEqualTo(3);
    }

    @Test
    void thePlanNamesBrokenGroupsAndNamespaces() {
        cluster.breakApi("apps/v1");
        program.with("EXCLUDE_NAMESPACES", "shop");
        assertThat(program.run("plan")).isEqualTo(0);
        assertThat(program.output()).containsPattern("shop +no +excluded").containsPattern("BROKEN +REASON\\s+apps/v1");
        assertThat(program.run("plan", "--json")).isEqualTo(0);
        assertThat(program.output())
                .contains("{\"namespace\":\"shop\",\"exported\":false,\"reason\":\"excluded\"}")
                .contains("\"broken\":{\"apps/v1\"");
    }

    private void serveWidgets() {
        cluster.serve(DEFINITIONS);
        cluster.serve(WIDGETS);
        cluster.put("customresourcedefinitions", "", "widgets.example.org", Map.of());
        cluster.put("widgets", "shop", "w", Map.of());
    }

    private void removeWidgets() {
        cluster.withdraw("widgets", "example.org");
        cluster.remove("customresourcedefinitions", "", "widgets.example.org");
    }

    @Test
    void aRemovedTypeIsGoneAlthoughADefinitionIsFiltered() {
        serveWidgets();
        Map<String, ?> controlled = Map.of("ownerReferences", List.of(Map.of("controller", true)));
        cluster.put("customresourcedefinitions", "", "others.example.org", controlled, Map.of());
        assertThat(program.run("run")).isEqualTo(0);
        removeWidgets();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).doesNotContain(WIDGET);
    }

    @Test
    void aRemovedTypeIsGoneAlthoughDefinitionsAreNotExported() {
        serveWidgets();
        whitelist("configmaps,widgets");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).contains(WIDGET);
        cluster.withdraw("widgets", "example.org");
        assertThat(program.run("run")).as("its definition is there").isEqualTo(3);
        assertThat(store.keys("clusterbackup/")).contains(WIDGET);
        removeWidgets();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).doesNotContain(WIDGET);
    }

    /** They may be the last copies of what is gone from the cluster. */
    @Test
    void filesNoManifestKnowsStay() {
        store.put("clusterbackup/east/shop/configmaps/old.yaml", "of a program before this one");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/east/")).contains("clusterbackup/east/shop/configmaps/old.yaml");
        cluster.remove("configmaps", "shop", "c0");
        store.keys("clusterexport/east/runs/").forEach(key -> {
            if (key.endsWith("manifest.jsonl.gz")) {
                store.put(key, "damaged");
            }
        });
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("manifest_unreadable")).hasSize(1);
        assertThat(store.keys("clusterbackup/east/"))
                .contains("clusterbackup/east/shop/configmaps/old.yaml", "clusterbackup/east/shop/configmaps/c0.yaml");
    }

    @Test
    void anObjectThatBecameTooLargeMakesTheRunPartial() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("text", "x".repeat(2000))));
        assertThat(program.with("MAX_RESOURCE_SIZE", "1Ki").run("run")).isEqualTo(3);
        assertThat(program.data("backup_complete")).containsEntry("outdated", 1L);
        assertThat(store.text("clusterbackup/east/shop/configmaps/c0.yaml")).contains("i: \"0\"");
    }

    /** The role that is shipped has the right to list, and no other. */
    @Test
    void aMissingNamespaceIsRefusedWhereNothingMayBeGot() {
        cluster.listOnly();
        assertThat(program.run("run")).isEqualTo(0);
        program.with("INCLUDE_NAMESPACES", "shpo");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.output()).contains("matches no namespace").contains("shpo");
        assertThat(store.keys("clusterbackup/")).hasSize(3);
    }

    @Test
    void aGlobThatMatchesNothingIsRefusedAndDeletesNothing() {
        assertThat(program.run("run")).isEqualTo(0);
        program.with("INCLUDE_NAMESPACES", "shpo-*,*-test");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.output()).contains("matches no namespace").contains("shpo-*, *-test");
        assertThat(store.keys("clusterbackup/")).hasSize(3);
    }

    @Test
    void aGlobThatMatchesNothingBesideANameThatDoesIsTold() {
        program.with("INCLUDE_NAMESPACES", "shop,shpo-*");
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("selection_unmatched")).containsEntry("names", List.of("namespace shpo-*"));
        assertThat(program.run("plan")).isEqualTo(0);
        assertThat(program.output()).containsPattern("shpo-\\* +no +not_found");
    }

    @Test
    void whereNobodyTellsWhichNamespacesExistARunWithoutTheirObjectsIsRefused() {
        assertThat(program.run("run")).isEqualTo(0);
        cluster.listOnly();
        cluster.forbid("/api/v1/namespaces");
        program.with("INCLUDE_NAMESPACES", "shpo");
        assertThat(program.run("run")).isEqualTo(1);
        assertThat(program.output()).contains("nothing says that one of these namespaces exists");
        assertThat(store.keys("clusterbackup/")).hasSize(3);
    }

    @Test
    void whereNobodyTellsWhichNamespacesExistTheirObjectsDo() {
        cluster.listOnly();
        cluster.forbid("/api/v1/namespaces");
        program.with("EXCLUDE_RESOURCES", "namespaces").with("INCLUDE_NAMESPACES", "shop");
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).hasSize(2);
        assertThat(program.run("plan")).isEqualTo(0);
        assertThat(program.output()).containsPattern("shop +yes");
    }

    @Test
    void aRemovedTypeIsGoneWhereNothingMayBeGot() {
        cluster.listOnly();
        serveWidgets();
        assertThat(program.run("run")).isEqualTo(0);
        cluster.withdraw("widgets", "example.org");
        assertThat(program.run("run")).as("its definition is there").isEqualTo(3);
        assertThat(store.keys("clusterbackup/")).contains(WIDGET);
        removeWidgets();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(store.keys("clusterbackup/")).doesNotContain(WIDGET);
    }

    @Test
    void aTypeIsNotCalledRemovedByWhoMayNotListDefinitions() {
        serveWidgets();
        whitelist("configmaps,widgets");
        assertThat(program.run("run")).isEqualTo(0);
        removeWidgets();
        cluster.forbid("/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
        assertThat(program.run("run")).isEqualTo(3);
        assertThat(store.keys("clusterbackup/")).contains(WIDGET);
    }
}
