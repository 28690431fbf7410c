/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import com.cloud.dc.DataCenterVO;
import com.cloud.dc.dao.DataCenterDao;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.ZoneContext;

/**
 * The only place that calls the product. Safe for use by many threads.
 *
 * <p>A driver is opened at the first call for its zone, kept, and replaced when a setting has changed; the old one is closed
 * when its last call has returned. Whatever a driver throws leaves here as a {@link ProviderException}: CloudStack ends a
 * whole run of its sync for an {@link Error}.
 */
final class ZoneDrivers {
    private static final Logger LOG = LogManager.getLogger(ZoneDrivers.class);

    private final DriverFactory factory;
    private final DriverSettings settings;
    private final DataCenterDao zones;
    private final Clock clock;
    private final Map<Long, Opened> open = new HashMap<>();

    ZoneDrivers(DriverFactory factory, DriverSettings settings, DataCenterDao zones, Clock clock) {
        this.factory = factory;
        this.settings = settings;
        this.zones = zones;
        this.clock = clock;
    }

    Set<Capability> capabilities() {
        return factory.capabilities();
    }

    Duration timeout(long zoneId) {
        return settings.timeout(zoneId);
    }

    /** The zone as a driver is told of it. */
    ZoneContext context(long zoneId) {
        return context(zoneId, settings.ofDriver(zoneId));
    }

    /** @param what the call in words, for messages, such as {@code start of a backup of vm web-1} */
    <T> T call(long zoneId, String what, Function<BackupDriver, T> call) {
        Opened opened = null;
        try {
            opened = borrow(zoneId);
            T result = call.apply(opened.driver);
            if (result == null) {
                throw new IllegalStateException("the driver returned null");
            }
            return result;
        } catch (ProviderException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new ProviderException(
                    ErrorKind.EXTERNAL,
                    "provider " + factory.name(),
                    "Provider " + factory.name() + " failed unexpectedly at the " + what + ": " + e,
                    e);
        } finally {
            if (opened != null) {
                giveBack(opened);
            }
        }
    }

    /** As {@link #call} for calls without a result. */
    void run(long zoneId, String what, Consumer<BackupDriver> call) {
        call(zoneId, what, driver -> {
            call.accept(driver);
            return true;
        });
    }

    /** Closes every driver that no call uses; the others follow with their last call. */
    void close() {
        List<Opened> unused = new ArrayList<>();
        synchronized (open) {
            for (Opened opened : open.values()) {
                opened.retired = true;
                if (opened.users == 0) {
                    unused.add(opened);
                }
            }
            open.clear();
        }
        unused.forEach(ZoneDrivers::closeQuietly);
    }

    private Opened borrow(long zoneId) {
        Map<String, String> values = settings.ofDriver(zoneId);
        Opened replaced = null;
        Opened current;
        synchronized (open) {
            current = open.get(zoneId);
            if (current == null || !current.settings.equals(values)) {
                Opened fresh = new Opened(values, factory.open(context(zoneId, values)));
                if (current != null) {
                    current.retired = true;
                    replaced = current.users == 0 ? current : null;
                }
                open.put(zoneId, fresh);
                current = fresh;
            }
            current.users++;
        }
        if (replaced != null) {
            closeQuietly(replaced);
        }
        return current;
    }

    private ZoneContext context(long zoneId, Map<String, String> values) {
        DataCenterVO zone = zones.findById(zoneId);
        if (zone == null) {
            throw new ProviderException(ErrorKind.NOT_FOUND, "zone " + zoneId, "The zone does not exist any more");
        }
        return new ZoneContext(zone.getUuid(), zone.getName(), values, clock);
    }

    private void giveBack(Opened opened) {
        boolean last;
        synchronized (open) {
            opened.users--;
            last = opened.retired && opened.users == 0;
        }
        if (last) {
            closeQuietly(opened);
        }
    }

    private static void closeQuietly(Opened opened) {
        try {
            opened.driver.close();
        } catch (RuntimeException | Error e) {
            LOG.warn("A driver failed while it was closed", e);
        }
    }

    /** A driver with the number of calls in it; guarded by {@code open}. */
    private static final class Opened {
        private final Map<String, String> settings;
        private final BackupDriver driver;
        private int users;
        private boolean retired;

        Opened(Map<String, String> settings, BackupDriver driver) {
            this.settings = settings;
            this.driver = driver;
        }
    }
}
