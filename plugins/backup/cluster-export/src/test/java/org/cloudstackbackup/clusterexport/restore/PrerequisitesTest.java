/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.cloudstackbackup.clusterexport.catalog.Entry;
import org.junit.jupiter.api.Test;

/** Which objects cannot be tried before others are there. */
class PrerequisitesTest {
    private final Prerequisites prerequisites = new Prerequisites();

    private static Entry entry(String type, String namespace, String name) {
        return new Entry("key", type, namespace, name, "u", "1", "hash", 1, "pack", 0, 1);
    }

    private void assertMissing(String type, String spec, String... expected) {
        assertThat(prerequisites.missing(entry(type, "shop", "p"), Adapted.json("{'spec': " + spec + "}")).stream())
                .containsExactly(expected);
    }

    @Test
    void aPodWaitsForAnAccountThatTheRestoreBrings() {
        prerequisites.comes(entry("serviceaccounts", "shop", "web"));
        prerequisites.comes(entry("serviceaccounts", "other", "default"));
        assertMissing("pods", "{'serviceAccountName': 'web'}", "serviceaccounts shop/web");
        assertMissing("pods", "{'serviceAccountName': 'api'}");
        assertMissing("pods", "{}");
        prerequisites.comes(entry("serviceaccounts", "shop", "default"));
        assertMissing("pods", "{}", "serviceaccounts shop/default");
        assertMissing("deployments.apps", "{'serviceAccountName': 'web'}");
    }

    @Test
    void aPodWaitsForClassesThatTheRestoreBrings() {
        prerequisites.comes(entry("priorityclasses.scheduling.k8s.io", "", "high"));
        prerequisites.comes(entry("runtimeclasses.node.k8s.io", "", "kata"));
        prerequisites.comes(entry("configmaps", "", "low"));
        assertMissing("pods", "{'priorityClassName': 'high'}", "priorityclasses.scheduling.k8s.io high");
        assertMissing("pods", "{'runtimeClassName': 'kata'}", "runtimeclasses.node.k8s.io kata");
        assertMissing("pods", "{'priorityClassName': 'low', 'runtimeClassName': 'gvisor'}");
    }
}
