/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.BaseCmd.CommandType;
import org.apache.cloudstack.api.Parameter;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.server.job.JobContext;

/** All commands with what they need, put together from the modules by hand: no class path is scanned. */
final class CommandRegistry {
    private static final Logger LOG = LogManager.getLogger(CommandRegistry.class);
    private static final Set<Class<?>> OF_THE_CALL = Set.of(Caller.class, ListScopes.class, JobContext.class);

    private final Map<String, CommandDescriptor> byName = new TreeMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<Class<?>, Object> services = new HashMap<>();
    private final Map<Class<?>, EntityLookup> lookups = new HashMap<>();
    private final Map<String, EntityLookup> lookupsBySimpleName = new HashMap<>();

    /** @throws IllegalStateException when two commands share a name or a command needs what no module provides */
    CommandRegistry(Collection<? extends CommandModule> modules) {
        List<String> problems = new ArrayList<>();
        for (CommandModule module : modules) {
            module.services().forEach((type, service) -> addService(type, service, problems));
            module.lookups().forEach(this::addLookup);
            aliases.putAll(module.aliases());
            for (Class<? extends BaseCmd> command : module.commands()) {
                CommandDescriptor descriptor = new CommandDescriptor(command);
                if (byName.put(descriptor.name(), descriptor) != null) {
                    problems.add("two commands are named " + descriptor.name());
                }
            }
        }
        byName.values().forEach(command -> checkInjected(command, problems));
        aliases.forEach((old, real) -> checkAlias(old, real, problems));
        if (!problems.isEmpty()) {
            throw new IllegalStateException("The commands do not fit together: " + String.join("; ", problems));
        }
        warnOfMissingLookups();
    }

    Optional<CommandDescriptor> find(String name) {
        return Optional.ofNullable(byName.get(aliases.getOrDefault(name, name)));
    }

    /** In the order of their names; old names are not among them. */
    Collection<CommandDescriptor> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    Object service(Class<?> type) {
        Object service = services.get(type);
        if (service == null) {
            throw new IllegalStateException("No module provides " + type.getName());
        }
        return service;
    }

    /**
     * The lookup for a parameter's entity type. CloudStack's types, as the contract's list commands and the commands of drivers
     * have them, stand for the response of that name: {@code Domain} for {@code DomainResponse}, and CloudStack's {@code
     * ZoneResponse} for ours.
     */
    Optional<EntityLookup> lookup(Class<?> entityType) {
        EntityLookup exact = lookups.get(entityType);
        if (exact != null) {
            return Optional.of(exact);
        }
        String name = entityType.getSimpleName();
        return Optional.ofNullable(lookupsBySimpleName.get(name.endsWith("Response") ? name : name + "Response"));
    }

    /** Such a parameter refuses every uuid: an oversight of the wiring that is no reason not to start. */
    private void warnOfMissingLookups() {
        Set<String> missing = new TreeSet<>();
        for (CommandDescriptor command : byName.values()) {
            for (CommandDescriptor.ParameterField parameter : command.parameters()) {
                Parameter declared = parameter.annotation();
                boolean namesObjects =
                        declared.type() == CommandType.UUID || declared.collectionType() == CommandType.UUID;
                if (namesObjects
                        && Stream.of(declared.entityType())
                                .allMatch(type -> lookup(type).isEmpty())) {
                    missing.add(command.name() + "." + parameter.name());
                }
            }
        }
        if (!missing.isEmpty()) {
            LOG.warn("No module looks up what these parameters name: {}", missing);
        }
    }

    private void addService(Class<?> type, Object service, List<String> problems) {
        Object before = services.put(type, service);
        if (before != null && before != service) {
            problems.add("two modules provide different " + type.getName());
        }
    }

    private void addLookup(EntityLookup lookup) {
        lookups.put(lookup.responseType(), lookup);
        lookupsBySimpleName.put(lookup.responseType().getSimpleName(), lookup);
    }

    private void checkInjected(CommandDescriptor command, List<String> problems) {
        for (Field field : command.injected()) {
            if (!OF_THE_CALL.contains(field.getType()) && !services.containsKey(field.getType())) {
                problems.add(command.name() + " needs " + field.getType().getName() + ", which no module provides");
            }
        }
    }

    private void checkAlias(String old, String real, List<String> problems) {
        if (byName.containsKey(old) || !byName.containsKey(real)) {
            problems.add("alias " + old + " for " + real + " hides a command or leads nowhere");
        }
    }
}
