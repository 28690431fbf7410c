/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListProjectAndAccountResourcesCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.backup.BackupListing;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.backup.Backups;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.inventory.UserVmResponse;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.jspecify.annotations.Nullable;

/** Lists backups. */
@APICommand(
        name = "listBackups",
        description = "Lists backups.",
        responseObject = BackupResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListBackupsCommand extends BaseListProjectAndAccountResourcesCmd {
    @Inject
    private Backups backups;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupResponse.class,
            description = "id of one backup")
    private @Nullable Long id;

    @Parameter(
            name = "virtualmachineid",
            type = CommandType.UUID,
            entityType = UserVmResponse.class,
            description = "only backups of this VM")
    private @Nullable Long vmId;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only backups of this zone")
    private @Nullable Long zoneId;

    @Parameter(
            name = "name",
            type = CommandType.STRING,
            description = "only backups with exactly this name",
            since = "4.21.0")
    private @Nullable String name;

    @Parameter(
            name = "backupofferingid",
            type = CommandType.UUID,
            entityType = BackupOfferingResponse.class,
            description = "only backups made under this offering",
            since = "4.21.0")
    private @Nullable Long offeringId;

    @Parameter(
            name = "listvmdetails",
            type = CommandType.BOOLEAN,
            description = "also tell what the VM was made of",
            since = "4.21.0")
    private @Nullable Boolean withDetails;

    @Override
    public void execute() {
        Page<BackupListing> page = backups.list(
                new BackupStore.Filter(id, vmId, zoneId, offeringId, name, getKeyword()),
                scopes.scopeOf(this, id != null || vmId != null),
                scopes.pageOf(this),
                Boolean.TRUE.equals(withDetails));
        ListResponse<BackupResponse> response = new ListResponse<>();
        response.setResponses(page.items().stream().map(BackupResponse::new).toList(), Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
