/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the pages of one list are asked for: whole objects, or only their metadata, after pages of which nearly nothing had to be read, as long as the
 * server tells what changed, or too little did for that to matter. A page of metadata
 * costs the server a fraction, so it may have more objects; they come from its store as a whole all the same, so only as many as are of usual size
 * together: by what the run before knew of them, or as they were till now. For one thread.
 */
final class PageForm {
    /** More make the server no quicker, and others wait for as long as it works on a page. */
    private static final int MOST_PAGES = 4;

    private static final long USUAL_BYTES = 16 << 20;
    /** One object in so many may have to be read for metadata to be asked for. */
    private static final int SELDOM = 10;
    /** One in so many for it to go on. */
    private static final int OFTEN = 5;

    private final int pageSize;
    private final Supplier<KnownSizes> known;
    private final BooleanSupplier told;
    private @Nullable KnownSizes sizes;
    /** By the pages till now. */
    private int limit;

    private String last = "";
    /** Nearly nothing of the last page had to be read. */
    private boolean few;
    /** Only whole objects are asked for. */
    private boolean refused;

    /**
     * Both are only asked when it is needed.
     *
     * @param told whether the server tells all that changed with one answer; else what is only named has to be read by its name, or listed again
     */
    PageForm(int pageSize, Supplier<KnownSizes> known, BooleanSupplier told) {
        this.pageSize = pageSize;
        this.known = known;
        this.told = told;
        this.limit = pageSize;
    }

    /** Whether the next page is to have metadata only. */
    boolean isBrief() {
        return few && !refused;
    }

    /** Whether nearly nothing of the next page will have to be read, as far as anybody knows, so that nothing has to wait for its objects. */
    boolean isQuick() {
        return few;
    }

    /** How the first page is to be asked for. */
    static ListCalls.Ask first(int pageSize) {
        return new ListCalls.Ask(pageSize, "", false);
    }

    /**
     * How the page that begins at a token is to be asked for.
     *
     * @param skipped how many objects a page has that is asked for, but was not had yet
     */
    ListCalls.Ask next(String token, int skipped) {
        if (!isBrief() || token.isEmpty()) {
            return new ListCalls.Ask(pageSize, token, false);
        }
        KnownSizes sizes = sizes();
        int most = pageSize * MOST_PAGES;
        int fit = sizes.isEmpty() ? limit : sizes.fit(last, skipped, USUAL_BYTES, most);
        return new ListCalls.Ask(Math.max(pageSize, Math.min(fit, most)), token, true);
    }

    private KnownSizes sizes() {
        KnownSizes current = sizes == null ? known.get() : sizes;
        sizes = current;
        return current;
    }

    /**
     * Learns from a page behind which there are more.
     *
     * @param asked how it was asked for
     * @param chosen how many of its items had to be read
     * @param bytes that it had
     * @param whole whether the server sent whole objects where metadata was asked for
     * @param lastId of its last object
     */
    void had(ListCalls.Ask asked, long items, long chosen, long bytes, boolean whole, String lastId) {
        refused |= whole;
        last = lastId;
        if (!asked.brief() && items > 0) {
            limit = (int) Math.min(USUAL_BYTES * items / Math.max(1, bytes), (long) pageSize * MOST_PAGES);
        }
        few = items > 0 && chosen * (asked.brief() ? OFTEN : SELDOM) <= items;
        // Each would need a request of its own, and what is only named later too.
        refused |= few && chosen * pageSize > items && !told.getAsBoolean();
    }
}
