/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.clusterexport.service.Restoration;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.cluster.BackupClusterResponse;
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Restores an export. */
@APICommand(
        name = "restoreClusterExport",
        description =
                "Restores objects of an export into its cluster or another one: first everything as a dry run, then for real.",
        responseObject = ClusterRestoreResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class RestoreClusterExportCommand extends BaseAsyncCmd {
    @Inject
    private ClusterExports exports;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(
            name = "clusterid",
            type = CommandType.UUID,
            entityType = BackupClusterResponse.class,
            required = true,
            description = "id of the cluster that was exported")
    private Long clusterId;

    @Parameter(
            name = "id",
            type = CommandType.STRING,
            required = true,
            description = "id of the export; latest and latest-complete name the newest ones")
    private String id;

    @Parameter(
            name = "targetclusterid",
            type = CommandType.UUID,
            entityType = BackupClusterResponse.class,
            description = "id of the cluster to write to; the exported one when missing")
    private @Nullable Long targetClusterId;

    @Parameter(
            name = "dryrun",
            type = CommandType.BOOLEAN,
            description = "only asks the API server what it would say; false when missing")
    private @Nullable Boolean dryRun;

    @Parameter(
            name = "conflictpolicy",
            type = CommandType.STRING,
            description = "for objects that are there: skip (when missing), update, recreate or fail")
    private @Nullable String conflictPolicy;

    @Parameter(
            name = "namespaces",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "only objects of these namespaces, with * and ?, separated by commas")
    private @Nullable List<String> namespaces;

    @Parameter(
            name = "types",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "only objects of these types: plural or plural.group")
    private @Nullable List<String> types;

    @Parameter(
            name = "names",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "only objects with these names")
    private @Nullable List<String> names;

    @Parameter(
            name = "labelselector",
            type = CommandType.STRING,
            length = 4096,
            description = "only objects with labels that this selector takes")
    private @Nullable String labelSelector;

    @Parameter(
            name = "namespacemapping",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "new names of namespaces: old=new, separated by commas")
    private @Nullable List<String> namespaceMapping;

    @Parameter(
            name = "continueonerror",
            type = CommandType.BOOLEAN,
            description = "writes what passed the dry run although something did not; false when missing")
    private @Nullable Boolean continueOnError;

    @Parameter(
            name = "completed",
            type = CommandType.BOOLEAN,
            description = "also restores jobs and pods that had completed, which so run again; false when missing")
    private @Nullable Boolean completed;

    @Override
    public void execute() {
        boolean dry = Boolean.TRUE.equals(dryRun);
        Restoration wanted = new Restoration(
                id,
                orNone(namespaces),
                orNone(types),
                orNone(names),
                labelSelector == null ? "" : labelSelector,
                NamespaceMapping.parse(orNone(namespaceMapping)),
                conflictPolicy == null || conflictPolicy.isEmpty() ? "skip" : conflictPolicy,
                dry,
                Boolean.TRUE.equals(continueOnError),
                Boolean.TRUE.equals(completed));
        long target = targetClusterId == null ? clusterId : targetClusterId;
        setResponseObject(new ClusterRestoreResponse(exports.restore(caller, clusterId, target, wanted, job), dry));
    }

    private static List<String> orNone(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    @Override
    public String getEventType() {
        return ClusterExports.RESTORE;
    }

    @Override
    public String getEventDescription() {
        return "Restoring an export of a cluster";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
