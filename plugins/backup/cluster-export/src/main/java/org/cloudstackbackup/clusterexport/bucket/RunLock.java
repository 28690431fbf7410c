/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static java.util.Objects.requireNonNull;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.clusterexport.bucket.Bucket.Stored;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * One writer at a time for one cluster: an object in the bucket that its holder renews, and that anyone may take over once it was not renewed for
 * its expiry. Its age is measured by the store's clock alone, so that no jump of a local clock frees or keeps a lock.
 */
public final class RunLock implements AutoCloseable {
    private final Bucket bucket;
    private final String key;
    private final Duration expiry;
    private final String holder;
    private final EventLog log;
    private final ScheduledExecutorService renewal;
    private volatile String etag;
    private volatile boolean lost;
    private volatile boolean abandoned;
    private volatile long renewedNanos;
    private java.util.concurrent.@Nullable Future<?> renewing;

    private RunLock(Bucket bucket, String key, Duration expiry, String holder, String etag, EventLog log) {
        this.bucket = bucket;
        this.key = key;
        this.expiry = expiry;
        this.holder = holder;
        this.etag = etag;
        this.log = requireNonNull(log, "log is null");
        this.renewedNanos = System.nanoTime();
        this.renewal = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "lock-renewal");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes the lock, or the one of a holder that died.
     *
     * @param log is told when the lock cannot be given back
     * @throws CallFailed of class CONFLICT, with who holds it, while another run goes on
     */
    public static RunLock take(Bucket bucket, String key, Duration expiry, String purpose, EventLog log) {
        requireNonNull(bucket, "bucket is null");
        String holder = purpose + " " + UUID.randomUUID();
        // Read first: a store that does not know conditions would write over the lock of a run that goes on.
        Optional<String> etag = takeOver(bucket, key, expiry, holder);
        RunLock lock = new RunLock(bucket, key, expiry, holder, etag.orElseThrow(() -> held(key, "another run")), log);
        try {
            lock.confirm();
        } catch (CallFailed | Stopped e) {
            lock.renewal.shutdown();
            throw e;
        }
        lock.start();
        return lock;
    }

    /**
     * Fails when the store says that the lock is another's. Costs a request, and finds out what {@link #check} cannot know where the store ignores
     * conditions, and two runs took the lock at the same moment: the last writer has it.
     */
    public void confirm() {
        check();
        Stored stored = read(bucket, key, expiry).orElseThrow(() -> held(key, "nobody, though it was taken"));
        if (!holderOf(stored).equals(holder)) {
            lost = true;
            throw held(key, text(stored));
        }
    }

    /** What a request about the lock may take: no answer that comes much later than its expiry says anything about it. */
    private static Duration quarter(Duration expiry) {
        return expiry.dividedBy(4);
    }

    private static Optional<Stored> read(Bucket bucket, String key, Duration expiry) {
        return bucket.again("GET " + key, () -> bucket.getOnce(key, quarter(expiry)));
    }

    private static Optional<String> takeOver(Bucket bucket, String key, Duration expiry, String holder) {
        Optional<Stored> found = read(bucket, key, expiry);
        if (found.isEmpty()) {
            return write(bucket, key, expiry, holder, null);
        }
        Stored stored = found.get();
        Map<String, ?> lock = content(stored);
        long expirySeconds =
                lock.get("expirySeconds") instanceof Number number ? number.longValue() : expiry.toSeconds();
        Duration age = Duration.between(stored.modified(), stored.serverTime());
        if (age.compareTo(Duration.ofSeconds(expirySeconds)) <= 0) {
            String other = lock.isEmpty() ? "an unknown run (its content is damaged)" : JsonTree.text(lock, "holder");
            throw held(key, other + ", which renewed it " + age.toSeconds() + " s ago");
        }
        return write(bucket, key, expiry, holder, stored.etag());
    }

    /** Writes the lock if it still is as the tag says; a write whose answer was lost is found again. */
    private static Optional<String> write(
            Bucket bucket, String key, Duration expiry, String holder, @Nullable String etag) {
        Optional<String> written =
                bucket.again("PUT " + key, () -> bucket.putIf(key, body(holder, expiry), etag, quarter(expiry)));
        return written.isPresent() ? written : ours(read(bucket, key, expiry), holder);
    }

