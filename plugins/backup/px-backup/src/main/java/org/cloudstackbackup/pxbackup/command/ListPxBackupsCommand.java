/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** Backups as PX-Backup knows them, those that CloudStack does not know included. */
@APICommand(
        name = "listPxBackups",
        description =
                "Lists the backups of PX-Backup, those that CloudStack does not know included, the " + "newest first",
        responseObject = PxBackupResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListPxBackupsCommand extends PxBackupListCommand {
    @Parameter(
            name = "name",
            type = CommandType.STRING,
            length = 253,
            description = "name of one backup; no filter goes with it")
    private @Nullable String name;

    @Parameter(
            name = "uid",
            type = CommandType.STRING,
            length = 253,
            description = "with name: uid of the backup; needed when PX-Backup is older than 2.10")
    private @Nullable String uid;

    @Parameter(
            name = "namefilter",
            type = CommandType.STRING,
            length = 253,
            description = "only backups whose name contains this; as keyword")
    private @Nullable String nameFilter;

    @Parameter(
            name = "clusternamefilter",
            type = CommandType.STRING,
            length = 253,
            description = "only backups of clusters whose name contains this")
    private @Nullable String clusterNameFilter;

    @Parameter(
            name = "clusteruidfilter",
            type = CommandType.STRING,
            length = 253,
            description = "only backups of the cluster with this uid")
    private @Nullable String clusterUidFilter;

    @Parameter(
            name = "backupobjecttype",
            type = CommandType.STRING,
            description = "only backups of All or of VirtualMachine")
    private @Nullable String backupObjectType;

    @Parameter(
            name = "includedetailedresources",
            type = CommandType.BOOLEAN,
            description = "whether objects and volumes are told too")
    private @Nullable Boolean includeDetailedResources;

    @Parameter(
            name = "labels",
            type = CommandType.MAP,
            description = "only backups with these labels: labels[0].key=a, labels[0].value=b")
    private @Nullable Map<String, Map<String, String>> labels;

    @Parameter(
            name = "owners",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "only backups of users with these ids at the token issuer")
    private @Nullable List<String> owners;

    @Parameter(
            name = "status",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "only backups in these states, such as Success or Failed")
    private @Nullable List<String> status;

    @Parameter(
            name = "schedulepolicyref",
            type = CommandType.MAP,
            description =
                    "only backups by these policies: schedulepolicyref[0].name=x, " + "schedulepolicyref[0].uid=y")
    private @Nullable Map<String, Map<String, String>> schedulePolicyRef;

    @Parameter(
            name = "backupscheduleref",
            type = CommandType.MAP,
            description =
                    "only backups of these schedules: backupscheduleref[0].name=x, " + "backupscheduleref[0].uid=y")
    private @Nullable Map<String, Map<String, String>> backupScheduleRef;

    @Parameter(
            name = "sortoption",
            type = CommandType.MAP,
            description = "order: sortoption[0].sortby=CreationTimestamp, Name, ClusterName, Size, "
                    + "RestoreBackupName or LastUpdateTimestamp, sortoption[0].sortorder=Ascending or "
                    + "Descending; the newest first when missing")
    private @Nullable Map<String, Map<String, String>> sortOption;

    @Parameter(
            name = "timerange",
            type = CommandType.MAP,
            description = "only backups made in this time: timerange[0].starttime=2026-11-21T08:00:00Z, "
                    + "timerange[0].endtime=...")
    private @Nullable Map<String, Map<String, String>> timeRange;

    @Parameter(
            name = "resourceinfo",
            type = CommandType.MAP,
            description = "only backups with this object: resourceinfo[0].name, namespace, group, kind, version")
    private @Nullable Map<String, Map<String, String>> resourceInfo;

    @Parameter(
            name = "vmvolumename",
            type = CommandType.STRING,
            length = 253,
            description = "with resourceinfo: only backups with this volume of the machine")
    private @Nullable String vmVolumeName;

    @Parameter(
            name = "excludefailedresource",
            type = CommandType.BOOLEAN,
            description = "with resourceinfo: only backups in which the object is good")
    private @Nullable Boolean excludeFailedResource;

    @Parameter(name = "maxobjects", type = CommandType.INTEGER, description = "at most so many backups on all pages")
    private @Nullable Integer maxObjects;

    @Parameter(
            name = "objectindex",
            type = CommandType.INTEGER,
            description = "leaves out so many backups at the front, of all pages")
    private @Nullable Integer objectIndex;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("name_filter", filter(nameFilter))
                .with("cluster_name_filter", clusterNameFilter)
                .with("cluster_uid_filter", clusterUidFilter)
                .with("backup_object_type", backupObjectType)
                .with("include_detailed_resources", includeDetailedResources)
                .with("labels", MapParameter.pairs("labels", labels))
                .with("owners", owners)
                .with("status", status)
                .with("schedule_policy_ref", MapParameter.many(schedulePolicyRef))
                .with("backup_schedule_ref", MapParameter.many(backupScheduleRef))
                .with("sort_option", MapParameter.one("sortoption", sortOption))
                .with("time_range", MapParameter.one("timerange", timeRange))
                .with("resource_info", MapParameter.one("resourceinfo", resourceInfo))
                .with("vm_volume_name", vmVolumeName)
                .with("exclude_failed_resource", excludeFailedResource);
    }

    @Override
    public void execute() {
        answer(
                operations()
                        .backups(
                                zoneId(), Chosen.of(name, uid, parameters()), window().within(maxObjects, objectIndex)),
                PxBackupResponse::new);
    }
}
