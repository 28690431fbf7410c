/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.node;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseListCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.node.NodeStore;
import org.cloudstackbackup.server.api.ListScopes;
import org.jspecify.annotations.Nullable;

/** The servers that share this database, in the order of their first start. */
@APICommand(
        name = "listManagementServers",
        description = "Lists the management servers that share the database.",
        responseObject = ManagementServerResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ListManagementServersCommand extends BaseListCmd {
    @Inject
    private NodeStore nodes;

    @Inject
    private ListScopes scopes;

    @Inject
    private Clock clock;

    @Parameter(name = "id", type = CommandType.STRING, description = "id of one server")
    private @Nullable String id;

    @Parameter(name = "name", type = CommandType.STRING, description = "only servers on this host")
    private @Nullable String name;

    @Override
    public void execute() {
        Instant now = clock.instant();
        List<ManagementServerResponse> found = nodes.all().stream()
                .map(node -> new ManagementServerResponse(node, now))
                .filter(server -> server.matches(id, name, getKeyword()))
                .toList();
        PageRequest page = scopes.pageOf(this);
        ListResponse<ManagementServerResponse> response = new ListResponse<>();
        response.setResponses(
                found.stream().skip(page.offset()).limit(page.limit()).toList(), found.size());
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }
}
