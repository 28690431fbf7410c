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
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.api.RequestLimiter;
import org.cloudstackbackup.server.identity.AccountResponse;
import org.jspecify.annotations.Nullable;

/** Lets an account call again at once. */
@APICommand(
        name = "resetApiLimit",
        description = "Forgets the API calls that this server has counted, of one account or of all.",
        responseObject = SuccessResponse.class,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class ResetApiLimitCommand extends BaseCmd {
    @Inject
    private RequestLimiter limiter;

    @Inject
    private Caller caller;

    @Parameter(
            name = "account",
            type = CommandType.UUID,
            entityType = AccountResponse.class,
            description = "id of the account; all accounts without it")
    private @Nullable Long accountId;

    @Override
    public void execute() {
        limiter.reset(accountId);
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
