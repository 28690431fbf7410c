/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.schedule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.schedule.ScheduleStore;
import org.cloudstackbackup.framework.schedule.Schedules;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;
import org.cloudstackbackup.server.api.EntityLookup.Found;
import org.cloudstackbackup.server.backup.BackupScheduleResponse;

/** Commands of backup schedules. */
public final class ScheduleCommands implements CommandModule {
    private final Schedules schedules;
    private final ScheduleStore store;

    public ScheduleCommands(Schedules schedules, ScheduleStore store) {
        this.schedules = schedules;
        this.store = store;
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                CreateBackupScheduleCommand.class,
                UpdateBackupScheduleCommand.class,
                ListBackupScheduleCommand.class,
                DeleteBackupScheduleCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(Schedules.class, schedules);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(new EntityLookup(BackupScheduleResponse.class, this::schedule));
    }

    private Optional<Found> schedule(String uuid) {
        return store.findByUuid(uuid)
                .map(listed ->
                        new Found(listed.schedule().id(), listed.schedule().uuid(), listed.owner()));
    }
}
