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
import org.apache.cloudstack.acl.SecurityChecker.AccessType;

/** Asks for an access check of the entity that a parameter names. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ACL {
    AccessType accessType() default AccessType.UseEntry;

    boolean checkKeyAccess() default false;

    boolean checkValueAccess() default false;

    String pointerToEntity() default "";
}
