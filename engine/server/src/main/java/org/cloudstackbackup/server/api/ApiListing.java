/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.response.ListResponse;
import org.cloudstackbackup.framework.identity.Role;
import org.jspecify.annotations.Nullable;

/** Describes the commands; what a role sees is put together once and kept. */
final class ApiListing implements CommandModule {
    private final Map<String, List<ApiDescription>> byRole = new ConcurrentHashMap<>();
    private @Nullable CommandRegistry registry;

    /** The commands to describe; called once, before the first request. */
    void describe(CommandRegistry commands) {
        this.registry = commands;
    }

    @Override
    public List<Class<? extends BaseCmd>> commands() {
        return List.of(ListApisCommand.class);
    }

    @Override
    public Map<Class<?>, Object> services() {
        return Map.of(ApiListing.class, this);
    }

    @Override
    public List<EntityLookup> lookups() {
        return List.of();
    }

    /** @throws FailureException 530, as in CloudStack, when the role has no command of that name */
    ListResponse<ApiDescription> list(Role role, @Nullable String name) {
        List<ApiDescription> apis = byRole.computeIfAbsent(role.type() + "/" + role.readOnly(), key -> describe(role));
        ListResponse<ApiDescription> response = new ListResponse<>();
        if (name == null) {
            response.setResponses(apis);
            return response;
        }
        List<ApiDescription> named =
                apis.stream().filter(api -> api.isNamed(name)).toList();
        if (named.isEmpty()) {
            throw new FailureException(530, "Parameter name: there is no API " + name + " that the caller may use");
        }
        response.setResponses(named);
        return response;
    }

    private List<ApiDescription> describe(Role role) {
        Collection<CommandDescriptor> visible = new ArrayList<>();
        for (CommandDescriptor command :
                requireNonNull(registry, "registry is null").all()) {
            if (CommandAccess.mayCall(role, command) && command.annotation().includeInApiDoc()) {
                visible.add(command);
            }
        }
        return new ApiDescriber(visible, role).describe();
    }
}
