/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects come back as they were, where they were asked for, and nothing else changes. */
class RestoreTest extends ProgramFixture {
    @BeforeEach
    void prepare() {
        cluster.put("namespaces", "", "shop", Map.of());
        cluster.put(
                "configmaps",
                "shop",
                "web",
                Map.of("labels", Map.of("app", "web")),
                Map.of("data", Map.of("on", "yes", "n", "012")));
        cluster.put("configmaps", "shop", "other", Map.of("data", Map.of("text", "a\n")));
        cluster.put("secrets", "shop", "db", Map.of("type", "Opaque", "data", Map.of("password", "aHVzaA==")));
    }

    private void export() {
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
    }

    private void wipe() {
        List.of("web", "other").forEach(name -> cluster.remove("configmaps", "shop", name));
        cluster.remove("secrets", "shop", "db");
        cluster.remove("namespaces", "", "shop");
    }

    private Map<String, ?> data(String namespace, String name) {
        return JsonTree.map(Objects.requireNonNull(cluster.object("configmaps", namespace, name), name), "data");
    }

    @Test
    void whatWasWipedComesBackAndExportsToTheSameFiles() throws Exception {
        export();
        List<String> before = store.keys("clusterbackup/");
        wipe();
        assertThat(program.run("restore"))
                .as(program.output() + program.errors())
                .isEqualTo(0);
        assertThat(data("shop", "web").toString()).isEqualTo("{n=012, on=yes}");
        export();
        assertThat(program.data("backup_complete"))
                .containsEntry("uploaded", 0L)
                .containsEntry("unchanged", 4L);
        assertThat(store.keys("clusterbackup/")).isEqualTo(before);
    }

    @Test
    void aDryRunWritesNothing() {
        export();
        cluster.remove("configmaps", "shop", "web");
        assertThat(program.run("restore", "--dry-run")).isEqualTo(0);
        assertThat(program.output()).contains("would_create  clusterbackup/east/shop/configmaps/web.yaml");
        assertThat(cluster.object("configmaps", "shop", "web")).isNull();
        assertThat(store.keys("clusterexport/east/restores/")).isEmpty();
    }

    @Test
    void objectsThatAreThereStayOrChangeByThePolicy() {
        export();
        cluster.put("configmaps", "shop", "other", Map.of("data", Map.of("text", "newer")));
        cluster.remove("configmaps", "shop", "web");
        assertThat(program.run("restore", "--conflict", "fail")).isEqualTo(1);
        assertThat(cluster.object("configmaps", "shop", "web"))
                .as("nothing is written at all")
                .isNull();
        assertThat(program.run("restore", "--conflict", "skip")).isEqualTo(0);
        assertThat(data("shop", "web")).hasSize(2);
        assertThat(data("shop", "other").toString()).contains("newer");
        assertThat(program.run("restore", "--conflict", "update", "--type", "configmaps", "--name", "other"))
                .isEqualTo(0);
        assertThat(data("shop", "other").toString()).isEqualTo("{text=a\n}");
        cluster.put("configmaps", "shop", "other", Map.of("data", Map.of("text", "newer")));
        assertThat(program.run("restore", "--conflict", "recreate", "--name", "other"))
                .isEqualTo(0);
        assertThat(program.output()).contains("recreated  clusterbackup/east/shop/configmaps/other.yaml");
        assertThat(data("shop", "other").toString()).isEqualTo("{text=a\n}");
        assertThat(program.run("restore", "--conflict", "merge")).isEqualTo(2);
    }

    @Test
    void aNamespaceCanBeMappedAndObjectsChosenByLabel() {
        export();
        assertThat(program.run(
                        "restore", "--type", "configmaps", "--selector", "app=web", "--map-namespace", "shop=copy"))
                .isEqualTo(0);
        assertThat(data("copy", "web")).hasSize(2);
        assertThat(cluster.object("configmaps", "copy", "other")).isNull();
        assertThat(cluster.object("namespaces", "", "copy"))
                .as("made because it was needed")
                .isNotNull();
    }

