/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.usage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.usage.UsageRecords;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;

/** The commands for usage records. */
public final class UsageCommands implements CommandModule {
    private final UsageRecords records;

    public UsageCommands(UsageRecords records) {
        this.records = requireNonNull(records, "records is null");
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(GenerateUsageRecordsCommand.class, ListUsageRecordsCommand.class, ListUsageTypesCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(UsageRecords.class, records);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of();
    }
}
