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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files on a few threads and stores them on others, and holds up the lists when objects in memory are enough. Safe for use by many threads.
 *
 * <p>Threads that wait for the store cost nobody anything, but those that compute do: as many as there are uploads would leave no processor to the API
 * server and the store where they are beside us, and store no more.
 */
final class UploadQueue implements AutoCloseable {
    private static final int MADE_KIB = 16 << 10;
    /** What is listed takes as much of the memory as it may, so that lists come seldom; manifests need most of it. */
    private static final int SHARE = 6;

    private static final int MOST_LISTED_KIB = 40 << 10;
    private static final int LEAST_LISTED_KIB = 16 << 10;
    /** What an object costs beside its JSON. */
    private static final int BESIDE_KIB = 1;

    /** What it takes to store this much is about what it takes to store anything. */
    private static final double BYTES_OF_ONE = 64 << 10;

    private final ExecutorService computing;
    /** As many threads as the pace allows. */
    private final ThreadPoolExecutor storing;

    private final Runnable abandonLock;
    private final QueueRoom listed;
    /** YAML of a deep object can be a hundred times its JSON. */
    private final QueueRoom made = new QueueRoom(MADE_KIB);

    private final UploadPace pace;
    private boolean resizesLater;
    private final Map<TypeProgress, Integer> waiting = new HashMap<>();
    private final Map<TypeProgress, Runnable> afterwards = new HashMap<>();

    /** {@code abandonLock} is told when something may still be written after all is over. */
    UploadQueue(int count, Runnable abandonLock) {
        this(count, abandonLock, new QueueRoom(listedKib(Runtime.getRuntime().maxMemory())));
    }

    /** With a room for what is listed, of so many KiB. */
    UploadQueue(int count, Runnable abandonLock, QueueRoom listed) {
        this.listed = listed;
        this.abandonLock = abandonLock;
        this.pace = new UploadPace(count, System.nanoTime());
        computing = threads("compute-", Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        storing = threads("upload-", pace.allowed());
    }

    private static int listedKib(long memory) {
        return (int) Math.max(LEAST_LISTED_KIB, Math.min(MOST_LISTED_KIB, (memory >> 10) / SHARE));
    }

    private static ThreadPoolExecutor threads(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What stores a file that was made of an object. */
    interface Upload {
        /** What it holds in memory until it is done. */
        long bytes();

        void run();
    }

    /**
     * Returns when many objects may come, until what it returns is closed, so that a list is not held up in the middle of a page unless its objects are
     * large, and the API server does not work on several pages at once of which the objects only wait here.
     */
    QueueRoom.Turn awaitTurn() {
        return listed.awaitTurn();
    }

    /** Does the work soon, and then what it returned, which waits for the store; what either throws ends the run. */
    void submit(TypeProgress progress, long bytes, Supplier<Optional<Upload>> work, RunContext run) {
        run.check();
        int kib = listed.take((bytes >> 10) + BESIDE_KIB);
        count(progress, 1);
        Task task = new Task(run, () -> {
            listed.give(kib);
            count(progress, -1);
        });
        task.execute(computing, () -> {
            awaitBurst();
            run.check();
            Optional<Upload> upload = work.get();
            if (upload.isEmpty()) {
                task.end();
                return;
            }
            int madeKib = made.take(Math.max(1, upload.get().bytes() >> 10));
            task.atEnd(() -> made.give(madeKib));
            task.execute(storing, () -> {
                try {
                    run.check();
                    upload.get().run();
                    task.end();
                } finally {
                    stored(bytes);
                }
            });
        });
    }

    /** What is done for one object: it ends once, whatever goes wrong, and what goes wrong ends the run. */
    private static final class Task {
        private final RunContext run;
        private final AtomicReference<@Nullable Runnable> end;

        Task(RunContext run, Runnable end) {
            this.run = run;
            this.end = new AtomicReference<>(end);
        }

        /** Before a step that may end it. */
        void atEnd(Runnable more) {
            end.updateAndGet(before -> before == null
                    ? null
                    : () -> {
                        more.run();
                        before.run();
                    });
        }

        void end() {
            Runnable once = end.getAndSet(null);
            if (once != null) {
                once.run();
            }
        }

        void execute(Executor threads, Runnable step) {
            try {
                threads.execute(() -> {
                    try {
                        step.run();
                    } catch (Throwable e) {
                        // Also an Error: an object without a file would look as if it had vanished.
                        fail(e);
                    }
                });
            } catch (Throwable e) {
                fail(e);
            }
        }

        private void fail(Throwable failure) {
            run.abort(failure);
            end();
        }
    }

    private void stored(long bytes) {
        synchronized (pace) {
            boolean burst = listed.isBurst();
            pace.ended(1 + bytes / BYTES_OF_ONE, !burst && !storing.getQueue().isEmpty(), System.nanoTime());
            resize(burst);
        }
    }

    /** While many objects come nothing is computed, and one upload goes on: the API server may share its processors with the store and us. */
    private void awaitBurst() {
        if (listed.awaitBurst()) {
            synchronized (pace) {
                pace.paused(System.nanoTime());
                resize();
            }
        }
    }

    private void resize() {
        synchronized (pace) {
            resize(listed.isBurst());
        }
    }

    /** After each upload, and after many objects came, there may be more threads than before, or less. */
    private void resize(boolean burst) {
        int allowed = burst ? 1 : pace.allowed();
        if (allowed > storing.getMaximumPoolSize()) {
            storing.setMaximumPoolSize(allowed);
            storing.setCorePoolSize(allowed);
        } else if (allowed < storing.getMaximumPoolSize()) {
            storing.setCorePoolSize(allowed);
            storing.setMaximumPoolSize(allowed);
        }
        if (burst && !resizesLater) {
            resizesLater = true;
            // Also when the one upload that goes on does not end.
            CompletableFuture.delayedExecutor(QueueRoom.BURST_NANOS, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(this::resizeLater);
        }
    }

    private void resizeLater() {
        synchronized (pace) {
            resizesLater = false;
            resize();
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
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            computing.awaitTermination(30, TimeUnit.SECONDS);
            if (!storing.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                abandonLock.run();
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
