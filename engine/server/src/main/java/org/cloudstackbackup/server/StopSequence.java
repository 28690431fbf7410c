/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Stops parts stage by stage, those of a stage side by side. A stage has until a time after the beginning of the stop; then the
 * next one begins, and what hangs is left to the end of the process. Used by one thread.
 */
final class StopSequence {
    private static final Logger LOG = LogManager.getLogger(StopSequence.class);

    private final List<Stage> stages = new ArrayList<>();

    /**
     * A further stage, after those that were made before.
     *
     * @param until how long after the beginning of the stop it ends at the latest
     */
    Stage stage(Duration until) {
        Stage stage = new Stage(until);
        stages.add(stage);
        return stage;
    }

    /** Stops every part once; a part that fails or hangs is told in the log and keeps no other from being stopped. */
    void run() {
        long begun = System.nanoTime();
        stages.forEach(stage -> stage.stop(begun + stage.until.toNanos()));
    }

    /** Parts that can be stopped side by side. */
    static final class Stage {
        private final Duration until;
        private final Map<String, AutoCloseable> parts = new LinkedHashMap<>();

        private Stage(Duration until) {
            this.until = requireNonNull(until, "until is null");
        }

        /** Returns the part, which is stopped in this stage. */
        <T extends AutoCloseable> T add(String name, T part) {
            if (parts.putIfAbsent(name, part) != null) {
                throw new IllegalStateException("There is a part '" + name + "' already");
            }
            return part;
        }

        private void stop(long deadline) {
            Map<String, FutureTask<Void>> stops = new LinkedHashMap<>();
            parts.forEach((name, part) -> {
                FutureTask<Void> stop = new FutureTask<>(() -> {
                    part.close();
                    return null;
                });
                stops.put(name, stop);
                Thread thread = new Thread(stop, "stop " + name);
                thread.setDaemon(true);
                thread.start();
            });
            parts.clear();
            stops.forEach((name, stop) -> await(name, stop, deadline));
        }

        private void await(String name, FutureTask<Void> stop, long deadline) {
            try {
                stop.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                LOG.error("The {} did not stop cleanly", name, e.getCause());
            } catch (TimeoutException e) {
                LOG.warn("The {} has not stopped within {}; the stop goes on without it", name, until);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
