/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import org.jspecify.annotations.Nullable;

/** What a user may call. A read-only role may call what its type may, as far as it changes nothing. */
public record Role(
        long id,
        String uuid,
        String name,
        RoleType type,
        boolean readOnly,
        boolean isDefault,
        @Nullable String description) {}
