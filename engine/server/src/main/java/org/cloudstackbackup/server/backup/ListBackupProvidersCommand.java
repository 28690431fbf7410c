/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.backup;

import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** Lists the backup providers. */
@APICommand(
        name = "listBackupProviders",
        description = "Lists the backup providers.",
        responseObject = BackupProviderResponse.class,
        since = "4.14.0",
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListBackupProvidersCommand extends BaseListCmd {
    @Inject
    private BackupOfferings offerings;

    @Inject
    private ListScopes scopes;

    @Parameter(name = "name", type = CommandType.STRING, description = "only the provider with this name")
    private @Nullable String name;

    @Override
    public void execute() {
        List<BackupProviderResponse> found = offerings.providers(name).stream()
                .map(factory -> new BackupProviderResponse(factory.name(), factory.description()))
                .toList();
        PageRequest page = scopes.pageOf(this);
        ListResponse<BackupProviderResponse> response = new ListResponse<>();
        response.setResponses(
                found.stream().skip(page.offset()).limit(page.limit()).toList(), found.size());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
