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
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.jspecify.annotations.Nullable;

/** Lists backup offerings. */
@APICommand(
        name = "listBackupOfferings",
        description = "Lists backup offerings.",
        responseObject = BackupOfferingResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class ListBackupOfferingsCommand extends BaseListCmd {
    @Inject
    private BackupOfferings offerings;

    @Inject
    private OfferingView view;

    @Inject
    private ListScopes scopes;

    @Inject
    private Caller caller;

    @Parameter(
            name = "id",
            type = CommandType.UUID,
            entityType = BackupOfferingResponse.class,
            description = "id of one backup offering")
    private @Nullable Long id;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only offerings of this zone")
    private @Nullable Long zoneId;

    @Override
    public void execute() {
        Page<BackupOffering> page = offerings.list(caller, id, zoneId, getKeyword(), scopes.pageOf(this));
        ListResponse<BackupOfferingResponse> response = new ListResponse<>();
        response.setResponses(page.items().stream().map(view::of).toList(), Math.toIntExact(page.total()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
