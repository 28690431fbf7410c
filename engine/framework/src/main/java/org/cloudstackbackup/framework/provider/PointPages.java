/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.provider;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePointPage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the restore points of a zone at a product, page by page: to the very end, or until enough was seen, or it fails. A product
 * that goes in circles holds no thread for ever. Safe for use by many threads.
 */
public final class PointPages {
    private static final int MOST_EMPTY_PAGES = 100;
    private static final int MOST_PAGES = 100_000;

    private final Drivers drivers;

    public PointPages(Drivers drivers) {
        this.drivers = requireNonNull(drivers, "drivers is null");
    }

    /**
     * Hands over page by page.
     *
     * @param what the reason in words, for messages, such as {@code list of restore points}
     * @param most points per page
     * @param eachPage says whether to go on
     * @throws ProviderException the driver's own; {@code EXTERNAL} when it names a page twice or never comes to an end
     */
    public void read(String provider, long zoneId, String what, int most, Predicate<RestorePointPage> eachPage) {
        Set<String> cursors = new HashSet<>();
        @Nullable String cursor = null;
        int emptyInARow = 0;
        do {
            @Nullable String from = cursor;
            RestorePointPage page = drivers.call(
                    provider,
                    zoneId,
                    what + (from == null ? "" : " from " + from),
                    driver -> driver.restorePoints(from, most));
            emptyInARow = page.points().isEmpty() && page.unusable().isEmpty() ? emptyInARow + 1 : 0;
            if (!eachPage.test(page)) {
                return;
            }
            cursor = page.nextCursor();
            if (cursor != null && !cursors.add(cursor)) {
                throw endless(provider, "it named page " + cursor + " twice");
            }
            if (emptyInARow >= MOST_EMPTY_PAGES) {
                throw endless(provider, "it sent " + emptyInARow + " empty pages in a row");
            }
            if (cursors.size() >= MOST_PAGES) {
                throw endless(provider, "it sent " + cursors.size() + " pages and no end");
            }
        } while (cursor != null);
    }

    private static ProviderException endless(String provider, String how) {
        return new ProviderException(
                ErrorKind.EXTERNAL,
                "provider " + provider,
                "The list of restore points of provider " + provider + " has no end: " + how);
    }
}
