/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Clock;
import java.util.concurrent.Executor;
import org.cloudstackbackup.spi.DriverFactory;

/** What a provider is made of, wired when CloudStack has injected its own parts. */
final class Parts {
    final ZoneDrivers drivers;
    final Machines machines;
    final Rows rows;
    final Listings listings;
    final Recovery recovery;
    final RowSync sync;
    final Taking taking;
    final Deleting deleting;
    final Restoring restoring;
    final Assigning assigning;
    final VolumeRestoring volumeRestoring;
    final Renewing renewing;

    Parts(
            CloudStack cloudStack,
            String provider,
            DriverFactory factory,
            DriverSettings settings,
            Clock clock,
            Pause pause,
            Executor background) {
        drivers = new ZoneDrivers(factory, settings, cloudStack.zones(), clock);
        machines = new Machines(cloudStack);
        rows = new Rows(cloudStack, provider, clock);
        listings = new Listings(drivers, clock, background);
        Marks marks = new Marks(cloudStack.details(), clock);
        Waiting waiting = new Waiting(drivers, clock, pause);
        recovery = new Recovery(cloudStack, rows, marks, machines, waiting);
        renewing = new Renewing(cloudStack, rows, machines, drivers);
        sync = new RowSync(rows, listings, recovery, renewing, marks, clock);
        taking = new Taking(rows, marks, machines, waiting, listings, drivers);
        deleting = new Deleting(marks, recovery, waiting, listings, drivers);
        assigning = new Assigning(cloudStack, machines, drivers, new Briefly(background, Briefly.LIMIT), pause);
        restoring = new Restoring(cloudStack, machines, marks, waiting);
        volumeRestoring = new VolumeRestoring(cloudStack, machines, marks, waiting, clock);
    }
}
