/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import org.cloudstackbackup.pxbackup.client.Parameters;
import org.jspecify.annotations.Nullable;

/** What a list is about: one object by its name, or all that filters leave. */
record Chosen(boolean one, Parameters parameters) {
    /** @param filters the client refuses any of them beside a name */
    static Chosen of(@Nullable String name, @Nullable String uid, Parameters filters) {
        boolean hasName = name != null && !name.isEmpty();
        if (!hasName && uid != null && !uid.isEmpty()) {
            throw Refusal.of("Parameter uid needs name beside it");
        }
        return new Chosen(hasName, hasName ? filters.with("name", name).with("uid", uid) : filters);
    }
}
