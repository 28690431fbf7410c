/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.BaseCmd.CommandType;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Caller;

/** Looks at the commands of a dispatcher, and binds their parameters without executing them. */
public final class AccessProbe {
    private final CommandDispatcher dispatcher;
    private final ParameterBinder binder;

    public AccessProbe(CommandDispatcher dispatcher) {
        this.dispatcher = dispatcher;
        this.binder = new ParameterBinder(dispatcher.registry());
    }

    /** A parameter that names objects. */
    public record EntityParameter(String command, String name, List<String> kinds) {
        @Override
        public String toString() {
            return name + "=" + String.join("|", kinds);
        }
    }

    /** One line for each command: its name, who may call it, and which parameters name objects. */
    public Map<String, String> table() {
        Map<String, String> table = new TreeMap<>();
        for (CommandDescriptor command : dispatcher.registry().all()) {
            String parameters = entityParameters(command)
                    .map(EntityParameter::toString)
                    .sorted()
                    .collect(Collectors.joining(" "));
            table.put(command.name(), (roles(command) + " " + parameters).strip());
        }
        return table;
    }

    public List<EntityParameter> entityParameters() {
        return dispatcher.registry().all().stream()
                .flatMap(this::entityParameters)
                .toList();
    }

    /** Names of the parameters of a command that are texts, in which anything can stand. */
    public List<String> textParameters(String command) {
        return dispatcher.registry().find(command).orElseThrow().parameters().stream()
                .filter(parameter -> parameter.annotation().type() == CommandType.STRING)
                .map(CommandDescriptor.ParameterField::name)
                .toList();
    }

    /** Letters of those who may call it: root, resource admin, domain admin, user; a dash where not; r for a reading one, n where no login is needed. */
    private static String roles(CommandDescriptor command) {
        List<RoleType> authorized = List.of(command.annotation().authorized());
        return "R"
                + (authorized.contains(RoleType.ResourceAdmin) ? "A" : "-")
                + (authorized.contains(RoleType.DomainAdmin) ? "D" : "-")
                + (authorized.contains(RoleType.User) ? "U" : "-")
                + (CommandAccess.isReadOnly(command.name()) ? "r" : "-")
                + (OpenCommands.include(command.name()) ? "n" : "-");
    }

    private Stream<EntityParameter> entityParameters(CommandDescriptor command) {
        return command.parameters().stream()
                .filter(parameter -> parameter.annotation().type() == CommandType.UUID
                        || (parameter.annotation().type() == CommandType.LIST
                                && parameter.annotation().collectionType() == CommandType.UUID))
                .map(parameter -> new EntityParameter(
                        command.name(),
                        parameter.name(),
                        Stream.of(parameter.annotation().entityType())
                                .map(type -> type.getSimpleName().replaceAll("Response$", ""))
                                .toList()));
    }

    /** What becomes of the value: {@code found}, {@code ignored}, or the refusal's code and text. */
    public String bind(EntityParameter parameter, String value, Caller caller) {
        CommandDescriptor descriptor =
                dispatcher.registry().find(parameter.command()).orElseThrow();
        BaseCmd command = descriptor.newInstance();
        Map<String, String> params = new HashMap<>();
        descriptor.parameters().stream()
                .filter(each -> each.annotation().required())
                .forEach(each -> params.put(nameOf(each), something(each.annotation())));
        params.put(parameter.name(), value);
        try {
            binder.bind(descriptor, command, params, caller);
        } catch (FailureException e) {
            return e.failure().errorCode() + " " + e.failure().text();
        }
        Field field = descriptor.parameters().stream()
                .filter(each -> each.name().equals(parameter.name()))
                .findFirst()
                .orElseThrow()
                .field();
        try {
            return field.get(command) == null ? "ignored" : "found";
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String nameOf(CommandDescriptor.ParameterField parameter) {
        return parameter.annotation().type() == CommandType.MAP ? parameter.name() + "[0].a" : parameter.name();
    }

    /** A value that the binder takes without looking anything up. */
    private static String something(Parameter declared) {
        return switch (declared.type()) {
            case UUID -> "-1";
            case LIST -> declared.collectionType() == CommandType.UUID ? "-1" : "1";
            case DATE -> "2026-01-01";
            case BOOLEAN -> "true";
            default -> "1";
        };
    }
}
