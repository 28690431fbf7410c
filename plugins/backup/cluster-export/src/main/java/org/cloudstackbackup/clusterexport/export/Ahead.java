/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.Stopped;

/**
 * Work on a thread of its own, done ahead of its time; its result is taken, or what it threw, by one other thread. Closing it interrupts what is not
 * done.
 */
final class Ahead<T> implements AutoCloseable {
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;

    private Ahead(String name, Callable<T> work) {
        thread = new Thread(() -> complete(work), name);
        thread.setDaemon(true);
    }

    /** Begins it. */
    static <T> Ahead<T> begin(String name, Callable<T> work) {
        Ahead<T> ahead = new Ahead<>(name, work);
        ahead.thread.start();
        return ahead;
    }

    private void complete(Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Throwable e) {
            // Whoever takes the result meets it.
            result.completeExceptionally(e);
        }
    }

    /**
     * Waits for the result.
     *
     * @throws CallFailed when the work threw it
     * @throws Stopped when the work threw it, or this thread is told to stop
     */
    T get() {
        return result(result, thread.getName());
    }

    /** The same of any work of a run. */
    static <T> T result(Future<T> future, String work) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("Stopped during " + work);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CallFailed failure) {
                throw failure;
            }
            if (e.getCause() instanceof Stopped stopped) {
                throw stopped;
            }
            throw new IllegalStateException(work + " failed in a way nobody foresaw", e.getCause());
        }
    }

    /** Gives it up without waiting for its end; a result that it has all the same is disposed of. */
    void abandon(Consumer<T> disposal) {
        CompletableFuture<Void> unused = result.thenAccept(disposal);
        thread.interrupt();
    }

    /** Returns when it has ended, or does not end. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
