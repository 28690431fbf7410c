/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.node;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.node.NodeStore;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;

/** Commands about the servers that share the database. */
public final class NodeCommands implements CommandModule {
    private final NodeStore nodes;
    private final Clock clock;

    public NodeCommands(NodeStore nodes, Clock clock) {
        this.nodes = requireNonNull(nodes, "nodes is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(ListManagementServersCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(NodeStore.class, nodes, Clock.class, clock);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of();
    }
}
