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

/** Schedules as PX-Backup knows them. */
@APICommand(
        name = "listPxBackupSchedules",
        description = "Lists the schedules of PX-Backup with what their runs came to",
        responseObject = PxBackupScheduleResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListPxBackupSchedulesCommand extends PxBackupListCommand {
    @Parameter(
            name = "name",
            type = CommandType.STRING,
            length = 253,
            description = "name of one schedule; no filter goes with it")
    private @Nullable String name;

    @Parameter(
            name = "uid",
            type = CommandType.STRING,
            length = 253,
            description = "with name: uid of the schedule; needed when PX-Backup is older than 2.10")
    private @Nullable String uid;

    @Parameter(
            name = "namefilter",
            type = CommandType.STRING,
            length = 253,
            description = "only schedules whose name contains this; as keyword")
    private @Nullable String nameFilter;

    @Parameter(
            name = "clusternamefilter",
            type = CommandType.STRING,
            length = 253,
            description = "only schedules of clusters whose name contains this")
    private @Nullable String clusterNameFilter;

    @Parameter(
            name = "clusteruidfilter",
            type = CommandType.STRING,
            length = 253,
            description = "only schedules of the cluster with this uid")
    private @Nullable String clusterUidFilter;

    @Parameter(
            name = "clusterref",
            type = CommandType.MAP,
            description = "only schedules of this cluster: clusterref[0].name=x, clusterref[0].uid=y, or both")
    private @Nullable Map<String, Map<String, String>> clusterRef;

    @Parameter(
            name = "backuplocationref",
            type = CommandType.MAP,
            description = "only schedules with this location: backuplocationref[0].name=x, "
                    + "backuplocationref[0].uid=y, or both")
    private @Nullable Map<String, Map<String, String>> backupLocationRef;

    @Parameter(
            name = "backuplocation",
            type = CommandType.STRING,
            length = 253,
            description = "only schedules with the location of this name")
    private @Nullable String backupLocation;

    @Parameter(
            name = "backupobjecttype",
            type = CommandType.STRING,
            description = "only schedules of All or of VirtualMachine")
    private @Nullable String backupObjectType;

    @Parameter(
            name = "includedetailedresources",
            type = CommandType.BOOLEAN,
            description = "whether objects and volumes are told too")
    private @Nullable Boolean includeDetailedResources;

    @Parameter(
            name = "labels",
            type = CommandType.MAP,
            description = "only schedules with these labels: labels[0].key=a, labels[0].value=b")
    private @Nullable Map<String, Map<String, String>> labels;

    @Parameter(
            name = "owners",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "only schedules of users with these ids at the token issuer")
    private @Nullable List<String> owners;

    @Parameter(
            name = "status",
            type = CommandType.LIST,
            collectionType = CommandType.STRING,
            description = "only schedules in these states, such as Success or Failed")
    private @Nullable List<String> status;

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
            description = "only schedules made in this time: timerange[0].starttime=2026-11-21T08:00:00Z, "
                    + "timerange[0].endtime=...")
    private @Nullable Map<String, Map<String, String>> timeRange;

    @Parameter(
            name = "resourceinfo",
            type = CommandType.MAP,
            description = "only schedules with this object: resourceinfo[0].name, namespace, group, kind, " + "version")
    private @Nullable Map<String, Map<String, String>> resourceInfo;

    @Parameter(
            name = "vmvolumename",
            type = CommandType.STRING,
            length = 253,
            description = "with resourceinfo: only schedules with this volume of the machine")
    private @Nullable String vmVolumeName;

    @Parameter(
            name = "excludefailedresource",
            type = CommandType.BOOLEAN,
            description = "with resourceinfo: only schedules in which the object is good")
    private @Nullable Boolean excludeFailedResource;

    @Parameter(name = "maxobjects", type = CommandType.INTEGER, description = "at most so many schedules on all pages")
    private @Nullable Integer maxObjects;

    @Parameter(
            name = "objectindex",
            type = CommandType.INTEGER,
            description = "leaves out so many schedules at the front, of all pages")
    private @Nullable Integer objectIndex;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("name_filter", filter(nameFilter))
                .with("cluster_name_filter", clusterNameFilter)
                .with("cluster_uid_filter", clusterUidFilter)
                .with("cluster_ref", MapParameter.one("clusterref", clusterRef))
                .with("backup_location_ref", MapParameter.one("backuplocationref", backupLocationRef))
                .with("backup_location", backupLocation)
                .with("backup_object_type", backupObjectType)
                .with("include_detailed_resources", includeDetailedResources)
                .with("labels", MapParameter.pairs("labels", labels))
                .with("owners", owners)
                .with("status", status)
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
                        .schedules(
                                zoneId(), Chosen.of(name, uid, parameters()), window().within(maxObjects, objectIndex)),
                PxBackupScheduleResponse::new);
    }
}
