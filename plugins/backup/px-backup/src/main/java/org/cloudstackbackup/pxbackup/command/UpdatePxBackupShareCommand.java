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

/** Says anew who sees a backup. */
@APICommand(
        name = "updatePxBackupShare",
        description = "Says who sees a backup in PX-Backup, in place of all that was said before, and "
                + "answers with the backup",
        responseObject = PxBackupResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class UpdatePxBackupShareCommand extends NamedPxBackupCommand {
    @Parameter(
            name = "backupsharecollaborators",
            type = CommandType.MAP,
            description = "users that see the backup, each with backupsharecollaborators[0].id=x and "
                    + "backupsharecollaborators[0].access=View, Restorable, FullAccess or Invalid")
    private @Nullable Map<String, Map<String, String>> backupShareCollaborators;

    @Parameter(
            name = "backupsharegroups",
            type = CommandType.MAP,
            description = "groups that see the backup, each with backupsharegroups[0].id=x and "
                    + "backupsharegroups[0].access=View, Restorable, FullAccess or Invalid")
    private @Nullable Map<String, Map<String, String>> backupShareGroups;

    @Parameter(
            name = "shareclear",
            type = CommandType.BOOLEAN,
            description = "true in place of both lists: nobody but the owner sees the backup")
    private @Nullable Boolean shareClear;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with(
                        "backup_share",
                        MapParameter.share(
                                backupShareCollaborators, backupShareGroups, Boolean.TRUE.equals(shareClear)));
    }

    @Override
    public void execute() {
        setResponseObject(new PxBackupResponse(operations().shareBackup(zoneId(), parameters())));
    }
}