    @Test
    void anOlderRunIsRestoredAfterItsFilesWereOverwritten() {
        export();
        String first = JsonTree.text(program.data("run_recorded"), "run");
        cluster.put("configmaps", "shop", "web", Map.of("data", Map.of("on", "no")));
        export();
        assertThat(program.run("restore", first, "--conflict", "update", "--name", "web"))
                .isEqualTo(0);
        assertThat(data("shop", "web").toString()).isEqualTo("{n=012, on=yes}");
    }

    @Test
    void aRestoreThatFailedInTheMiddleGoesOnWhereItWas() {
        export();
        wipe();
        cluster.fault((exchange, path, query) -> {
            boolean write = exchange.getRequestMethod().equals("POST") && path.endsWith("/configmaps");
            if (write) {
                ClusterServer.status(exchange, 403, "forbidden: not yet");
            }
            return write;
        });
        assertThat(program.run("restore", "--continue-on-error")).isEqualTo(3);
        String id = JsonTree.text(program.data("restore_start"), "restore");
        assertThat(program.output()).contains("failed").contains("not yet");
        cluster.heal();
        int before = cluster.requests().size();
        assertThat(program.run("restore", "--resume", id)).as(program.output()).isEqualTo(0);
        assertThat(data("shop", "web")).hasSize(2);
        assertThat(cluster.requests().subList(before, cluster.requests().size()))
                .as("what is done is not asked again")
                .noneMatch(request -> request.contains("/secrets/db"));
        assertThat(program.run("restore", "--resume", "restore-1")).isEqualTo(1);
    }

    @Test
    void whatTheServerWouldRefuseIsNotDeleted() {
        export();
        cluster.put("configmaps", "shop", "other", Map.of("data", Map.of("text", "newer")));
        cluster.fault((exchange, path, query) -> {
            boolean write = exchange.getRequestMethod().equals("POST") && path.endsWith("/configmaps");
            if (write) {
                ClusterServer.status(exchange, 422, "a webhook says no");
            }
            return write;
        });
        assertThat(program.run("restore", "--conflict", "recreate", "--continue-on-error", "--name", "other"))
                .isEqualTo(1);
        assertThat(data("shop", "other").toString()).contains("newer");
        assertThat(cluster.requests()).noneMatch(request -> request.startsWith("DELETE "));
    }

    @Test
    void namespacesAreUpdatedAndNeverRecreated() {
        export();
        assertThat(program.run("restore", "--conflict", "recreate")).isEqualTo(0);
        assertThat(program.output())
                .contains("updated    clusterbackup/east/_cluster/namespaces/shop.yaml")
                .contains("recreated  clusterbackup/east/shop/configmaps/web.yaml");
        assertThat(cluster.requests()).noneMatch(request -> request.startsWith("DELETE /api/v1/namespaces/shop?"));
    }

    @Test
    void aNamespaceThatTheLabelsLeaveOutIsMadeWhereItIsNeeded() {
        cluster.put("namespaces", "", "idle", Map.of());
        cluster.put("configmaps", "idle", "plain", Map.of());
        export();
        wipe();
        cluster.remove("configmaps", "idle", "plain");
        cluster.remove("namespaces", "", "idle");
        assertThat(program.run("restore", "--selector", "app=web"))
                .as(program.output())
                .isEqualTo(0);
        assertThat(data("shop", "web")).hasSize(2);
        assertThat(cluster.object("namespaces", "", "idle")).isNull();
    }

