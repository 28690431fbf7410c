/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePointPage;
import org.jspecify.annotations.Nullable;

/** Reads all restore points of a zone at a product: to the very end, or it fails. */
final class PointListing {
    /** Points per call: few calls for many points, yet a page fits into memory easily. */
    static final int PAGE = 2000;

    private static final int MOST_EMPTY_PAGES = 100;
    private static final int MOST_PAGES = 100_000;

    private final Drivers drivers;

    PointListing(Drivers drivers) {
        this.drivers = drivers;
    }

    /**
     * Hands over page by page.
     *
     * @throws ProviderException the driver's own; {@code EXTERNAL} when it names a cursor twice or never comes to an end
     */
    void read(SyncTarget target, Consumer<RestorePointPage> eachPage) {
        Set<String> cursors = new HashSet<>();
        @Nullable String cursor = null;
        int emptyInARow = 0;
        do {
            @Nullable String from = cursor;
            RestorePointPage page = drivers.call(
                    target.provider(),
                    target.zoneId(),
                    "list of restore points" + (from == null ? "" : " from " + from),
                    driver -> driver.restorePoints(from, PAGE));
            emptyInARow = page.points().isEmpty() && page.unusable().isEmpty() ? emptyInARow + 1 : 0;
            eachPage.accept(page);
            cursor = page.nextCursor();
            if (cursor != null && !cursors.add(cursor)) {
                throw endless(target, "it named page " + cursor + " twice");
            }
            if (emptyInARow >= MOST_EMPTY_PAGES) {
                throw endless(target, "it sent " + emptyInARow + " empty pages in a row");
            }
            if (cursors.size() >= MOST_PAGES) {
                throw endless(target, "it sent " + cursors.size() + " pages and no end");
            }
        } while (cursor != null);
    }

    private static ProviderException endless(SyncTarget target, String how) {
        return new ProviderException(
                ErrorKind.EXTERNAL,
                "provider " + target.provider(),
                "The list of restore points of provider " + target.provider() + " has no end: " + how);
    }
}