    /** The tag of the lock, if it is the holder's. */
    private static Optional<String> ours(Optional<Stored> lock, String holder) {
        return lock.filter(stored -> text(stored).contains('"' + holder + '"')).map(Stored::etag);
    }

    /** Fails once the lock is not surely ours any more; called before what only its holder may write. */
    public void check() {
        boolean old = System.nanoTime() - renewedNanos > expiry.toNanos();
        if (lost || old) {
            throw new CallFailed(
                    ErrorClass.CONFLICT,
                    "The lock " + key + " was " + (lost ? "taken over by another run" : "not renewed in time"),
                    null);
        }
    }

    /** Leaves the lock to its expiry instead of giving it back, as something may still write under it. */
    public void abandon() {
        abandoned = true;
    }

    private void start() {
        long period = Math.max(1, quarter(expiry).toMillis());
        renewing = renewal.scheduleAtFixedRate(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        long now = System.nanoTime();
        try {
            Duration time = quarter(expiry);
            if (ours(bucket.getOnce(key, time), holder).isEmpty()) {
                // A store that ignores conditions would write over the lock of whoever has it now.
                lost = true;
                renewal.shutdown();
                return;
            }
            Optional<String> renewed = bucket.putIf(key, body(holder, expiry), etag, time);
            if (renewed.isEmpty()) {
                // The one before may have been done although its answer was lost.
                Optional<String> own = ours(bucket.getOnce(key, time), holder);
                renewed = own.isEmpty() ? own : bucket.putIf(key, body(holder, expiry), own.get(), time);
            }
            if (renewed.isEmpty()) {
                lost = true;
                renewal.shutdown();
            } else {
                etag = renewed.get();
                renewedNanos = now;
            }
        } catch (CallFailed e) {
            // Tried again with the next period; check() notices when that was too late.
            if (e.errorClass() == ErrorClass.NOT_FOUND) {
                lost = true;
            }
        }
    }

    /** Gives the lock back, if it still is ours. What was done under it stays so when that fails: it is told, and the lock expires by itself. */
    @Override
    public void close() {
        if (renewing != null) {
            renewing.cancel(false);
        }
        renewal.shutdown();
        // A thread that is told to stop still gives the lock back, or the next run would have to wait for its expiry.
        boolean interrupted = Thread.interrupted();
        try {
            if (renewal.awaitTermination(10, TimeUnit.SECONDS)
                    && !lost
                    && !abandoned
                    && read(bucket, key, expiry)
                            .map(stored -> stored.etag().equals(etag))
                            .orElse(false)) {
                bucket.delete(java.util.List.of(key));
            }
        } catch (InterruptedException | Stopped e) {
            interrupted = true;
            kept(e);
        } catch (RuntimeException e) {
            kept(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void kept(Exception failure) {
        log.warn(
                "lock_release",
                "The lock could not be given back; the next run waits for its expiry",
                Map.of("lock", key),
                failure.toString());
    }

    private static CallFailed held(String key, String holder) {
        return new CallFailed(ErrorClass.CONFLICT, "The lock " + key + " is held by " + holder, null);
    }

    private static byte[] body(String holder, Duration expiry) {
        // Differs at each renewal, so that the tag does too.
        return JsonText.of(Map.of(
                        "holder",
                        holder,
                        "expirySeconds",
                        expiry.toSeconds(),
                        "renewal",
                        UUID.randomUUID().toString()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What the lock says; nothing when it is damaged, which frees it after our own expiry like any other. */
    private static Map<String, ?> content(Stored stored) {
        try {
            return JsonTree.readObject(text(stored));
        } catch (UncheckedIOException e) {
            return Map.of();
        }
    }

    private static String holderOf(Stored stored) {
        return JsonTree.text(content(stored), "holder");
    }

    private static String text(Stored stored) {
        return new String(stored.body(), StandardCharsets.UTF_8);
    }
}
