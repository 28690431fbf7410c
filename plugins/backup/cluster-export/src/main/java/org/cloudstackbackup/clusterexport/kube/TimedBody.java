/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A body of which each read ends in time; how long its reader takes between reads does not count. For one reading thread. */
final class TimedBody extends FilterInputStream {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();
    private static final long LONGEST_LOOK_MILLIS = 1000;

    private final Duration timeout;
    private final Future<?> looking;
    /** Whether a read goes on; {@link #since} is right then. */
    private volatile boolean reading;

    private volatile long since;
    private volatile boolean silent;

    /** To be closed, or it is looked after for ever. */
    TimedBody(InputStream body, Duration timeout) {
        super(body);
        this.timeout = timeout;
        // A look now and then costs less than an alarm for each of the many reads.
        long look = Math.max(1, Math.min(LONGEST_LOOK_MILLIS, timeout.toMillis() / 10));
        this.looking = CLOCK.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "body-timeout");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    private interface Read {
        int read() throws IOException;
    }

    @Override
    public int read() throws IOException {
        return timed(in::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return timed(() -> in.read(bytes, offset, length));
    }

    private int timed(Read read) throws IOException {
        since = System.nanoTime();
        reading = true;
        try {
            int count = read.read();
            if (!silent) {
                return count;
            }
        } catch (IOException e) {
            if (!silent) {
                throw e;
            }
        } finally {
            reading = false;
        }
        throw new HttpTimeoutException("nothing more came within " + timeout.toMillis() + " ms");
    }

    private void look() {
        if (reading && System.nanoTime() - since > timeout.toNanos()) {
            giveUp();
        }
    }

    /** Wakes the reader. */
    private void giveUp() {
        silent = true;
        looking.cancel(false);
        try {
            in.close();
        } catch (IOException e) {
            // The reader is told that nothing came; that the connection did not close well says no more.
            silent = true;
        }
    }

    @Override
    public void close() throws IOException {
        looking.cancel(false);
        super.close();
    }
}
