/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.event.EventLog;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;

/** Commands about events. */
public final class EventCommands implements CommandModule {
    private final EventDesk desk;

    public EventCommands(EventLog events, Clock clock) {
        this.desk = new EventDesk(events, clock);
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ListEventsCommand.class,
                ListEventTypesCommand.class,
                ArchiveEventsCommand.class,
                DeleteEventsCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(EventDesk.class, desk);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(new EntityLookup(
                EventResponse.class,
                uuid -> desk.find(uuid).map(found -> new EntityLookup.Found(found.id(), uuid, found.owner()))));
    }
}
