/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.throttling;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.api.BaseCmd;
import org.cloudstackbackup.server.api.CommandModule;
import org.cloudstackbackup.server.api.EntityLookup;
import org.cloudstackbackup.server.api.RequestLimiter;

/** Commands about the limit of API calls. */
public final class ApiLimitCommands implements CommandModule {
    private final RequestLimiter limiter;

    public ApiLimitCommands(RequestLimiter limiter) {
        this.limiter = requireNonNull(limiter, "limiter is null");
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(GetApiLimitCommand.class, ResetApiLimitCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(RequestLimiter.class, limiter);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of();
    }
}
