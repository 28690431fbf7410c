/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Tells clients which commands they may call and how. */
@APICommand(
        name = "listApis",
        description = "Lists the API commands that the caller may use, with their parameters and answers.",
        responseObject = ApiDescription.class,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
final class ListApisCommand extends BaseCmd {
    @Inject
    private ApiListing listing;

    @Inject
    private Caller caller;

    @Parameter(name = "name", type = CommandType.STRING, description = "name of one API command")
    private @Nullable String name;

    @Override
    public void execute() {
        ListResponse<ApiDescription> response =
                listing.list(caller.role(), name == null || name.isEmpty() ? null : name);
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
