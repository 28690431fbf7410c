/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.serializer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.cloudstack.acl.RoleType;

/** Describes a field of a response to {@code listApis}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Param {
    String name() default "";

    String propName() default "";

    String description() default "";

    /** Class of the nested object, when the field holds one. */
    Class<?> responseObject() default Object.class;

    boolean includeInApiDoc() default true;

    String since() default "";

    /** Role types that see the field; empty means everyone. */
    RoleType[] authorized() default {};

    /** True for a value that must not be logged. */
    boolean isSensitive() default false;
}
