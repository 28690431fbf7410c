/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.testkit;

import java.util.Arrays;
import org.cloudstackbackup.spi.DriverFactory;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.ZoneContext;

/**
 * What {@link DriverContract} must be able to do to a product behind the driver's back. One harness serves one test: it
 * begins with a product that holds no VM and no restore point, and {@link #close} leaves no thread, port or file behind.
 *
 * <p>Called by one thread at a time.
 */
public interface DriverHarness extends AutoCloseable {
    /** The factory under test; another one after {@link #restart}. */
    DriverFactory factory();

    /** The zone under test with its present settings; the contract opens a new driver when it has changed. */
    ZoneContext zone();

    /** Makes a VM known to the product, with one volume for each content; the first is the root volume. */
    VmRef createVm(String name, byte[]... contents);

    /**
     * Makes a VM as a host makes one for a restore: with an empty volume of each size, the first being the root volume. Where
     * the product makes machines itself, no detail ties the VM to one yet, and nothing need be at its volumes' paths.
     */
    default VmRef createFreshVm(String name, int... sizes) {
        return createVm(
                name, Arrays.stream(sizes).mapToObj(size -> new byte[size]).toArray(byte[][]::new));
    }

    /** Removes a VM and its volumes from where VMs live. */
    void destroyVm(VmRef vm);

    /** SHA-256, in hexadecimal, of the bytes that a VM would read from the volume now. */
    String contentHash(VolumeRef volume);

    /** Writes other bytes over the beginning of the volume, as a running VM would. */
    void changeContent(VolumeRef volume, byte[] content);

    /** Removes one volume from where volumes live. */
    void destroyVolume(VolumeRef volume);

    /** Operations started from now on stay running until {@link #step} was called about ten times. */
    void makeOperationsSlow();

    /** Operations started from now on end as soon as the product can. */
    void makeOperationsFast();

    /** Moves the product's time on by a part of a slow operation. */
    void step();

    /** Whether the product can be reached. */
    void setReachable(boolean reachable);

    /** Makes the product forget a restore point without being asked. */
    void losePoint(RestorePoint point);

    /** As after {@code kill -9} of our process: all of the driver's memory is gone, the product goes on. */
    void restart();

    @Override
    void close();
}
