/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import java.util.Map;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** Backs up again what a backup lacks; answers at once, with the new backup. */
@APICommand(
        name = "retryPxBackupResources",
        description = "Backs up again the machines that are not in a failed or partial backup of "
                + "PX-Backup; answers at once with the new backup",
        responseObject = PxBackupResponse.class,
        requestHasSensitiveInfo = false,
        responseHasSensitiveInfo = false,
        authorized = {RoleType.Admin})
@SuppressWarnings("NullAway.Init")
public final class RetryPxBackupResourcesCommand extends NamedPxBackupCommand {
    @Parameter(
            name = "includeresources",
            type = CommandType.MAP,
            description =
                    "objects to back up, each with includeresources[0].name, namespace, group, kind and " + "version")
    private @Nullable Map<String, Map<String, String>> includeResources;

    @Parameter(
            name = "skipvmautoexecrules",
            type = CommandType.BOOLEAN,
            description = "for VirtualMachine: whether guests are not frozen and thawed by themselves")
    private @Nullable Boolean skipVmAutoExecRules;

    @Override
    Parameters parameters() {
        return super.parameters()
                .with("include_resources", MapParameter.many(includeResources))
                .with("skip_vm_auto_exec_rules", skipVmAutoExecRules);
    }

    @Override
    public void execute() {
        setResponseObject(new PxBackupResponse(operations().retryBackup(zoneId(), parameters())));
    }
}
