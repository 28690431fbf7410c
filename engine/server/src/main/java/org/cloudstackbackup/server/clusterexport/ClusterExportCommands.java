/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.clusterexport.service.ClusterExporter;
import org.cloudstackbackup.framework.cluster.BackupClusters;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.setting.Settings;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;

/** The commands about exports of clusters. */
public final class ClusterExportCommands implements CommandModule {
    private static final Logger LOG = LogManager.getLogger(ClusterExportCommands.class);

    private final ClusterExports exports;

    /** Nothing is opened before the first command. */
    public ClusterExportCommands(BackupClusters clusters, Settings settings, Journal journal, Clock clock) {
        exports =
                new ClusterExports(clusters, settings, new ClusterExporter(clock, ClusterExportCommands::log), journal);
    }

    /** The program's lines are many: only what went wrong is for the log of a server that is well. */
    private static void log(String level, String line) {
        if (level.equals("error") || level.equals("warn")) {
            LOG.warn(line);
        } else {
            LOG.debug(line);
        }
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                CreateClusterExportCommand.class,
                ListClusterExportsCommand.class,
                RestoreClusterExportCommand.class,
                DeleteClusterExportCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(ClusterExports.class, exports);
    }

    /** None: exports are named by the ids that they have in the bucket, clusters by those of their own commands. */
    @Override
    public List<EntityLookup> lookups() {
        return List.of();
    }
}
