/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.jspecify.annotations.Nullable;

/**
 * One listing of a zone for all the machines of a run of CloudStack's sync, which asks for each of them inside a transaction.
 *
 * <p>A listing is complete or it is an error; an error stands in the place of the former listing, and everybody who asks gets
 * it until the product is asked again. Safe for use by many threads; a zone is listed by one at a time.
 */
final class Listings {
    private static final Logger LOG = LogManager.getLogger(Listings.class);
    private static final int PAGE = 500;

    /** Long enough for a run over many machines, and short for what other management servers do meanwhile. */
    private static final Duration LIFE = Duration.ofMinutes(1);

    /** A product that suddenly knows less than half is believed after so long, if it is more than a handful. */
    private static final Duration DOUBT = Duration.ofDays(1);

    private static final int HANDFUL = 10;

    /** The product is not asked again for each machine while it is away. */
    private static final Duration LIFE_OF_ERROR = Duration.ofSeconds(30);

    private final ZoneDrivers drivers;
    private final Clock clock;
    private final Map<Long, Zone> zones = new ConcurrentHashMap<>();

    Listings(ZoneDrivers drivers, Clock clock) {
        this.drivers = drivers;
        this.clock = clock;
    }

    /** A young listing; the product is asked when there is none. */
    Listing of(long zoneId) {
        Zone zone = zone(zoneId);
        synchronized (zone) {
            Kept kept = zone.kept;
            if (kept == null || !clock.instant().isBefore(kept.until)) {
                kept = load(zoneId, zone);
                zone.kept = kept;
            }
            return kept.listing();
        }
    }

    /** Asks the product, outside of any transaction. A failure is kept for those who ask, and logged. */
    void refresh(long zoneId) {
        Zone zone = zone(zoneId);
        synchronized (zone) {
            zone.kept = load(zoneId, zone);
            ProviderException failure = zone.kept.failure;
            if (failure != null) {
                LOG.warn("The restore points of zone {} could not be listed; no backup is touched", zoneId, failure);
            }
        }
    }

    /** Forgets the listing, since something was made or deleted; how many points there were stays known. */
    void invalidate(long zoneId) {
        Zone zone = zone(zoneId);
        synchronized (zone) {
            zone.kept = null;
        }
    }

    /** The product has deleted a point on request: one less in the next listing is no loss. */
    void deleted(long zoneId) {
        Zone zone = zone(zoneId);
        synchronized (zone) {
            zone.believed = Math.max(0, zone.believed - 1);
        }
    }

    private Zone zone(long zoneId) {
        return zones.computeIfAbsent(zoneId, id -> new Zone());
    }

    private Kept load(long zoneId, Zone zone) {
        Instant began = clock.instant();
        try {
            Listing listing = new Listing(began, believable(points(zoneId), zone, began));
            return new Kept(listing, null, clock.instant().plus(LIFE));
        } catch (ProviderException e) {
            return new Kept(null, e, clock.instant().plus(LIFE_OF_ERROR));
        }
    }

    /** An empty mount point looks like the deletion of everything; CloudStack would remove all rows. */
    private static List<RestorePoint> believable(List<RestorePoint> points, Zone zone, Instant now) {
        // Deletions on request leave a doubt that has begun as it is, also when they leave but a handful.
        boolean many = zone.believed > HANDFUL || zone.doubtedSince != null;
        if (many && points.size() < zone.believed / 2) {
            Instant since = zone.doubtedSince == null ? now : zone.doubtedSince;
            zone.doubtedSince = since;
            if (now.isBefore(since.plus(DOUBT))) {
                throw new ProviderException(
                        ErrorKind.EXTERNAL,
                        "restore points",
                        "The product lists " + points.size() + " restore points where there were " + zone.believed
                                + "; no backup is removed before " + since.plus(DOUBT));
            }
        }
        zone.doubtedSince = null;
        zone.believed = points.size();
        return points;
    }

    private List<RestorePoint> points(long zoneId) {
        List<RestorePoint> points = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        do {
            String from = cursor;
            RestorePointPage page =
                    drivers.call(zoneId, "listing of restore points", driver -> driver.restorePoints(from, PAGE));
            points.addAll(page.points());
            cursor = page.nextCursor();
            if (cursor != null && !cursors.add(cursor)) {
                throw new ProviderException(
                        ErrorKind.EXTERNAL,
                        "restore points",
                        "The listing of restore points turns in a circle after " + points.size() + " points");
            }
        } while (cursor != null);
        return points;
    }

    /** Guarded by itself. */
    private static final class Zone {
        private @Nullable Kept kept;
        private int believed;
        private @Nullable Instant doubtedSince;
    }

    /** Either a listing or why there is none. */
    private record Kept(
            @Nullable Listing listingOrNull, @Nullable ProviderException failure, Instant until) {
        Listing listing() {
            if (listingOrNull != null) {
                return listingOrNull;
            }
            throw new ProviderException(
                    failure == null ? ErrorKind.INTERNAL : failure.kind(),
                    "restore points",
                    "The restore points of the zone are not known: " + (failure == null ? "" : failure.text()),
                    failure);
        }
    }
}
