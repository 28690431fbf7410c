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
 * Which projects a listing is about; null does not restrict.
 *
 * @param treePath only projects in this domain and those below it
 * @param domainId only projects in this domain itself
 * @param memberId only projects that this account is a member of
 * @param name the whole name; capital and small letters are the same
 * @param keyword a part of the name or of the description
 */
public record ProjectFilter(
        String treePath,
        @Nullable Long domainId,
        @Nullable Long memberId,
        @Nullable Long id,
        @Nullable String name,
        @Nullable String displayText,
        @Nullable ProjectState state,
        @Nullable String keyword) {
    public ProjectFilter {
        requireNonNull(treePath, "treePath is null");
    }

    /** One project. */
    public static ProjectFilter ofId(long id) {
        return new ProjectFilter("/", null, null, id, null, null, null, null);
    }
}
