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

/** Lists of what an account could have besides VMs, volumes and backups. */
final class AbsentResources {
    private AbsentResources() {}

    static List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ListSnapshots.class,
                ListSnapshotPolicies.class,
                ListSSHKeyPairs.class,
                ListAffinityGroups.class,
                ListInstanceGroups.class,
                ListUserData.class,
                ListTags.class,
                ListGuiThemes.class,
                ListIdps.class,
                ListOauthProvider.class,
                ListLdapConfigurations.class);
    }

    @APICommand(
            name = "listSnapshots",
            description = "Lists snapshots of volumes; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListSnapshots extends EmptyListCommand {}

    @APICommand(
            name = "listSnapshotPolicies",
            description = "Lists snapshot policies; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListSnapshotPolicies extends EmptyListCommand {}

    @APICommand(
            name = "listSSHKeyPairs",
            description = "Lists SSH key pairs; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListSSHKeyPairs extends EmptyListCommand {}

    @APICommand(
            name = "listAffinityGroups",
            description = "Lists affinity groups; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListAffinityGroups extends EmptyListCommand {}

    @APICommand(
            name = "listInstanceGroups",
            description = "Lists groups of VMs; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListInstanceGroups extends EmptyListCommand {}

    @APICommand(
            name = "listUserData",
            description = "Lists user data; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListUserData extends EmptyListCommand {}

    @APICommand(
            name = "listTags",
            description = "Lists tags; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListTags extends EmptyListCommand {}

    @APICommand(
            name = "listGuiThemes",
            description = "Lists themes of the UI; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListGuiThemes extends EmptyListCommand {}

    @APICommand(
            name = "listIdps",
            description = "Lists SAML identity providers; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListIdps extends EmptyListCommand {}

    @APICommand(
            name = "listOauthProvider",
            description = "Lists OAuth providers; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListOauthProvider extends EmptyListCommand {}

    @APICommand(
            name = "listLdapConfigurations",
            description = "Lists LDAP servers; there are none.",
            responseObject = AbsentResponse.class,
            requestHasSensitiveInfo = false,
            responseHasSensitiveInfo = false,
            authorized = {RoleType.Admin, RoleType.ResourceAdmin, RoleType.DomainAdmin, RoleType.User})
    static final class ListLdapConfigurations extends EmptyListCommand {
        /** Not made of the command's name in CloudStack either. */
        @Override
        public String getCommandName() {
            return "ldapconfigurationresponse";
        }
    }
}
