/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseAsyncCmd;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;

/** A command class, looked at once. */
final class CommandDescriptor {
    private final APICommand annotation;
    private final Constructor<? extends BaseCmd> constructor;
    private final List<ParameterField> parameters;
    private final List<Field> injected;
    private final String responseName;

    /** A field that a request sets; its name is in lower case. */
    record ParameterField(String name, Field field, Parameter annotation) {}

    CommandDescriptor(Class<? extends BaseCmd> type) {
        APICommand found = type.getAnnotation(APICommand.class);
        if (found == null || found.name().isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has no @APICommand with a name");
        }
        this.annotation = found;
        try {
            this.constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " has no constructor without parameters", e);
        }
        BaseCmd example = newInstance();
        this.responseName = example.getCommandName();
        this.parameters = example.getParamFields().stream()
                .map(CommandDescriptor::parameter)
                .toList();
        this.injected = injectedFields(type);
    }

    String name() {
        return annotation.name();
    }

    APICommand annotation() {
        return annotation;
    }

    Class<? extends BaseCmd> type() {
        return constructor.getDeclaringClass();
    }

    boolean isAsync() {
        return BaseAsyncCmd.class.isAssignableFrom(type());
    }

    /** Key of the envelope; that of a deploying command is not made of its own name. */
    String responseName() {
        return responseName;
    }

    List<ParameterField> parameters() {
        return parameters;
    }

    List<Field> injected() {
        return injected;
    }

    BaseCmd newInstance() {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Command " + constructor.getDeclaringClass() + " could not be made", e);
        }
    }

    private static ParameterField parameter(Field field) {
        field.setAccessible(true);
        Parameter annotation = field.getAnnotation(Parameter.class);
        return new ParameterField(annotation.name().toLowerCase(Locale.ROOT), field, annotation);
    }

    private static List<Field> injectedFields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (field.isAnnotationPresent(Inject.class) && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return List.copyOf(fields);
    }
}
