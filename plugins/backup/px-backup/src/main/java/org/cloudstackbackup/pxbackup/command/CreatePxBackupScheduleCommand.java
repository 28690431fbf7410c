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

/** Makes a schedule. */
@APICommand(
        name = "createPxBackupSchedule",
        description = "Makes a schedule in PX-Backup and answers with it; one by an interval runs at once",
        responseObject = PxBackupScheduleResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class CreatePxBackupScheduleCommand extends ChosenResourcesCommand {
    @Parameter(
            name = "schedulepolicyref",
            type = CommandType.MAP,
            required = true,
            description = "policy that says when to back up and how many to keep: schedulepolicyref[0].name=x, "
                    + "schedulepolicyref[0].uid=y, or both")
    private Map<String, Map<String, String>> schedulePolicyRef;

    @Parameter(
            name = "backuplocationref",
            type = CommandType.MAP,
            required = true,
            description =
                    "where the backup is kept: backuplocationref[0].name=x, backuplocationref[0].uid=y, " + "or both")
    private Map<String, Map<String, String>> backupLocationRef;

    @Parameter(
            name = "clusterref",
            type = CommandType.MAP,
            required = true,
            description = "the cluster that is backed up: clusterref[0].name=x, clusterref[0].uid=y, or both")
    private Map<String, Map<String, String>> clusterRef;

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

    @Parameter(name = "suspend", type = CommandType.BOOLEAN, description = "whether the schedule makes no backups")
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

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("schedule_policy_ref", MapParameter.one("schedulepolicyref", schedulePolicyRef))
                .with("backup_location_ref", MapParameter.one("backuplocationref", backupLocationRef))
                .with("cluster_ref", MapParameter.one("clusterref", clusterRef))
                .with("owner", owner)
                .with("reclaim_policy", reclaimPolicy)
                .with("suspend", suspend)
                .with("schedule_policy", schedulePolicy)
                .with("backup_location", backupLocation)
                .with("pre_exec_rule", preExecRule)
                .with("post_exec_rule", postExecRule);
    }

    @Override
    public void execute() {
        setResponseObject(new PxBackupScheduleResponse(operations().createSchedule(zoneId(), parameters())));
    }
}
