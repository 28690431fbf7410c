/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

/** What a command works on; shown as the instance type of its job. The subset that this project's commands use. */
public enum ApiCommandResourceType {
    Account,
    AffinityGroup,
    Backup,
    BackupOffering,
    DiskOffering,
    Domain,
    GuestOs,
    Host,
    Iso,
    Network,
    NetworkOffering,
    None,
    Project,
    Role,
    ServiceOffering,
    Snapshot,
    StoragePool,
    Template,
    User,
    VirtualMachine,
    Volume,
    Zone;

    /** The constant of that name in any case, or null. */
    public static ApiCommandResourceType fromString(String value) {
        for (ApiCommandResourceType type : values()) {
            if (type.name().equalsIgnoreCase(value)) {
                return type;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return name();
    }
}
