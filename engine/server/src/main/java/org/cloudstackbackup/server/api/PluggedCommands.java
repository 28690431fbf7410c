/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

import com.cloud.utils.component.PluggableService;
import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;

/** The commands that a driver brings, as CloudStack takes them too. */
public final class PluggedCommands implements CommandModule {
    private final PluggableService plugin;
    private final Map<Class<?>, Object> services;

    /** @param services what the commands' {@code @Inject} fields get, by the field's type */
    public PluggedCommands(PluggableService plugin, Map<Class<?>, Object> services) {
        this.plugin = requireNonNull(plugin, "plugin is null");
        this.services = Map.copyOf(services);
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return plugin.getCommands().stream()
                .<Class<? extends BaseCmd>>map(each -> each.asSubclass(BaseCmd.class))
                .toList();
    }

    @Override
    public Map<Class<?>, Object> services() {
        return services;
    }

    /** None: such commands name objects by types of CloudStack, for which others have lookups. */
    @Override
    public List<EntityLookup> lookups() {
        return List.of();
    }
}
