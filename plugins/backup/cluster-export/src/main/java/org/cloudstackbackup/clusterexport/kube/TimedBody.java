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

    private final Duration timeout;
    private volatile boolean silent;

    TimedBody(InputStream body, Duration timeout) {
        super(body);
        this.timeout = timeout;
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
        Future<?> alarm = CLOCK.schedule(this::giveUp, timeout.toMillis(), TimeUnit.MILLISECONDS);
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
            alarm.cancel(false);
        }
        throw new HttpTimeoutException("nothing more came within " + timeout.toMillis() + " ms");
    }

    /** Wakes the reader. */
    private void giveUp() {
        silent = true;
        try {
            in.close();
        } catch (IOException e) {
            // The reader is told that nothing came; that the connection did not close well says no more.
            silent = true;
        }
    }
}
