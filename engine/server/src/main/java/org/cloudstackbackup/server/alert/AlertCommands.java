/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;

/** Commands about alerts; all are for admins. */
public final class AlertCommands implements CommandModule {
    private final AlertDesk desk;

    AlertCommands(AlertDesk desk) {
        this.desk = desk;
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ListAlertsCommand.class,
                ArchiveAlertsCommand.class,
                DeleteAlertsCommand.class,
                GenerateAlertCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(AlertDesk.class, desk);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of(new EntityLookup(
                AlertResponse.class, uuid -> desk.idOf(uuid).map(id -> new EntityLookup.Found(id, uuid, null))));
    }
}
