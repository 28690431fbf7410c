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
import org.apache.cloudstack.api.ResponseObject.ResponseView;

/** Marks a class as an API command and describes it to {@code listApis}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface APICommand {
    /** What a caller writes as {@code command}, for example {@code listBackups}. */
    String name() default "";

    String description() default "";

    String usage() default "";

    Class<? extends BaseResponse> responseObject();

    ResponseView responseView() default ResponseView.Full;

    /** Role types that may call the command when no rule of the caller's role decides; empty means root admins only. */
    RoleType[] authorized() default {};

    boolean includeInApiDoc() default true;

    /** Version that brought the command. */
    String since() default "";

    boolean requestHasSensitiveInfo() default true;

    boolean responseHasSensitiveInfo() default true;

    Class<?>[] entityType() default {};
}
