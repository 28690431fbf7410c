/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.framework.identity.Role;
import org.jspecify.annotations.Nullable;

/** Draws up descriptions of commands for one role, from the commands' and responses' annotations. */
final class ApiDescriber {
    private final Collection<CommandDescriptor> commands;
    private final Role role;
    private final Map<Class<?>, List<ApiDescription.FieldDescription>> known = new HashMap<>();
    private final Map<String, Set<String>> commandsByResponse = new HashMap<>();

    ApiDescriber(Collection<CommandDescriptor> commands, Role role) {
        this.commands = commands;
        this.role = role;
        for (CommandDescriptor command : commands) {
            commandsByResponse
                    .computeIfAbsent(responseName(command), name -> new LinkedHashSet<>())
                    .add(command.name());
        }
    }

    List<ApiDescription> describe() {
        return commands.stream().map(this::describe).toList();
    }

    private ApiDescription describe(CommandDescriptor command) {
        Class<?> response = command.annotation().responseObject();
        return new ApiDescription(
                new ApiDescription.Names(
                        command.name(),
                        command.annotation().description(),
                        emptyToNull(command.annotation().since())),
                command.isAsync(),
                related(responseName(command), command.name()),
                params(command),
                fields(response, new LinkedHashSet<>()));
    }

    private List<ApiDescription.ParamDescription> params(CommandDescriptor command) {
        return command.parameters().stream()
                .filter(parameter -> parameter.annotation().includeInApiDoc())
                .filter(parameter ->
                        CommandAccess.includes(parameter.annotation().authorized(), role))
                .sorted(Comparator.comparing(CommandDescriptor.ParameterField::name))
                .map(this::param)
                .toList();
    }

    private ApiDescription.ParamDescription param(CommandDescriptor.ParameterField parameter) {
        Parameter declared = parameter.annotation();
        return new ApiDescription.ParamDescription(
                declared.name(),
                declared.description(),
                declared.type().name().toLowerCase(Locale.ROOT),
                // Of every type: CloudMonkey 5 cannot sync with a parameter that has none.
                declared.length(),
                declared.required(),
                emptyToNull(declared.since()),
                emptyToNull(relatedTo(declared.entityType())));
    }

    private String relatedTo(Class<?>[] entityTypes) {
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> type : entityTypes) {
            names.addAll(commandsByResponse.getOrDefault(type.getSimpleName(), Set.of()));
            names.addAll(commandsByResponse.getOrDefault(type.getSimpleName() + "Response", Set.of()));
        }
        return String.join(",", names);
    }

    private String related(String responseName, String without) {
        if (responseName.equals("SuccessResponse")) {
            return "";
        }
        return commandsByResponse.getOrDefault(responseName, Set.of()).stream()
                .filter(name -> !name.equals(without))
                .collect(Collectors.joining(","));
    }

    private static String responseName(CommandDescriptor command) {
        return command.annotation().responseObject().getSimpleName();
    }

    /** @param open the classes that are being described; a class inside itself is not described again */
    private List<ApiDescription.FieldDescription> fields(Class<?> type, Set<Class<?>> open) {
        List<ApiDescription.FieldDescription> cached = known.get(type);
        if (cached != null) {
            return cached;
        }
        open.add(type);
        List<ApiDescription.FieldDescription> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                SerializedName name = field.getAnnotation(SerializedName.class);
                Param param = field.getAnnotation(Param.class);
                if (name != null && param != null && isShown(field, param)) {
                    fields.add(field(name.value(), field, param, open));
                }
            }
        }
        open.remove(type);
        if (open.isEmpty()) {
            known.put(type, fields);
        }
        return fields;
    }

    private boolean isShown(Field field, Param param) {
        return !Modifier.isTransient(field.getModifiers())
                && param.includeInApiDoc()
                && CommandAccess.includes(param.authorized(), role);
    }

    private ApiDescription.FieldDescription field(String name, Field field, Param param, Set<Class<?>> open) {
        Class<?> nested = param.responseObject();
        boolean describeNested = nested != Object.class && !open.contains(nested);
        return new ApiDescription.FieldDescription(
                name,
                param.description(),
                field.getType().getSimpleName().toLowerCase(Locale.ROOT),
                describeNested ? fields(nested, open) : null);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
