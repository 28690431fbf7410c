/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.StoreSettings;
import org.cloudstackbackup.clusterexport.http.RawServer;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import org.cloudstackbackup.clusterexport.observe.Level;
import org.junit.jupiter.api.Test;

/** What the lock's requests may take. */
class RunLockTest {
    private static final EventLog LOG = new EventLog((level, line) -> {}, Clock.systemUTC(), Level.INFO, "east");

    private static Bucket bucket(RawServer server, Duration timeout) {
        Retry retry = new Retry(0, Duration.ofMillis(1), time -> {}, (what, attempt, wait, failure) -> {});
        URI endpoint = URI.create("http://127.0.0.1:" + server.port());
        StoreSettings settings = new StoreSettings(endpoint, "access", "secret", "bucket", "us-east-1", "", false);
        return Bucket.open(settings, 4, timeout, retry);
    }

    /** Never answers. */
    private static RawServer silent(CountDownLatch end) throws Exception {
        return new RawServer(connection -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void aRequestForTheLockIsGivenUpWellBeforeTheLockExpires() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = silent(end);
                Bucket bucket = bucket(server, Duration.ofMinutes(10))) {
            long began = System.nanoTime();
            CallFailed failure = catchThrowableOfType(
                    CallFailed.class, () -> RunLock.take(bucket, "lock", Duration.ofSeconds(2), "test", LOG));
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.TIMEOUT);
            // A quarter of the expiry, and what starting the SDK takes on a busy machine; far from the ten minutes.
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(500))
                    .isLessThan(Duration.ofSeconds(60));
            end.countDown();
        }
    }

    @Test
    void aWriteIsGivenUpAfterItsTime() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = silent(end);
                Bucket bucket = bucket(server, Duration.ofMinutes(10))) {
            long began = System.nanoTime();
            CallFailed failure = catchThrowableOfType(
                    CallFailed.class, () -> bucket.putIf("lock", new byte[1], null, Duration.ofMillis(500)));
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
            end.countDown();
        }
    }

    @Test
    void aWriteOfTheLockTakesNoLongerThanAnyRequest() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = silent(end);
                Bucket bucket = bucket(server, Duration.ofMillis(300))) {
            CallFailed failure = catchThrowableOfType(
                    CallFailed.class, () -> bucket.putIf("lock", new byte[1], null, Duration.ofHours(1)));
            assertThat(failure.errorClass()).isEqualTo(ErrorClass.TIMEOUT);
            end.countDown();
        }
    }
}
