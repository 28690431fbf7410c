/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.cloud.utils.exception;

import com.cloud.utils.Pair;
import java.util.List;

/** Carries the entities that an error is about. */
public interface ErrorContext {
    ErrorContext add(Class<?> entity, String uuid);

    List<Pair<Class<?>, String>> getEntitiesInError();
}
