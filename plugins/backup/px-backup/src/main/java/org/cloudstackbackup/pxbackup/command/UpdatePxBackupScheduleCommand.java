/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.Map;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** Changes a schedule. */
@APICommand(
        name = "updatePxBackupSchedule",
        description = "Changes a schedule of PX-Backup and answers with it; what PX-Backup cannot change "
                + "once a schedule is made is refused",
        responseObject = PxBackupScheduleResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class UpdatePxBackupScheduleCommand extends ChosenResourcesCommand {
    @Parameter(
            name = "uid",
            type = CommandType.STRING,
            length = 253,
            description = "uid of the schedule; needed when PX-Backup is older than 2.10")
    private @Nullable String uid;

    @Parameter(
            name = "schedulepolicyref",
            type = CommandType.MAP,
            description = "policy that says when to back up and how many to keep: schedulepolicyref[0].name=x, "
                    + "schedulepolicyref[0].uid=y, or both")
    private @Nullable Map<String, Map<String, String>> schedulePolicyRef;

    @Parameter(
            name = "backuplocationref",
            type = CommandType.MAP,
            description =
                    "where the backup is kept: backuplocationref[0].name=x, backuplocationref[0].uid=y, " + "or both")
    private @Nullable Map<String, Map<String, String>> backupLocationRef;

    @Parameter(
            name = "clusterref",
            type = CommandType.MAP,
            description = "the cluster that is backed up: clusterref[0].name=x, clusterref[0].uid=y, or both")
    private @Nullable Map<String, Map<String, String>> clusterRef;

    @Parameter(
            name = "owner",
            type = CommandType.STRING,
            description = "name or uid of the owner, for old servers; ownershipowner is the newer one")
    private @Nullable String owner;

    @Parameter(
            name = "reclaimpolicy",
            type = CommandType.STRING,
            description = "what becomes of backups that the policy no longer keeps: Invalid, Delete or Retain")
    private @Nullable String reclaimPolicy;

    @Parameter(
            name = "suspend",
            type = CommandType.BOOLEAN,
            description = "whether the schedule makes no backups; kept as it is when missing")
    private @Nullable Boolean suspend;

    @Parameter(
            name = "schedulepolicy",
            type = CommandType.STRING,
            length = 253,
            description = "name of the policy, for servers that look at it beside schedulepolicyref")
    private @Nullable String schedulePolicy;

    @Parameter(
            name = "backuplocation",
            type = CommandType.STRING,
            length = 253,
            description = "name of the location, for servers that look at it beside backuplocationref")
    private @Nullable String backupLocation;

    @Parameter(
            name = "preexecrule",
            type = CommandType.STRING,
            length = 253,
            description = "name of the rule that runs before, for servers that look at it beside preexecruleref")
    private @Nullable String preExecRule;

    @Parameter(
            name = "postexecrule",
            type = CommandType.STRING,
            length = 253,
            description = "name of the rule that runs after, for servers that look at it beside postexecruleref")
    private @Nullable String postExecRule;

    @Parameter(name = "remark", type = CommandType.STRING, length = 1024, description = "note about the change")
    private @Nullable String remark;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("uid", uid)
                .with("schedule_policy_ref", MapParameter.one("schedulepolicyref", schedulePolicyRef))
                .with("backup_location_ref", MapParameter.one("backuplocationref", backupLocationRef))
                .with("cluster_ref", MapParameter.one("clusterref", clusterRef))
                .with("owner", owner)
                .with("reclaim_policy", reclaimPolicy)
                .with("suspend", suspend)
                .with("schedule_policy", schedulePolicy)
                .with("backup_location", backupLocation)
                .with("pre_exec_rule", preExecRule)
                .with("post_exec_rule", postExecRule)
                .with("remark", remark);
    }

    @Override
    public void execute() {
        setResponseObject(new PxBackupScheduleResponse(operations().updateSchedule(zoneId(), parameters())));
    }
}
