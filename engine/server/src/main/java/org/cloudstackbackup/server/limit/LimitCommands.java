/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.limit;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.limit.ResourceLimits;
import org.cloudstackbackup.framework.limit.ResourceStore;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;
import org.cloudstackbackup.server.identity.IdentityStores;

/** The commands for resource limits and counts. */
public final class LimitCommands implements CommandModule {
    private final LimitAdministration administration;

    public LimitCommands(IdentityStores identities, ResourceStore resources, ResourceLimits limits) {
        this.administration = new LimitAdministration(
                new LimitAdministration.Directory(identities.accounts(), identities.domains(), identities.projects()),
                resources,
                limits,
                identities.transactions(),
                new Journal(identities.events()));
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(
                ListResourceLimitsCommand.class, UpdateResourceCountCommand.class, UpdateResourceLimitCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(LimitAdministration.class, administration);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of();
    }
}
