/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import com.cloud.event.EventTypes;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.cloudstackbackup.server.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Imports a policy of a backup provider as a backup offering. */
@APICommand(
        name = "importBackupOffering",
        description = "Imports a policy of a backup provider as a backup offering.",
        responseObject = BackupOfferingResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ImportBackupOfferingCommand extends BaseAsyncCmd {
    @Inject
    private BackupOfferings offerings;

    @Inject
    private OfferingView view;

    @Inject
    private Caller caller;

    @Inject
    private JobContext job;

    @Parameter(name = "name", type = CommandType.STRING, required = true, description = "name of the backup offering")
    private String name;

    @Parameter(
            name = "description",
            type = CommandType.STRING,
            required = true,
            description = "description of the backup offering")
    private String description;

    @Parameter(
            name = "externalid",
            type = CommandType.STRING,
            required = true,
            description = "id of the policy at the provider")
    private String externalId;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone")
    private Long zoneId;

    @Parameter(
            name = "allowuserdrivenbackups",
            type = CommandType.BOOLEAN,
            required = true,
            description = "whether users may back up on request and by schedule")
    private Boolean userDriven;

    @Parameter(
            name = "provider",
            type = CommandType.STRING,
            description = "name of the backup provider that has the policy; default is the one that the zone is set to")
    private @Nullable String provider;

    @Override
    public void execute() {
        BackupOffering offering = offerings.importOffering(
                caller,
                job.uuid(),
                new BackupOfferings.Import(name, description, externalId, zoneId, provider, userDriven));
        job.instance("BackupOffering", offering.id(), offering.uuid());
        BackupOfferingResponse response = view.of(offering);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public String getEventType() {
        return EventTypes.EVENT_VM_BACKUP_IMPORT_OFFERING;
    }

    @Override
    public String getEventDescription() {
        return "Importing a backup offering";
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
