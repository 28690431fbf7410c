/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.capacity;

import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.server.api.ListScopes;
import org.cloudstackbackup.server.inventory.ZoneResponse;
import org.jspecify.annotations.Nullable;

/** Lists how the comparisons of backups with the providers stand. */
@APICommand(
        name = "listBackupSyncs",
        description = "Lists how the last comparisons of backups with what the providers have went.",
        responseObject = BackupSyncResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListBackupSyncsCommand extends BaseListCmd {
    @Inject
    private SyncView view;

    @Inject
    private ListScopes scopes;

    @Parameter(
            name = "zoneid",
            type = CommandType.UUID,
            entityType = ZoneResponse.class,
            description = "only comparisons of this zone")
    private @Nullable Long zoneId;

    @Parameter(name = "provider", type = CommandType.STRING, description = "only comparisons with this provider")
    private @Nullable String provider;

    @Override
    public void execute() {
        List<BackupSyncResponse> all = view.list(zoneId, provider);
        PageRequest page = scopes.pageOf(this);
        ListResponse<BackupSyncResponse> response = new ListResponse<>();
        response.setResponses(
                all.stream().skip(page.offset()).limit(page.limit()).toList(), all.size());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
