/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.cloudstackbackup.framework.node.ServerNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcNodeStoreTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aServerIsOneRowHoweverOftenItStarts(DatabaseKind kind) {
        try (Database database = Database.open(kind.freshUrl(), 2)) {
            JdbcNodeStore store = new JdbcNodeStore(database);
            store.started(node("a", START));
            store.started(node("b", START));
            store.stopped("a", START.plusSeconds(10));
            assertThat(store.all())
                    .extracting(ServerNode::uuid, ServerNode::stopped)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("a", true),
                            org.assertj.core.groups.Tuple.tuple("b", false));
            store.started(node("a", START.plusSeconds(20)));
            assertThat(store.all().get(0)).satisfies(again -> {
                assertThat(again.stopped()).isFalse();
                assertThat(again.lastStart()).isEqualTo(START.plusSeconds(20));
                assertThat(again.lastStop()).isEqualTo(START.plusSeconds(10));
            });
            assertThat(store.alive("b", START.plusSeconds(30))).isTrue();
            assertThat(store.alive("unknown", START)).isFalse();
            assertThat(store.all().get(1).lastUpdate()).isEqualTo(START.plusSeconds(30));
            assertThat(store.removeSilentSince(START.plusSeconds(25))).isEqualTo(1);
            assertThat(store.all()).extracting(ServerNode::uuid).containsExactly("b");
        }
    }

    private static ServerNode node(String uuid, Instant at) {
        return new ServerNode(uuid, "host", false, "4.22.0.0", "17", "Linux", 8080, at, null, at);
    }
}
