/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Which domains a listing is about; null does not restrict.
 *
 * @param treePath only this domain and those below it
 * @param parentId only the children of this domain
 * @param exceptId never this domain
 * @param name the whole name; capital and small letters are the same
 * @param keyword a part of the name
 */
public record DomainFilter(
        String treePath,
        @Nullable Long id,
        @Nullable Long parentId,
        @Nullable Long exceptId,
        @Nullable Integer level,
        @Nullable String name,
        @Nullable String keyword) {
    public DomainFilter {
        requireNonNull(treePath, "treePath is null");
    }

    /** One domain. */
    public static DomainFilter ofId(long id) {
        return new DomainFilter("/", id, null, null, null, null, null);
    }
}
