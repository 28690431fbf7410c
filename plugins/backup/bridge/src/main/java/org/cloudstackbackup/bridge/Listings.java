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
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
 * <p>The product is asked by {@link #refresh}, at the beginning of a run, and in the background when somebody finds no listing
 * or an old one; never by who asks here. What this server makes and deletes meanwhile corrects the listing that is held, so it
 * serves a run however long that takes.
 *
 * <p>A listing is complete or it is an error; an error stands in the place of the former listing, and everybody who asks gets
 * it until the product was asked again. Safe for use by many threads.
 */
final class Listings {
    private static final Logger LOG = LogManager.getLogger(Listings.class);
    private static final int PAGE = 500;

    /** Later the next run should have listed anew; it may be long in coming. */
    private static final Duration YOUTH = Duration.ofMinutes(15);

    /** What is older is not told any more: too much may have happened at the product. */
    private static final Duration LIFE = Duration.ofHours(1);

    /** A product that suddenly knows less than half is believed after so long, if it is more than a handful. */
    private static final Duration DOUBT = Duration.ofDays(1);

    private static final int HANDFUL = 10;

    /** The product is not asked again for each machine while it is away. */
    private static final Duration LIFE_OF_ERROR = Duration.ofSeconds(30);

    private final ZoneDrivers drivers;
    private final Clock clock;
    private final Executor background;
    private final Map<Long, Zone> zones = new ConcurrentHashMap<>();

    Listings(ZoneDrivers drivers, Clock clock, Executor background) {
        this.drivers = drivers;
        this.clock = clock;
        this.background = background;
    }

    /**
     * The listing that is held. Does not wait for the product.
     *
     * @throws ProviderException when there is none: {@code UNAVAILABLE} while the product is being asked, else why it could not
     *     be asked
     */
    Listing of(long zoneId) {
        Zone zone = zone(zoneId);
        Kept kept = zone.kept;
        if (kept == null || !clock.instant().isBefore(kept.freshUntil())) {
            refreshSoon(zoneId, zone);
            kept = zone.kept;
        }
        if (kept == null || !clock.instant().isBefore(kept.usableUntil())) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    "restore points",
                    "The restore points of the zone are being listed; the next run of the sync has them");
        }
        return kept.listing();
    }

    private void refreshSoon(long zoneId, Zone zone) {
        if (zone.underWay.compareAndSet(false, true)) {
            try {
                background.execute(() -> {
                    try {
                        refresh(zoneId);
                    } finally {
                        zone.underWay.set(false);
                    }
                });
            } catch (RuntimeException e) {
                zone.underWay.set(false);
                throw e;
            }
        }
    }

    /** Asks the product, outside of any transaction. A failure is kept for those who ask, and logged. */
    void refresh(long zoneId) {
        Zone zone = zone(zoneId);
        synchronized (zone.loading) {
            Instant began = clock.instant();
            synchronized (zone) {
                zone.since.clear();
                zone.listing = true;
            }
            Kept loaded = load(zoneId, zone, began);
            synchronized (zone) {
                zone.listing = false;
                if (loaded.listingOrNull != null) {
                    zone.since.forEach(change -> change.accept(loaded.listingOrNull));
                }
                zone.kept = loaded;
            }
            if (loaded.failure != null) {
                LOG.warn(
                        "The restore points of zone {} could not be listed; no backup is touched",
                        zoneId,
                        loaded.failure);
            }
        }
    }

    /** This server has had a point made. */
    void made(long zoneId, RestorePoint point) {
        correct(zone(zoneId), listing -> listing.made(point));
    }

    /** The product has deleted a point on request of this server: one less in the next listing is no loss. */
    void deleted(long zoneId, String pointId) {
        Zone zone = zone(zoneId);
        synchronized (zone) {
            zone.believed = Math.max(0, zone.believed - 1);
        }
        correct(zone, listing -> listing.deleted(pointId));
    }

    /** Corrects the listing that is held, and the one that is being made, which may have passed the place by. */
    private static void correct(Zone zone, Consumer<Listing> change) {
        synchronized (zone) {
            if (zone.kept != null && zone.kept.listingOrNull != null) {
                change.accept(zone.kept.listingOrNull);
            }
            if (zone.listing) {
                zone.since.add(change);
            }
        }
    }

    private Zone zone(long zoneId) {
        return zones.computeIfAbsent(zoneId, id -> new Zone());
    }

    private Kept load(long zoneId, Zone zone, Instant began) {
        try {
            Listing listing = listing(zoneId, zone, began);
            return new Kept(listing, null, clock.instant().plus(YOUTH), began.plus(LIFE));
        } catch (ProviderException e) {
            return new Kept(null, e, clock.instant().plus(LIFE_OF_ERROR), Instant.MAX);
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

    private Listing listing(long zoneId, Zone zone, Instant began) {
        List<RestorePoint> points = new ArrayList<>();
        Set<String> unusable = new HashSet<>();
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        do {
            String from = cursor;
            RestorePointPage page =
                    drivers.call(zoneId, "listing of restore points", driver -> driver.restorePoints(from, PAGE));
            points.addAll(page.points());
            unusable.addAll(page.unusable().keySet());
            cursor = page.nextCursor();
            if (cursor != null && !cursors.add(cursor)) {
                throw new ProviderException(
                        ErrorKind.EXTERNAL,
                        "restore points",
                        "The listing of restore points turns in a circle after " + points.size() + " points");
            }
        } while (cursor != null);
        synchronized (zone) {
            return new Listing(began, believable(points, zone, began), unusable);
        }
    }

    /** Guarded by itself; it is never locked during a call to the product. */
    private static final class Zone {
        /** Held while the product is asked. */
        private final Object loading = new Object();

        /** Whether somebody in the background is about to ask. */
        private final AtomicBoolean underWay = new AtomicBoolean();

        private volatile @Nullable Kept kept;
        private boolean listing;
        private final List<Consumer<Listing>> since = new ArrayList<>();
        private int believed;
        private @Nullable Instant doubtedSince;
    }

    /** Either a listing or why there is none. */
    private record Kept(
            @Nullable Listing listingOrNull,
            @Nullable ProviderException failure,
            Instant freshUntil,
            Instant usableUntil) {
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