    @Test
    void namesThatAUrlWouldReadOtherwiseAreMeantAsTheyAre() {
        List<String> names = List.of("foo#bar", "foo?bar", "a b");
        names.forEach(name -> cluster.put("clusterroles", "", name, Map.of()));
        cluster.put("clusterroles", "", "foo", Map.of());
        export();
        names.forEach(name -> cluster.remove("clusterroles", "", name));
        assertThat(program.run("restore")).as(program.output()).isEqualTo(0);
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(cluster.object("clusterroles", "", name)).isNotNull());
    }

    @Test
    void aDamagedPackFailsOnlyWhatIsInIt() {
        export();
        cluster.put("configmaps", "shop", "late", Map.of("data", Map.of("a", "b")));
        export();
        wipe();
        cluster.remove("configmaps", "shop", "late");
        String newest = store.keys("clusterexport/east/packs/").stream()
                .filter(key -> key.contains("r000002"))
                .findFirst()
                .orElseThrow();
        store.put(newest, "x".repeat(2000));
        assertThat(program.run("restore", "--continue-on-error")).isEqualTo(3);
        assertThat(program.output()).contains("is damaged at 0");
        assertThat(data("shop", "web")).hasSize(2);
    }

    @Test
    void aRestoreHoldsTheLockAndItsDryRunDoesNot() {
        export();
        wipe();
        store.put("clusterexport/east/lock.json", "{\"holder\":\"run another\",\"expirySeconds\":60}");
        assertThat(program.run("restore", "--dry-run")).isEqualTo(0);
        assertThat(program.run("restore")).isEqualTo(4);
        assertThat(program.output() + program.errors()).contains("is held by run another");
        assertThat(cluster.object("configmaps", "shop", "web")).isNull();
        store.delete("clusterexport/east/lock.json");
        assertThat(program.run("restore")).isEqualTo(0);
        assertThat(store.keys("clusterexport/east/lock.json")).isEmpty();
    }

    @Test
    void aRestoreGoesOnWithItsOptionsAndKnowsTheOwnersItMade() {
        Map<String, ?> owner = Map.of("apiVersion", "v1", "kind", "ConfigMap", "name", "web", "uid", uid("web"));
        cluster.put("services", "shop", "owned", Map.of("ownerReferences", List.of(owner)), Map.of());
        export();
        wipe();
        cluster.remove("services", "shop", "owned");
        cluster.fault((exchange, path, query) -> {
            boolean write = exchange.getRequestMethod().equals("POST") && path.endsWith("/services");
            if (write) {
                ClusterServer.status(exchange, 403, "forbidden: not yet");
            }
            return write;
        });
        assertThat(program.run("restore", "--continue-on-error")).isEqualTo(3);
        String id = JsonTree.text(program.data("restore_start"), "restore");
        cluster.heal();
        assertThat(program.run("restore", "--resume", id, "--name", "owned")).isEqualTo(2);
        assertThat(program.run("restore", "--resume", id)).isEqualTo(0);
        Map<String, ?> metadata =
                JsonTree.map(Objects.requireNonNull(cluster.object("services", "shop", "owned")), "metadata");
        assertThat(String.valueOf(metadata.get("ownerReferences"))).contains(uid("web"));
    }

    private String uid(String name) {
        return JsonTree.text(
                JsonTree.map(Objects.requireNonNull(cluster.object("configmaps", "shop", name)), "metadata"), "uid");
    }

    @Test
    void redactedSecretsAreNotRestoredAndEncryptedOnesOnlyWithTheirKey() {
        program.with("SECRETS_POLICY", "encrypt")
                .with(
                        "SECRETS_KEY",
                        Base64.getEncoder()
                                .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
        export();
        cluster.remove("secrets", "shop", "db");
        assertThat(program.run("restore")).isEqualTo(0);
        assertThat(JsonTree.map(Objects.requireNonNull(cluster.object("secrets", "shop", "db")), "data"))
                .containsEntry("password", "aHVzaA==");
        cluster.remove("secrets", "shop", "db");
        program.with("SECRETS_KEY", Base64.getEncoder().encodeToString(new byte[32]));
        assertThat(program.run("restore")).isEqualTo(1);
        assertThat(program.output()).contains("it is encrypted with the key");
        cluster.put("secrets", "shop", "db", Map.of("data", Map.of("password", "aHVzaA==")));
        program.with("SECRETS_POLICY", "redact");
        export();
        cluster.remove("secrets", "shop", "db");
        assertThat(program.run("restore")).isEqualTo(0);
        assertThat(program.output()).contains("redacted");
        assertThat(cluster.object("secrets", "shop", "db")).isNull();
    }
}
