/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.RunLock;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;

/**
 * Makes the files on a few threads and stores them on others, and holds up the lists when objects in memory are enough. Safe for use by many threads.
 *
 * <p>Threads that wait for the store cost nobody anything, but those that compute do: as many as there are uploads would leave no processor to the API
 * server and the store where they are beside us, and store no more.
 */
final class UploadQueue implements AutoCloseable {
    private static final int MOST_KIB = 16 << 10;
    private static final int FEW_KIB = 4 << 10;
    /** A tree in memory is some times its JSON; small objects cost at least this. */
    private static final int LEAST_KIB = 4;

    /** What it takes to store this much is about what it takes to store anything. */
    private static final double BYTES_OF_ONE = 64 << 10;

    private final ExecutorService computing;
    /** As many threads as the pace allows. */
    private final ThreadPoolExecutor storing;

    private final RunLock lock;
    private final QueueRoom room = new QueueRoom(MOST_KIB, FEW_KIB);
    private final UploadPace pace;
    private final Map<TypeProgress, Integer> waiting = new HashMap<>();
    private final Map<TypeProgress, Runnable> afterwards = new HashMap<>();

    UploadQueue(int count, RunLock lock) {
        this.lock = lock;
        this.pace = new UploadPace(count, System.nanoTime());
        computing = threads("compute-", Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        storing = threads("upload-", pace.allowed());
    }

    private static ThreadPoolExecutor threads(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does the work soon, and then what it returned, which waits for the store; what either throws ends the run. */
    void submit(TypeProgress progress, long bytes, Supplier<Optional<Runnable>> work, RunContext run) {
        run.check();
        int kib = room.take((int) Math.min(MOST_KIB, Math.max(LEAST_KIB, bytes >> 10)));
        synchronized (pace) {
            pace.came(System.nanoTime());
        }
        count(progress, 1);
        Runnable end = () -> {
            room.give(kib);
            count(progress, -1);
        };
        computing.execute(() -> {
            Optional<Runnable> upload = Optional.empty();
            try {
                run.check();
                upload = work.get();
                upload.ifPresent(store -> storing.execute(() -> store(store, bytes, run, end)));
            } catch (Throwable e) {
                // Also an Error: an object without a file would look as if it had vanished.
                run.abort(e);
                upload = Optional.empty();
            } finally {
                if (upload.isEmpty()) {
                    end.run();
                }
            }
        });
    }

    private void store(Runnable upload, long bytes, RunContext run, Runnable end) {
        try {
            try {
                run.check();
                upload.run();
            } finally {
                stored(bytes);
            }
        } catch (Throwable e) {
            run.abort(e);
        } finally {
            end.run();
        }
    }

    /** After each upload there may be more threads than before, or less. */
    private void stored(long bytes) {
        synchronized (pace) {
            pace.ended(1 + bytes / BYTES_OF_ONE, !storing.getQueue().isEmpty(), System.nanoTime());
            int allowed = pace.allowed();
            if (allowed > storing.getMaximumPoolSize()) {
                storing.setMaximumPoolSize(allowed);
                storing.setCorePoolSize(allowed);
            } else if (allowed < storing.getMaximumPoolSize()) {
                storing.setCorePoolSize(allowed);
                storing.setMaximumPoolSize(allowed);
            }
        }
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
        computing.shutdownNow();
        storing.shutdownNow();
        // Nothing may be written any more once the lock is given back, also when the run was told to stop.
        boolean interrupted = Thread.interrupted();
        try {
            if (!storing.awaitTermination(30, TimeUnit.SECONDS)) {
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
