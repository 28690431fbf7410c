/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.setting;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;

/** Commands about settings. */
public final class SettingCommands implements CommandModule {
    private final Configurations configurations;

    public SettingCommands(Configurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ListConfigurationsCommand.class, UpdateConfigurationCommand.class, ResetConfigurationCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(Configurations.class, configurations);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of();
    }
}
