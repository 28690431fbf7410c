/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import org.jspecify.annotations.Nullable;

/**
 * Which entries of a catalogue to list; null lets all through.
 *
 * @param name the whole name
 * @param keyword a part of the name, in any case
 */
public record CatalogFilter(
        @Nullable Long id, @Nullable String name, @Nullable String keyword) {
    public static final CatalogFilter ALL = new CatalogFilter(null, null, null);
}
