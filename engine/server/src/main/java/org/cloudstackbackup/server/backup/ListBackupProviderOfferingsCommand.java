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
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.cloudstackbackup.spi.ProviderOffering;
import org.jspecify.annotations.Nullable;

/** Lists the policies of a backup provider that can be imported. */
@APICommand(
        name = "listBackupProviderOfferings",
        description = "Lists the policies of a backup provider that can be imported.",
        responseObject = BackupOfferingResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListBackupProviderOfferingsCommand extends BaseListCmd {
    @Inject
    private BackupOfferings offerings;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            required = true,
            description = "id of the zone")
    private Long zoneId;

    @Parameter(
            name = "provider",
            type = CommandType.STRING,
            description = "name of the backup provider; default is the one that the zone is set to")
    private @Nullable String provider;

    @Override
    public void execute() {
        Page<ProviderOffering> page = offerings.atProvider(zoneId, provider, getKeyword(), scopes.pageOf(this));
        ListResponse<BackupOfferingResponse> response = new ListResponse<>();
        response.setResponses(
                page.items().stream().map(BackupOfferingResponse::new).toList(), Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
