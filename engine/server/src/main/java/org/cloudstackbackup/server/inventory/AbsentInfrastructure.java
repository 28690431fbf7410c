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

/** Lists of machines, storage and what an operator watches. The server works with zones alone. */
final class AbsentInfrastructure {
    private AbsentInfrastructure() {}

    static List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ListPods.class,
                ListClusters.class,
                ListHosts.class,
                ListStoragePools.class,
                ListSystemVms.class,
                ListRegions.class,
                ListBackupRepositories.class,
                ListIsos.class);
    }

    @APICommand(
            name = "listPods",
            description = "Lists pods; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListPods extends EmptyListCommand {}

    @APICommand(
            name = "listClusters",
            description = "Lists clusters; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListClusters extends EmptyListCommand {}

    @APICommand(
            name = "listHosts",
            description = "Lists hosts; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListHosts extends EmptyListCommand {}

    @APICommand(
            name = "listStoragePools",
            description = "Lists primary storage pools; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListStoragePools extends EmptyListCommand {}

    @APICommand(
            name = "listSystemVms",
            description = "Lists system VMs; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListSystemVms extends EmptyListCommand {}

    @APICommand(
            name = "listRegions",
            description = "Lists regions; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListRegions extends EmptyListCommand {}

    @APICommand(
            name = "listBackupRepositories",
            description = "Lists backup repositories; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin})
    static final class ListBackupRepositories extends EmptyListCommand {}

    @APICommand(
            name = "listIsos",
            description = "Lists ISO images; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListIsos extends EmptyListCommand {}
}
