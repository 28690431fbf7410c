/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.util.function.Consumer;
import org.cloudstackbackup.framework.provider.Drivers;
import org.cloudstackbackup.framework.provider.PointPages;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePointPage;

/** Reads all restore points of a zone at a product: to the very end, or it fails. */
final class PointListing {
    /** Points per call: few calls for many points, yet a page fits into memory easily. */
    static final int PAGE = 2000;

    private final PointPages pages;

    PointListing(Drivers drivers) {
        this.pages = new PointPages(drivers);
    }

    /**
     * Hands over page by page.
     *
     * @throws ProviderException the driver's own; {@code EXTERNAL} when it names a cursor twice or never comes to an end
     */
    void read(SyncTarget target, Consumer<RestorePointPage> eachPage) {
        pages.read(target.provider(), target.zoneId(), "list of restore points", PAGE, page -> {
            eachPage.accept(page);
            return true;
        });
    }
}
