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
 * Which accounts a listing is about; null does not restrict.
 *
 * @param name the whole name; capital and small letters are the same
 * @param keyword a part of the name
 * @param type CloudStack's number, as in {@link Account#type()}
 */
public record AccountFilter(
        OwnerScope scope,
        @Nullable Long id,
        @Nullable String name,
        @Nullable String keyword,
        @Nullable Integer type,
        @Nullable String state) {
    public AccountFilter {
        requireNonNull(scope, "scope is null");
    }
}
