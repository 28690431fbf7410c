/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.acl;

import com.cloud.user.Account;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** Kind of a role; decides what a command allows when no rule does. */
public enum RoleType {
    Admin(1, Account.Type.ADMIN, 1),
    ResourceAdmin(2, Account.Type.RESOURCE_DOMAIN_ADMIN, 2),
    DomainAdmin(3, Account.Type.DOMAIN_ADMIN, 4),
    User(4, Account.Type.NORMAL, 8),
    Unknown(-1, Account.Type.UNKNOWN, 0);

    private final long id;
    private final Account.Type accountType;
    private final int mask;

    RoleType(long id, Account.Type accountType, int mask) {
        this.id = id;
        this.accountType = accountType;
        this.mask = mask;
    }

    /** The type of that name; anything else is refused. */
    public static RoleType fromString(String name) {
        for (RoleType type : values()) {
            if (type.name().equalsIgnoreCase(name)) {
                return type;
            }
        }
        throw new IllegalStateException("No role type is named " + name);
    }

    /** The type with that mask, or {@link #Unknown}. */
    public static RoleType fromMask(int mask) {
        for (RoleType type : values()) {
            if (type.mask == mask) {
                return type;
            }
        }
        return Unknown;
    }

    /** The types whose bits are set. */
    public static Set<RoleType> fromCombinedMask(int combinedMask) {
        Set<RoleType> types = EnumSet.noneOf(RoleType.class);
        for (RoleType type : values()) {
            if ((combinedMask & type.mask) != 0) {
                types.add(type);
            }
        }
        return types;
    }

    public static int toCombinedMask(Collection<RoleType> types) {
        int combined = 0;
        for (RoleType type : types) {
            combined |= type.mask;
        }
        return combined;
    }

    /** The type that accounts of a kind have by default, or {@link #Unknown}. */
    public static RoleType getByAccountType(Account.Type accountType) {
        for (RoleType type : values()) {
            if (type.accountType == accountType) {
                return type;
            }
        }
        return Unknown;
    }

    /** Id of the default role of this type; negative for {@link #Unknown}. */
    public long getId() {
        return id;
    }

    public Account.Type getAccountType() {
        return accountType;
    }

    public int getMask() {
        return mask;
    }
}
