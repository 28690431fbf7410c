/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.cloudstack.acl.RoleType;
import org.cloudstackbackup.framework.identity.Role;

/** Which role may call which command, and set which parameter. */
final class CommandAccess {
    private static final String[] READING_VERBS = {"get", "list", "query", "find"};
    private static final Set<String> FURTHER_READING_COMMANDS = Set.of(
            "isaccountallowedtocreateofferingswithtags",
            "readyforshutdown",
            "cloudianisenabled",
            "quotabalance",
            "quotasummary",
            "quotatarifflist",
            "quotaisenabled",
            "quotastatement",
            "verifyoauthcodeandgetuser");

    private CommandAccess() {}

    static boolean mayCall(Role role, CommandDescriptor command) {
        boolean granted = role.type() == org.cloudstackbackup.framework.identity.RoleType.ADMIN
                || Set.of(command.annotation().authorized()).contains(cloudStackType(role));
        return granted && (!role.readOnly() || isReadOnly(command.name()));
    }

    /** Whether a list of role types, of which an empty one means everybody, has the role's type. */
    static boolean includes(RoleType[] authorized, Role role) {
        return authorized.length == 0 || Stream.of(authorized).anyMatch(type -> type == cloudStackType(role));
    }

    /** CloudStack's own test by name. */
    static boolean isReadOnly(String command) {
        String name = command.toLowerCase(Locale.ROOT);
        return Stream.of(READING_VERBS).anyMatch(name::startsWith) || FURTHER_READING_COMMANDS.contains(name);
    }

    private static RoleType cloudStackType(Role role) {
        return switch (role.type()) {
            case ADMIN -> RoleType.Admin;
            case RESOURCE_ADMIN -> RoleType.ResourceAdmin;
            case DOMAIN_ADMIN -> RoleType.DomainAdmin;
            case USER -> RoleType.User;
        };
    }
}
