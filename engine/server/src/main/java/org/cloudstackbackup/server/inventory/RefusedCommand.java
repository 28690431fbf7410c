/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static java.util.Objects.requireNonNull;

import javax.inject.Inject;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.identity.Caller;

/** A command whose name CloudStack's test library must find, and that has nothing to work on here. */
@SuppressWarnings("NullAway.Init")
abstract class RefusedCommand extends BaseCmd {
    @Inject
    private Caller caller;

    private final String reason;

    /** @param reason a sentence that says what is not there */
    RefusedCommand(String reason) {
        this.reason = requireNonNull(reason, "reason is null");
    }

    @Override
    public void execute() {
        throw CatalogValues.refused(getActualCommandName(), getActualCommandName() + " cannot be done: " + reason);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
