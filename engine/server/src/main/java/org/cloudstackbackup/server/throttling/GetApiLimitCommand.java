/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.throttling;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.api.RequestLimiter;

/** Tells callers how many calls they have left. */
@APICommand(
        name = "getApiLimit",
        description = "Shows how many API calls the caller's account made in the present interval, and may make.",
        responseObject = ApiLimitResponse.class,
        authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
@SuppressWarnings("NullAway.Init")
public final class GetApiLimitCommand extends BaseCmd {
    @Inject
    private RequestLimiter limiter;

    @Inject
    private Caller caller;

    @Override
    public void execute() {
        ApiLimitResponse response = new ApiLimitResponse(
                caller.account(), limiter.usage(caller.account().id()));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
