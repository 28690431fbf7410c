/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;

/** Runs the uploads on some threads, and holds up the lists when objects in memory are enough. Safe for use by many threads. */
final class UploadQueue implements AutoCloseable {
    private static final int MOST_KIB = 16 << 10;
    /** A tree in memory is some times its JSON; small objects cost at least this. */
    private static final int LEAST_KIB = 4;

    private final ExecutorService threads;
    private final RunLock lock;
    private final Semaphore memory = new Semaphore(MOST_KIB);
    private final UploadGate gate;
    private final Map<TypeProgress, Integer> waiting = new HashMap<>();
    private final Map<TypeProgress, Runnable> afterwards = new HashMap<>();

    UploadQueue(int count, RunLock lock) {
        this.lock = lock;
        this.gate = new UploadGate(count);
        AtomicInteger number = new AtomicInteger();
        // One more, so that somebody waits at the gate when there is work for all places.
        threads = Executors.newFixedThreadPool(count + 1, work -> {
            Thread thread = new Thread(work, "upload-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs the work soon; what it throws ends the run. */
    void submit(TypeProgress progress, long bytes, Runnable work, RunContext run) {
        run.check();
        int kib = (int) Math.min(MOST_KIB, Math.max(LEAST_KIB, bytes >> 10));
        try {
            memory.acquire(kib);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped before an upload");
        }
        count(progress, 1);
        threads.execute(() -> {
            try {
                gate.enter();
                try {
                    run.check();
                    work.run();
                } finally {
                    gate.leave(bytes);
                }
            } catch (Throwable e) {
                // Also an Error: an object without a file would look as if it had vanished.
                run.abort(e);
            } finally {
                memory.release(kib);
                count(progress, -1);
            }
        });
    }

    private void count(TypeProgress progress, int change) {
        Runnable next = null;
        synchronized (this) {
            if (waiting.merge(progress, change, Integer::sum) == 0) {
                waiting.remove(progress);
                notifyAll();
                next = afterwards.remove(progress);
            }
        }
        if (next != null) {
            next.run();
        }
    }

    /** Does the work, which throws nothing, when every upload of a type is done; there will be no more of them. */
    void whenStored(TypeProgress progress, Runnable work) {
        synchronized (this) {
            if (waiting.containsKey(progress)) {
                afterwards.put(progress, work);
                return;
            }
        }
        work.run();
    }

    /** Waits until every upload of a type is done. */
    synchronized void await(TypeProgress progress) {
        try {
            while (waiting.containsKey(progress)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped while uploads went on");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        // Nothing may be written any more once the lock is given back, also when the run was told to stop.
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                lock.abandon();
                throw new CallFailed(ErrorClass.TIMEOUT, "Uploads do not end within 30 s after the run", null);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
