/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

/**
 * How the pages of one list are asked for: whole objects, or only their metadata, after pages of which nearly nothing had to be read. A page of metadata
 * costs the server a fraction, so it may have more objects; they come from its store as a whole all the same, so only as many as are of usual size
 * together. For one thread.
 */
final class PageForm {
    private static final int MOST_PAGES = 10;
    private static final long USUAL_BYTES = 8 << 20;
    /** One object in so many may have to be read for metadata to be asked for. */
    private static final int SELDOM = 10;
    /** One in so many for it to go on. */
    private static final int OFTEN = 5;

    private final int pageSize;
    private int limit;
    private boolean brief;
    private boolean refused;

    PageForm(int pageSize) {
        this.pageSize = pageSize;
        this.limit = pageSize;
    }

    /** Whether the next page is to have metadata only. */
    boolean isBrief() {
        return brief;
    }

    /** How many objects the next page is to have at most. */
    int limit() {
        return brief ? limit : pageSize;
    }

    /**
     * Learns from a page.
     *
     * @param chosen how many of its items had to be read
     * @param bytes that it had
     * @param whole whether the server sent whole objects where metadata was asked for
     */
    void had(long items, long chosen, long bytes, boolean whole) {
        refused |= whole;
        if (!brief && items > 0) {
            long fit = USUAL_BYTES * items / Math.max(1, bytes);
            limit = (int) Math.max(pageSize, Math.min(fit, (long) pageSize * MOST_PAGES));
        }
        brief = !refused && items > 0 && chosen * (brief ? OFTEN : SELDOM) <= items;
    }
}
