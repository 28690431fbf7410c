/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;

/**
 * Makes calls to the product inside a transaction of CloudStack's, which keeps its locks no longer than a short while: whatever
 * retries and timeouts the driver has, then the call goes on by itself, and its result is handed to somebody else.
 */
final class Briefly {
    /** What somebody in the user interface waits without giving up; few calls take a second. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Logger LOG = LogManager.getLogger(Briefly.class);

    private final Executor background;
    private final Duration limit;

    Briefly(Executor background, Duration limit) {
        this.background = background;
        this.limit = limit;
    }

    /**
     * @param what the call in words, such as {@code assignment of vm web-1}
     * @param late gets a result that comes when nobody waits any more
     * @throws ProviderException the call's own; {@code UNAVAILABLE} when it takes too long
     */
    <T> T call(String what, Supplier<T> call, Consumer<T> late) {
        var result = new CompletableFuture<T>();
        background.execute(() -> run(what, call, late, result));
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return givenUp(result, failed(what, "has not ended within " + limit.toMillis() + " ms", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return givenUp(result, failed(what, "was interrupted", e));
        } catch (ExecutionException e) {
            throw unwrapped(what, e.getCause());
        }
    }

    private static <T> void run(String what, Supplier<T> call, Consumer<T> late, CompletableFuture<T> result) {
        try {
            T value = call.get();
            if (!result.complete(value)) {
                LOG.warn("The {} has ended well after nobody waited for it any more", what);
                late.accept(value);
            }
        } catch (RuntimeException | Error e) {
            if (!result.completeExceptionally(e)) {
                LOG.warn("The {} failed after nobody waited for it any more", what, e);
            }
        }
    }

    /** It may have ended in the last moment. */
    private static <T> T givenUp(CompletableFuture<T> result, ProviderException failure) {
        if (result.completeExceptionally(failure)) {
            throw failure;
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            throw unwrapped("call", e.getCause());
        }
    }

    private static RuntimeException unwrapped(String what, @org.jspecify.annotations.Nullable Throwable cause) {
        if (cause instanceof RuntimeException known) {
            return known;
        }
        return new ProviderException(ErrorKind.INTERNAL, what, "The " + what + " failed: " + cause, cause);
    }

    private static ProviderException failed(String what, String how, Exception cause) {
        return new ProviderException(
                ErrorKind.UNAVAILABLE,
                what,
                "The " + what + " " + how + "; should it succeed later, it is undone",
                cause);
    }
}
