/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.inventory;

import org.jspecify.annotations.Nullable;

/**
 * Which entries of a catalogue to list; null lets all through, and so does an empty text, which is how clients leave a field
 * of a form out.
 *
 * @param name the whole name
 * @param keyword a part of the name, in any case
 */
public record CatalogFilter(
        @Nullable Long id, @Nullable String name, @Nullable String keyword) {
    public static final CatalogFilter ALL = new CatalogFilter(null, null, null);

    public CatalogFilter {
        name = emptyToNull(name);
        keyword = emptyToNull(keyword);
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
