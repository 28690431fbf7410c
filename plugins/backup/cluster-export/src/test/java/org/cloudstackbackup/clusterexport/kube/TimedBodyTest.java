/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A body that stops coming ends; one whose reader is slow does not. */
class TimedBodyTest {
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    /** Gives nothing until it is closed, and an error then. */
    private static final class Stuck extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            try {
                if (closed.await(1, TimeUnit.MINUTES)) {
                    throw new IOException("closed");
                }
                return -1;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void aReadThatWaitsForTooLongEnds() throws IOException {
        try (TimedBody body = new TimedBody(new Stuck(), TIMEOUT)) {
            assertThatThrownBy(() -> body.read(new byte[10]))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("nothing more came within 200 ms");
        }
    }

    @Test
    void aSlowReaderLosesNothing() throws Exception {
        try (TimedBody body = new TimedBody(new ByteArrayInputStream(new byte[] {1, 2}), TIMEOUT)) {
            assertThat(body.read()).isEqualTo(1);
            // Longer than a read may take, and some looks of the clock.
            assertThat(new CountDownLatch(1).await(3 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
            assertThat(body.read()).isEqualTo(2);
            assertThat(body.read()).isEqualTo(-1);
        }
    }
}
