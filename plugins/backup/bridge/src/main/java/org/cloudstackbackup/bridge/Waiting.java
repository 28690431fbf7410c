/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;

/**
 * Follows operations at the product to their end. CloudStack's jobs hold their thread for the whole of it.
 *
 * <p>A product that is away is asked again: its operations go on or are lost, and only the product can tell which. One that
 * answers a question with an error is asked again a few times: the operation does not end with a bad answer about it.
 */
final class Waiting {
    private static final Logger LOG = LogManager.getLogger(Waiting.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int STARTS = 3;

    /** So many bad answers in a row about a running operation are the last word. */
    private static final int BORNE = 5;

    private final ZoneDrivers drivers;
    private final Clock clock;
    private final Pause pause;

    Waiting(ZoneDrivers drivers, Clock clock, Pause pause) {
        this.drivers = drivers;
        this.clock = clock;
        this.pause = pause;
    }

    /** Makes an idempotent call, and makes it again a few times while the product cannot be reached. */
    <T> T started(long zoneId, String what, Function<BackupDriver, T> start) {
        Duration wait = FIRST;
        for (int attempt = 1; ; attempt++) {
            try {
                return drivers.call(zoneId, what, start);
            } catch (ProviderException e) {
                if (!e.kind().isRetryable() || attempt == STARTS) {
                    throw e;
                }
            }
            rest(wait, what);
            wait = longer(wait);
        }
    }

    /**
     * The end of an operation.
     *
     * @param alive called before each question, to leave a sign of life
     * @throws ProviderException {@code UNAVAILABLE} when the time is over or the thread is interrupted, and what the product
     *     said when it answered with an error {@value #BORNE} times in a row; the operation goes on
     */
    OperationStatus end(long zoneId, OperationRef operation, String what, Runnable alive) {
        Duration timeout = drivers.timeout(zoneId);
        Instant deadline = clock.instant().plus(timeout);
        Duration wait = FIRST;
        int errors = 0;
        while (true) {
            alive.run();
            try {
                OperationStatus status = ask(zoneId, operation, what);
                if (status.isEnded()) {
                    return status;
                }
                errors = 0;
            } catch (ProviderException e) {
                errors++;
                if (errors == BORNE) {
                    throw e;
                }
                LOG.warn("The state of the {} could not be told; the product is asked again", what, e);
            }
            if (!clock.instant().isBefore(deadline)) {
                throw new ProviderException(
                        ErrorKind.UNAVAILABLE,
                        what,
                        "The " + what + " has not ended within " + timeout.toSeconds()
                                + " s; it goes on at the product");
            }
            rest(wait, what);
            wait = longer(wait);
        }
    }

    /** The state now; running, as far as one can tell, while the product is away. */
    OperationStatus ask(long zoneId, OperationRef operation, String what) {
        try {
            return drivers.call(zoneId, "state of the " + what, driver -> driver.status(operation));
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.UNAVAILABLE) {
                return new OperationStatus.Running(null, e.text());
            }
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return new OperationStatus.Failed(
                        ErrorKind.EXTERNAL, "The product no longer knows the " + what + ": " + e.text());
            }
            throw e;
        }
    }

    private void rest(Duration wait, String what) {
        try {
            pause.lasting(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    what,
                    "Nobody waits for the " + what + " any more, since the server stops; it goes on at the product",
                    e);
        }
    }

    private static Duration longer(Duration wait) {
        Duration next = wait.multipliedBy(2);
        return next.compareTo(LONGEST) > 0 ? LONGEST : next;
    }
}
