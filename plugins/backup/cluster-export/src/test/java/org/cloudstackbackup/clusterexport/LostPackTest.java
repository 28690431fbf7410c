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

/** Packs that somebody else deleted or cut: noticed by the next run, and healed as far as the cluster still has the objects. */
class LostPackTest extends ProgramFixture {
    private static final String PACKS = "clusterexport/east/packs/";

    @BeforeEach
    void prepare() {
        cluster.put("namespaces", "", "shop", Map.of());
        cluster.put("configmaps", "shop", "c0", Map.of("data", Map.of("i", "0")));
        cluster.put("secrets", "shop", "s0", Map.of("data", Map.of("i", "MA==")));
    }

    private String pack(String kind) {
        List<String> packs =
                store.keys(PACKS).stream().filter(key -> key.contains(kind)).toList();
        assertThat(packs).hasSize(1);
        return packs.get(0);
    }

    @Test
    void objectsOfAPackThatIsGoneAreStoredAnew() {
        assertThat(program.run("run")).isEqualTo(0);
        String lost = pack("/secrets-");
        store.delete(lost);
        assertThat(program.run("run")).as(program.output()).isEqualTo(0);
        assertThat(program.data("content_lost"))
                .containsEntry("objects", 1L)
                .containsEntry("packs", 1L)
                .containsEntry("objects_by_pack", Map.of(lost, 1L));
        assertThat(program.data("backup_complete"))
                .containsEntry("uploaded", 1L)
                .containsEntry("unchanged", 2L);
        cluster.remove("secrets", "shop", "s0");
        assertThat(program.run("restore", "latest", "--type", "secrets")).isEqualTo(0);
        assertThat(cluster.object("secrets", "shop", "s0")).isNotNull();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.records("content_lost")).isEmpty();
    }

    @Test
    void objectsBehindTheEndOfAPackThatWasCutAreStoredAnew() throws Exception {
        assertThat(program.run("run")).isEqualTo(0);
        String cut = pack("/00000");
        byte[] whole = store.bytes(cut);
        store.put(cut, "x".repeat(whole.length - 1));
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("content_lost")).containsEntry("objects", 1L);
        assertThat(program.data("backup_complete")).containsEntry("uploaded", 1L);
    }

    @Test
    void anObjectThatCannotBeReadKeepsItsLostContentAndThatIsToldAgain() {
        assertThat(program.run("run")).isEqualTo(0);
        store.delete(pack("/secrets-"));
        cluster.forbid("/api/v1/secrets");
        assertThat(program.run("run")).isEqualTo(3);
        cluster.heal();
        assertThat(program.run("run")).isEqualTo(0);
        assertThat(program.data("content_lost")).containsEntry("objects", 1L);
        assertThat(program.data("backup_complete")).containsEntry("uploaded", 1L);
    }
}
