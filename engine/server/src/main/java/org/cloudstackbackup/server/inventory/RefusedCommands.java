/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import java.util.List;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.response.SuccessResponse;

/** Commands that change what this server has none of. */
final class RefusedCommands {
    /** Only CloudStack's provider nas mounts repositories. */
    private static final String NO_REPOSITORIES =
            "no backup provider of this server uses repositories; each is set up by its settings for the zone"
                    + " (updateConfiguration)";

    private RefusedCommands() {}

    static List<Class<? extends BaseCmd>> commands() {
        return List.of(
                AddBackupRepository.class,
                UpdateBackupRepository.class,
                DeleteBackupRepository.class,
                MigrateSystemVm.class,
                AddNetworkServiceProvider.class,
                UpdateNetworkServiceProvider.class);
    }

    @APICommand(
            name = "addBackupRepository",
            description = "Adds a backup repository; providers here keep their own.",
            responseObject = SuccessResponse.class,
            since = "4.20.0",
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class AddBackupRepository extends RefusedCommand {
        AddBackupRepository() {
            super(NO_REPOSITORIES);
        }
    }

    @APICommand(
            name = "updateBackupRepository",
            description = "Changes a backup repository; there are none.",
            responseObject = SuccessResponse.class,
            since = "4.22.0",
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class UpdateBackupRepository extends RefusedCommand {
        UpdateBackupRepository() {
            super(NO_REPOSITORIES);
        }
    }

    @APICommand(
            name = "deleteBackupRepository",
            description = "Deletes a backup repository; there are none.",
            responseObject = SuccessResponse.class,
            since = "4.20.0",
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class DeleteBackupRepository extends RefusedCommand {
        DeleteBackupRepository() {
            super(NO_REPOSITORIES);
        }
    }

    @APICommand(
            name = "migrateSystemVm",
            description = "Moves a system VM; there are none.",
            responseObject = SuccessResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class MigrateSystemVm extends RefusedCommand {
        MigrateSystemVm() {
            super("this server has no system VMs");
        }
    }

    @APICommand(
            name = "addNetworkServiceProvider",
            description = "Adds a provider of network services; there is no physical network for it.",
            responseObject = SuccessResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class AddNetworkServiceProvider extends RefusedCommand {
        AddNetworkServiceProvider() {
            super("this server has no physical networks");
        }
    }

    @APICommand(
            name = "updateNetworkServiceProvider",
            description = "Changes a provider of network services; there are none.",
            responseObject = SuccessResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class UpdateNetworkServiceProvider extends RefusedCommand {
        UpdateNetworkServiceProvider() {
            super("this server has no providers of network services");
        }
    }
}
