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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is not restored is in the report, with the reason. */
class RestoreLeftOutTest extends ProgramFixture {
    private static final String FILES = "clusterbackup/east/shop/";
    private static final String MANAGER = "endpointslice.kubernetes.io/managed-by";

    @BeforeEach
    void prepare() {
        program.with("EXCLUDE_RESOURCES", "");
        cluster.put("namespaces", "", "shop", Map.of());
    }

    private void exportAndRestore() {
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        List.of("leases", "endpoints", "endpointslices")
                .forEach(plural -> List.of("by-hand", "web", "alone", "none")
                        .forEach(name -> cluster.remove(plural, "shop", name)));
        assertThat(program.run("restore"))
                .as(program.output() + program.errors())
                .isEqualTo(0);
    }

    private void assertSkipped(String file, String reason) {
        assertThat(program.output().lines()).anyMatch(line -> line.matches("skipped +\\S+/" + file + " +" + reason));
    }

    @Test
    void whatTheClusterMakesItselfIsToldAsSkipped() {
        cluster.serve(new ClusterServer.Type("coordination.k8s.io", "v1", "leases", "Lease", true));
        cluster.put("leases", "shop", "none", Map.of("labels", Map.of("app", "web")), Map.of());
        exportAndRestore();
        assertSkipped("leases/none.yaml", "the cluster makes it itself");
        assertThat(program.run("restore", "--type", "leases", "--selector", "app=web"))
                .isEqualTo(0);
        assertSkipped("leases/none.yaml", "the cluster makes it itself");
        assertThat(cluster.object("leases", "shop", "none")).isNull();
    }

    @Test
    void nothingIsMadeForWhatIsLeftOut() {
        cluster.serve(new ClusterServer.Type("coordination.k8s.io", "v1", "leases", "Lease", true));
        cluster.put("leases", "shop", "none", Map.of());
        program.run("run");
        cluster.remove("namespaces", "", "shop");
        assertThat(program.run("restore", "--type", "leases")).isEqualTo(0);
        assertSkipped("leases/none.yaml", "the cluster makes it itself");
        assertThat(cluster.object("namespaces", "", "shop")).isNull();
    }

    @Test
    void slicesThatWereMadeByHandAreRestored() {
        cluster.serve(new ClusterServer.Type("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true));
        cluster.put("endpointslices", "shop", "by-hand", Map.of("labels", Map.of(MANAGER, "staff")), Map.of());
        cluster.put("endpointslices", "shop", "alone", Map.of());
        cluster.put(
                "endpointslices",
                "shop",
                "web",
                Map.of("labels", Map.of(MANAGER, "endpointslice-controller.k8s.io")),
                Map.of());
        cluster.put(
                "endpointslices",
                "shop",
                "none",
                Map.of("labels", Map.of(MANAGER, "endpointslicemirroring-controller.k8s.io")),
                Map.of());
        exportAndRestore();
        assertThat(program.output())
                .containsPattern("created +" + FILES + "endpointslices/by-hand.yaml")
                .containsPattern("created +" + FILES + "endpointslices/alone.yaml");
        assertSkipped("endpointslices/web.yaml", "the cluster makes it itself");
        assertSkipped("endpointslices/none.yaml", "the cluster makes it itself");
    }

    @Test
    void endpointsOfAServiceThatChoosesNoPodsAreRestored() {
        cluster.serve(new ClusterServer.Type("", "v1", "endpoints", "Endpoints", true));
        cluster.put("services", "shop", "by-hand", Map.of("spec", Map.of("clusterIP", "10.0.0.7")));
        cluster.put("services", "shop", "web", Map.of("spec", Map.of("selector", Map.of("app", "web"))));
        List.of("by-hand", "web", "alone").forEach(name -> cluster.put("endpoints", "shop", name, Map.of()));
        exportAndRestore();
        assertThat(program.output()).containsPattern("created +" + FILES + "endpoints/by-hand.yaml");
        assertSkipped("endpoints/web.yaml", "the cluster makes it itself");
        assertSkipped("endpoints/alone.yaml", "it cannot be told whether.*no service of its name");
    }
}
