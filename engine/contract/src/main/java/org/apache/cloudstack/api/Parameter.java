/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.apache.cloudstack.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.BaseCmd.CommandType;

/** Binds a field of a command to a request parameter. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Parameter {
    /** Name on the wire, in lower case. */
    String name() default "";

    String description() default "";

    boolean required() default false;

    CommandType type() default CommandType.OBJECT;

    /** Type of the elements of a {@link CommandType#LIST}. */
    CommandType collectionType() default CommandType.OBJECT;

    /** What a {@link CommandType#UUID} may name: entities, or responses with an {@link EntityReference}. */
    Class<?>[] entityType() default Object.class;

    /** False keeps the parameter from callers altogether. */
    boolean expose() default true;

    boolean includeInApiDoc() default true;

    /** Longest accepted value of a string, in characters. */
    int length() default 255;

    String since() default "";

    /** Role types that may set the parameter; empty means everyone who may call the command. */
    RoleType[] authorized() default {};

    boolean acceptedOnAdminPort() default true;
}
