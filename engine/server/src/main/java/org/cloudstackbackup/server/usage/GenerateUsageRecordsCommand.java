/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.usage;

import java.util.Date;
import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Caller;
import org.jspecify.annotations.Nullable;

/** For clients of CloudStack: here records are made when they are listed. */
@APICommand(
        name = "generateUsageRecords",
        description = "Does nothing: usage records are made from the history when they are listed.",
        responseObject = SuccessResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public final class GenerateUsageRecordsCommand extends BaseCmd {
    @Inject
    private Caller caller;

    @Parameter(name = "startdate", type = CommandType.DATE, description = "accepted, not needed")
    private @Nullable Date startDate;

    @Parameter(name = "enddate", type = CommandType.DATE, description = "accepted, not needed")
    private @Nullable Date endDate;

    @Override
    public void execute() {
        SuccessResponse response = new SuccessResponse(getCommandName());
        response.setDisplayText("Usage records are made when they are listed; there was nothing to generate");
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
