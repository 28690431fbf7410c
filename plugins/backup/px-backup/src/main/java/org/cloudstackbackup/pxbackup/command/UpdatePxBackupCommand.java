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

/** Changes what can be changed of a backup. */
@APICommand(
        name = "updatePxBackup",
        description = "Changes labels, ownership or credential of a backup in PX-Backup and answers with "
                + "the backup; each that is given replaces what was there",
        responseObject = PxBackupResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class UpdatePxBackupCommand extends NamedPxBackupCommand {
    @Parameter(
            name = "labels",
            type = CommandType.MAP,
            description = "labels of the backup: labels[0].key=a, labels[0].value=b")
    private @Nullable Map<String, Map<String, String>> labels;

    @Parameter(
            name = "ownershipowner",
            type = CommandType.STRING,
            description = "id, at the token issuer, of the user that the backup belongs to; only an "
                    + "administrator of PX-Backup may change it")
    private @Nullable String ownershipOwner;

    @Parameter(
            name = "ownershipgroups",
            type = CommandType.MAP,
            description = "groups that may use the backup, each with ownershipgroups[0].id=x and "
                    + "ownershipgroups[0].access=Read, Write or Admin")
    private @Nullable Map<String, Map<String, String>> ownershipGroups;

    @Parameter(
            name = "ownershipcollaborators",
            type = CommandType.MAP,
            description = "users that may use the backup, each with ownershipcollaborators[0].id=x and "
                    + "ownershipcollaborators[0].access=Read, Write or Admin")
    private @Nullable Map<String, Map<String, String>> ownershipCollaborators;

    @Parameter(
            name = "ownershippublic",
            type = CommandType.STRING,
            description = "what everybody may do with the backup: Read, Write or Admin")
    private @Nullable String ownershipPublic;

    @Parameter(
            name = "cloudcredentialref",
            type = CommandType.MAP,
            description = "credential that the backup is read with: cloudcredentialref[0].name=x, "
                    + "cloudcredentialref[0].uid=y, or both")
    private @Nullable Map<String, Map<String, String>> cloudCredentialRef;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("labels", MapParameter.pairs("labels", labels))
                .with("cloud_credential_ref", MapParameter.one("cloudcredentialref", cloudCredentialRef))
                .with(
                        "ownership",
                        MapParameter.ownership(
                                ownershipOwner, ownershipGroups, ownershipCollaborators, ownershipPublic));
    }

    @Override
    public void execute() {
        setResponseObject(new PxBackupResponse(operations().updateBackup(zoneId(), parameters())));
    }
}
