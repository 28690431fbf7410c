/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.cloudstackbackup.emulator.pxbackup.PxBackupEmulator;
import org.cloudstackbackup.emulator.pxbackup.PxBackupOptions;
import org.cloudstackbackup.emulator.pxbackup.Timings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the PX-Backup emulator until it is stopped. */
@Command(
        name = "px-backup",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 100,
        sortOptions = false,
        description = {
            "Imitates a PX-Backup server with its token issuer. Users admin and px-central-admin,",
            "both with the password admin; organisation default."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar emulators.jar px-backup --port 10001 --token secret",
            "  java -jar emulators.jar px-backup --port 0 --dialect 2.10 --speed 60",
            "  java -jar emulators.jar px-backup --port 10443 --tls-folder certs --tls-client-certificate",
            "  curl -H 'Authorization: Bearer secret' http://127.0.0.1:10001/v1/cluster/default"
        })
@SuppressWarnings("NullAway.Init")
final class PxBackupCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--port",
            defaultValue = "10001",
            description = "Port of the API and of the token issuer; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--admin-port",
            defaultValue = "0",
            description = "Port of the admin API at /_emu/, on the loopback address; 0 picks a free one (default).")
    private int adminPort;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Where to listen (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--dialect",
            defaultValue = "3.1",
            description = "Server line: 2.8, 2.9, 2.10, 2.11, 3.0 or 3.1 (default: ${DEFAULT-VALUE}).")
    private String dialect;

    @Option(names = "--token", defaultValue = "", description = "A bearer token that is always good for user admin.")
    private String token;

    @Option(
            names = "--speed",
            defaultValue = "1",
            description = "How fast the virtual clock runs; 0 stands still (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(names = "--start", description = "What the virtual clock shows at first, such as 2026-11-21T08:00:00Z.")
    private @Nullable String start;

    @Option(names = "--tls-folder", description = "Serve TLS; certificates are made, and those for clients go there.")
    private @Nullable Path tlsFolder;

    @Option(names = "--tls-client-certificate", description = "With --tls-folder: ask clients for a certificate.")
    private boolean clientCertificate;

    @Option(names = "--lenient-routing", description = "Serve the paths of all lines at once.")
    private boolean lenientRouting;

    @Option(names = "--lenient-codec", description = "Forgive what the official Ansible client gets wrong.")
    private boolean lenientCodec;

    @Option(names = "--seed", paramLabel = "FILE", description = "JSON with what to add, as POST /_emu/seed takes it.")
    private @Nullable Path seed;

    @Option(names = "--empty", description = "Start without the demo cluster, machines, location and policies.")
    private boolean empty;

    @Option(
            names = "--until-input-ends",
            description = "End when standard input ends, as it does when the process that started this one is gone.")
    private boolean untilInputEnds;

    @Override
    public Integer call() throws InterruptedException, IOException {
        PxBackupEmulator emulator = start();
        seed(emulator);
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "stop"));
        System.out.println("PX-Backup emulator ready: " + emulator.url() + " dialect " + dialect + ", admin "
                + emulator.adminUrl() + "/_emu/");
        System.out.flush();
        if (untilInputEnds) {
            System.in.transferTo(OutputStream.nullOutputStream());
            emulator.close();
            return 0;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private void seed(PxBackupEmulator emulator) {
        if (seed != null) {
            try {
                emulator.seed(Files.readString(seed));
            } catch (IOException | RuntimeException e) {
                emulator.close();
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "The seed " + seed + " cannot be used: " + e.getMessage(), e);
            }
        }
    }

    private PxBackupEmulator start() {
        try {
            return PxBackupEmulator.start(new PxBackupOptions(
                    host,
                    port,
                    adminPort,
                    dialect,
                    token,
                    speed,
                    start == null ? null : Instant.parse(start),
                    tlsFolder,
                    clientCertificate,
                    lenientRouting,
                    lenientCodec,
                    !empty,
                    Timings.standard()));
        } catch (IllegalArgumentException | IllegalStateException | DateTimeParseException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
