/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.cluster;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.cluster.Access;
import org.cloudstackbackup.framework.cluster.BackupClusters;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.jspecify.annotations.Nullable;

/** Registers a cluster; within the request, since the parameters of jobs are kept. */
@APICommand(
        name = "addBackupCluster",
        description = "Registers a Kubernetes cluster, to be exported and restored. Tries the connection first.",
        responseObject = BackupClusterResponse.class,
        requestHasSensitiveInfo = true,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class AddBackupClusterCommand extends BaseCmd {
    @Inject
    private BackupClusters clusters;

    @Inject
    private Caller caller;

    @Parameter(
            name = "name",
            type = CommandType.STRING,
            required = true,
            description =
                    "name of the cluster, and for ever the folder of its exports: letters, digits, '.', '_' and '-'")
    private String name;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone whose settings say where its exports go")
    private Long zoneId;

    @Parameter(
            name = "kubeconfig",
            type = CommandType.STRING,
            length = 1_000_000,
            required = true,
            description = "the kubeconfig as a text that names no files and starts no programs, as kubectl config view"
                    + " --flatten --raw prints it; kept encrypted, and never shown again. Send it by POST")
    private String kubeconfig;

    @Parameter(
            name = "context",
            type = CommandType.STRING,
            description = "context of the kubeconfig; its current one when missing")
    private @Nullable String context;

    @Parameter(
            name = "force",
            type = CommandType.BOOLEAN,
            description = "registers the cluster also when no connection works; false when missing")
    private @Nullable Boolean force;

    @Override
    public void execute() {
        String wanted = context == null || context.isEmpty() ? null : context;
        setResponseObject(new BackupClusterResponse(
                clusters.add(caller, name, zoneId, new Access(kubeconfig, wanted), Boolean.TRUE.equals(force))));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
