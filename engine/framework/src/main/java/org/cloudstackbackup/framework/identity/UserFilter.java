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
 * Which users a listing is about; null does not restrict.
 *
 * @param username the whole name; capital and small letters are the same
 * @param keyword a part of the user's name, first or last name, e-mail address or account name
 * @param accountType CloudStack's number, as in {@link Account#type()}
 */
public record UserFilter(
        OwnerScope scope,
        @Nullable Long id,
        @Nullable String username,
        @Nullable String keyword,
        @Nullable Integer accountType,
        @Nullable String state) {
    public UserFilter {
        requireNonNull(scope, "scope is null");
    }
}
