/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import org.apache.cloudstack.api.response.SuccessResponse;

/** A creating job with nothing of its own. */
@APICommand(name = "createThing", responseObject = SuccessResponse.class)
final class CreateThingCmd extends BaseAsyncCreateCustomIdCmd {
    @Override
    public void create() {
        setEntityId(7L);
    }

    @Override
    public void execute() {
        setResponseObject(new SuccessResponse(getCommandName()));
    }

    @Override
    public long getEntityOwnerId() {
        return 2;
    }

    @Override
    public String getEventType() {
        return "THING.CREATE";
    }

    @Override
    public String getEventDescription() {
        return "creating a thing";
    }
}
