/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work done ahead of its time gives what it would have given in its time, and does not outlive it. */
@Timeout(30)
class AheadTest {
    @Test
    void itGoesOnBesideTheThreadThatBeganIt() {
        CountDownLatch here = new CountDownLatch(1);
        try (Ahead<String> ahead = Ahead.begin("work", () -> {
            here.await();
            return "done on " + Thread.currentThread().getName();
        })) {
            here.countDown();
            assertThat(ahead.get()).isEqualTo("done on work");
        }
    }

    @Test
    void whatItThrowsIsThrownToWhoTakesItsResult() {
        CallFailed failure = new CallFailed(ErrorClass.FORBIDDEN, "may not", null);
        try (Ahead<String> ahead = Ahead.begin("work", () -> {
            throw failure;
        })) {
            assertThatThrownBy(ahead::get).isSameAs(failure);
        }
        try (Ahead<String> ahead = Ahead.begin("work", () -> {
            throw new Stopped("enough");
        })) {
            assertThatThrownBy(ahead::get).isInstanceOf(Stopped.class).hasMessage("enough");
        }
        try (Ahead<String> ahead = Ahead.begin("work", () -> {
            throw new ArithmeticException("unforeseen");
        })) {
            assertThatThrownBy(ahead::get).hasRootCauseMessage("unforeseen").hasMessageContaining("work");
        }
    }

    @Test
    void whoWaitsForItCanBeStopped() {
        try (Ahead<String> ahead = Ahead.begin("work", () -> {
            new CountDownLatch(1).await();
            return "never";
        })) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(ahead::get).isInstanceOf(Stopped.class);
            assertThat(Thread.interrupted()).as("told on").isTrue();
        }
    }

    @Test
    void closingItEndsIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Ahead<String> ahead = Ahead.begin("work", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return "ended";
        });
        begun.await();
        ahead.close();
        assertThat(interrupted).isTrue();
    }

    @Test
    void whatIsGivenUpIsInterruptedAndItsResultDisposedOf() throws Exception {
        CompletableFuture<String> disposed = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Ahead<String> ahead = Ahead.begin("work", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                return "all the same";
            }
        });
        begun.await();
        ahead.abandon(disposed::complete);
        assertThat(disposed.get()).isEqualTo("all the same");
        CompletableFuture<String> late = new CompletableFuture<>();
        ahead.abandon(late::complete);
        assertThat(late).isCompletedWithValue("all the same");
    }
}
