/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node in the tree of tenants.
 *
 * @param path {@code /} for the root, else {@code /a/b/}: begins and ends with a slash
 */
public record Domain(
        long id,
        String uuid,
        String name,
        @Nullable Long parentId,
        String path,
        int level,
        String state,
        Instant created,
        @Nullable Instant removed) {
    /** The root's internal id, as in CloudStack. */
    public static final long ROOT_ID = 1;

    /** The path as CloudStack shows it: {@code ROOT}, {@code ROOT/a/b}. */
    public String displayPath() {
        return displayPath(path);
    }

    /** A {@linkplain #path() path} as CloudStack shows it. */
    public static String displayPath(String path) {
        return "ROOT" + path.substring(0, path.length() - 1);
    }
}
