/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An object that lives keeps what ties it to others that live. */
class RestoreLiveObjectsTest extends ProgramFixture {
    private static final String BOUND = "pv.kubernetes.io/bind-completed";

    @BeforeEach
    void prepare() {
        cluster.serve(new ClusterServer.Type("", "v1", "persistentvolumes", "PersistentVolume", false));
        cluster.serve(new ClusterServer.Type("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true));
        cluster.put("namespaces", "", "shop", Map.of());
    }

    private void export() {
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
    }

    private void restore(String... options) {
        List<String> arguments = new ArrayList<>(List.of("restore"));
        arguments.addAll(List.of(options));
        assertThat(program.run(arguments.toArray(String[]::new)))
                .as(program.output() + program.errors())
                .isEqualTo(0);
    }

    private Map<String, @Nullable Object> live(String plural, String namespace, String name) {
        return Objects.requireNonNull(cluster.object(plural, namespace, name), name);
    }

    private void volume(String claimUid, String size, String phase) {
        Map<String, ?> claim = Map.of("namespace", "shop", "name", "data", "uid", claimUid);
        cluster.put(
                "persistentvolumes",
                "",
                "disk",
                Map.of(
                        "spec",
                        Map.of("capacity", Map.of("storage", size), "claimRef", claim),
                        "status",
                        Map.of("phase", phase)));
    }

    private void claim(String size) {
        cluster.put(
                "persistentvolumeclaims",
                "shop",
                "data",
                Map.of("annotations", Map.of(BOUND, "yes")),
                Map.of("spec", Map.of("volumeName", "disk", "size", size)));
    }

    private Map<String, @Nullable Object> claimOfVolume() {
        return JsonTree.map(JsonTree.map(live("persistentvolumes", "", "disk"), "spec"), "claimRef");
    }

    @Test
    void aBoundVolumeStaysWithItsClaimWhenItIsUpdated() {
        volume("claim-before", "1Gi", "Bound");
        claim("1Gi");
        export();
        volume("claim-now", "2Gi", "Bound");
        claim("2Gi");
        restore("--conflict", "update");
        assertThat(claimOfVolume()).containsEntry("uid", "claim-now");
        assertThat(String.valueOf(live("persistentvolumes", "", "disk")))
                .as("the rest is updated")
                .contains("storage=1Gi");
        assertThat(String.valueOf(live("persistentvolumeclaims", "shop", "data")))
                .contains("size=1Gi")
                .contains(BOUND + "=yes");
    }

    @Test
    void aReleasedVolumeIsGivenToTheNewClaim() {
        volume("claim-before", "1Gi", "Bound");
        export();
        volume("claim-before", "1Gi", "Released");
        restore("--conflict", "update");
        assertThat(claimOfVolume()).containsEntry("name", "data").doesNotContainKey("uid");
    }

    @Test
    void whatIsBoundIsNotRecreatedAndTheReportSaysToWhat() {
        volume("claim-now", "1Gi", "Bound");
        claim("1Gi");
        export();
        volume("claim-now", "2Gi", "Bound");
        int before = cluster.requests().size();
        restore("--conflict", "recreate", "--type", "persistentvolumes,persistentvolumeclaims");
        assertThat(program.output())
                .contains("it is not recreated, as it is bound to the claim shop/data")
                .contains("it is not recreated, as it is bound to the volume disk");
        assertThat(cluster.requests().subList(before, cluster.requests().size()))
                .noneMatch(request -> request.startsWith("DELETE ") || request.startsWith("PUT "));
    }

    @Test
    void aServiceAccountKeepsTheSecretsThatItGotSince() {
        cluster.serve(new ClusterServer.Type("", "v1", "serviceaccounts", "ServiceAccount", true));
        List<Map<String, ?>> pulls = List.of(Map.of("name", "registry"));
        cluster.put("serviceaccounts", "shop", "web", Map.of("imagePullSecrets", pulls));
        export();
        List<Map<String, ?>> since = List.of(Map.of("name", "dockercfg"), Map.of("name", "registry"));
        List<Map<String, ?>> token = List.of(Map.of("name", "web-token"));
        cluster.put("serviceaccounts", "shop", "web", Map.of("imagePullSecrets", since, "secrets", token));
        restore("--conflict", "update");
        assertThat(JsonTree.maps(live("serviceaccounts", "shop", "web"), "imagePullSecrets"))
                .extracting(secret -> secret.get("name"))
                .containsExactly("registry", "dockercfg");
        assertThat(JsonTree.maps(live("serviceaccounts", "shop", "web"), "secrets"))
                .extracting(secret -> secret.get("name"))
                .containsExactly("web-token");
    }

    @Test
    void aPodStaysOnItsNodeWhenItIsUpdated() {
        cluster.serve(new ClusterServer.Type("", "v1", "pods", "Pod", true));
        cluster.put("pods", "shop", "bare", Map.of("spec", Map.of("nodeName", "node-1", "image", "old")));
        export();
        cluster.put("pods", "shop", "bare", Map.of("spec", Map.of("nodeName", "node-2", "image", "new")));
        restore("--conflict", "update");
        assertThat(JsonTree.map(live("pods", "shop", "bare"), "spec"))
                .containsEntry("nodeName", "node-2")
                .containsEntry("image", "old");
    }

    @Test
    void aVolumeThatIsGoneIsCreatedForTheNewClaim() {
        volume("claim-before", "1Gi", "Bound");
        export();
        cluster.remove("persistentvolumes", "", "disk");
        restore("--conflict", "update");
        assertThat(claimOfVolume()).containsEntry("name", "data").doesNotContainKey("uid");
    }
}
