/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import javax.inject.Inject;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.inventory.OfferingRegister.NewDisk;
import org.jspecify.annotations.Nullable;

/** Adds a disk offering. */
@APICommand(
        name = "createDiskOffering",
        description = "Adds a disk offering.",
        responseObject = DiskOfferingResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class CreateDiskOfferingCommand extends BaseCmd {
    @Inject
    private OfferingRegister register;

    @Inject
    private Caller caller;

    @Parameter(name = "name", type = CommandType.STRING, required = true, description = "name")
    private String name;

    @Parameter(name = "displaytext", type = CommandType.STRING, description = "description; the name unless given")
    private @Nullable String displayText;

    @Parameter(
            name = "disksize",
            type = CommandType.LONG,
            description = "size of its volumes in GiB, 1 to 65536; needed unless customized")
    private @Nullable Long diskSize;

    @Parameter(
            name = "customized",
            type = CommandType.BOOLEAN,
            description = "whether the size is chosen with each volume; false unless given")
    private @Nullable Boolean customized;

    @Parameter(name = "miniops", type = CommandType.LONG, description = "least I/O operations a second")
    private @Nullable Long minIops;

    @Parameter(name = "maxiops", type = CommandType.LONG, description = "most I/O operations a second")
    private @Nullable Long maxIops;

    @Override
    public void execute() {
        DiskOfferingResponse response = new DiskOfferingResponse(register.create(
                caller, new NewDisk(name, displayText, diskSize, Boolean.TRUE.equals(customized), minIops, maxIops)));
        response.setResponseName(getCommandName());
        setResponseObject(response);
    }

    @Override
    public long getEntityOwnerId() {
        return caller.account().id();
    }
}
