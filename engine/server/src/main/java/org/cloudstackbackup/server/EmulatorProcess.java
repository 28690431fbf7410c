/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The emulator of PX-Backup as a process beside the server, for the demo. It ends with the server, also when that is killed: its
 * standard input ends then.
 */
final class EmulatorProcess implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(EmulatorProcess.class);
    private static final Pattern READY =
            Pattern.compile("PX-Backup emulator ready: (http://\\S+) .*admin (http://\\S+?)/_emu/");
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration ENDS_WITHIN = Duration.ofMillis(500);

    private final Process process;
    private final CompletableFuture<ServerOptions.Emulator> ready = new CompletableFuture<>();

    private EmulatorProcess(Process process) {
        this.process = process;
    }

    /**
     * Does not wait until it is ready.
     *
     * @throws StartFailure when it cannot be started
     */
    static EmulatorProcess start(Path jar) {
        if (!Files.isReadable(jar)) {
            throw new StartFailure("--demo-emulators: " + jar + " cannot be read");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-jar",
                        jar.toString(),
                        "px-backup",
                        "--port",
                        "0",
                        "--empty",
                        "--until-input-ends")
                .redirectErrorStream(true);
        try {
            EmulatorProcess started = new EmulatorProcess(builder.start());
            Thread reader = new Thread(started::read, "emulator");
            reader.setDaemon(true);
            reader.start();
            return started;
        } catch (IOException e) {
            throw new StartFailure("--demo-emulators: the emulator cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the emulator is ready.
     *
     * @throws StartFailure when it is not in time, or has ended; the message holds what it wrote last
     */
    ServerOptions.Emulator await() {
        try {
            return ready.get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new StartFailure(
                    "--demo-emulators: " + requireNonNull(e.getCause()).getMessage(), e);
        } catch (TimeoutException e) {
            throw new StartFailure(
                    "--demo-emulators: the emulator was not ready within " + READY_WITHIN.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("--demo-emulators: interrupted while the emulator started", e);
        }
    }

    /** To its end, so that the emulator never waits for somebody to read what it writes. */
    private void read() {
        String last = "nothing";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
                Matcher found = READY.matcher(line);
                if (found.find()) {
                    ready.complete(new ServerOptions.Emulator(URI.create(found.group(1)), URI.create(found.group(2))));
                }
                LOG.debug("The emulator says: {}", line);
            }
            ready.completeExceptionally(new IllegalStateException("the emulator ended; it said: " + last));
        } catch (IOException | UncheckedIOException e) {
            ready.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
