/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.node;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.node.NodeStore;
import org.cloudstackbackup.framework.node.ServerNode;

/** Writes down every few seconds that this server lives. An outage of the database interrupts that, and no more. */
public final class SignsOfLife implements AutoCloseable {
    /** Without a sign of life for so long a server counts as down. */
    public static final Duration DOWN_AFTER = Duration.ofSeconds(20);

    private static final Logger LOG = LogManager.getLogger(SignsOfLife.class);
    private static final Duration INTERVAL = DOWN_AFTER.dividedBy(4);
    private static final long STOP_WITHIN_MILLIS = 1000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(30);

    private final NodeStore store;
    private final ServerNode self;
    private final Clock clock;
    private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor(SignsOfLife::daemon);
    private volatile boolean silent;

    public SignsOfLife(NodeStore store, ServerNode self, Clock clock) {
        this.store = requireNonNull(store, "store is null");
        this.self = requireNonNull(self, "self is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Returns when the server is known to the others. */
    public void start() {
        store.started(self);
        var unused = pulse.scheduleWithFixedDelay(
                this::beat, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            if (!store.alive(self.uuid(), clock.instant())) {
                store.started(self);
            }
            store.removeSilentSince(clock.instant().minus(FORGOTTEN_AFTER));
            if (silent) {
                LOG.info("This server's signs of life reach the database again");
            }
            silent = false;
        } catch (RuntimeException e) {
            if (!silent) {
                LOG.warn("This server's signs of life do not reach the database: {}", e.toString());
            }
            silent = true;
        }
    }

    /** Tells the others that the server stops in good order. */
    @Override
    public void close() {
        try {
            // After the beat that may be under way, and without waiting for a database that is away.
            pulse.submit(() -> store.stopped(self.uuid(), clock.instant()))
                    .get(STOP_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The stop of this server could not be told to the others: {}", e.toString());
        } finally {
            pulse.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "signs-of-life");
        thread.setDaemon(true);
        return thread;
    }
}
