/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A domain with what a listing shows of its neighbours; the root has no parent. */
public record ListedDomain(
        Domain domain,
        @Nullable String parentUuid,
        @Nullable String parentName,
        boolean hasChild) {
    public ListedDomain {
        requireNonNull(domain, "domain is null");
    }
}
