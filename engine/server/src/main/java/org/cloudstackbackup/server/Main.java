/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.cloudstackbackup.server.api.ApiConfig;
import org.cloudstackbackup.server.api.TlsConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the command line, starts the server and waits for it to be stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 100,
        version = "CloudStack Backup 1.0.0-SNAPSHOT",
        sortOptions = false,
        description = {
            "Starts the backup management server. It speaks CloudStack's API at /client/api,",
            "shows metrics at /metrics and its health at /healthz and /readyz."
        },
        footer = {
            "",
            "Environment:",
            "  CLOUDSTACKBACKUP_ADMIN_PASSWORD  password for the admin user of the first start",
            "  CLOUDSTACKBACKUP_JAVA_OPTS       options for the Java virtual machine",
            "  CLOUDSTACKBACKUP_SECRET_KEY_FILE as --secret-key-file",
            "",
            "Examples:",
            "  ./run                                     demo zone, embedded database, port 8080",
            "  ./run --port 9090 --data /var/lib/backup  another port and folder",
            "  ./run --no-demo --database-url 'jdbc:mariadb://db:3306/backup?user=backup&password=...'",
            "  ./run --no-http --tls-port 8443 --tls-certificate server.pem --tls-key server.key",
            "  ./run --admin-password-file /run/secrets/admin --log-format json"
        },
        exitCodeOnInvalidInput = 2)
@SuppressWarnings("NullAway.Init")
public final class Main implements Callable<Integer> {
    private static final String PASSWORD_VARIABLE = "CLOUDSTACKBACKUP_ADMIN_PASSWORD";
    /** The system property with the path of the emulators' jar. */
    private static final String EMULATORS = "cloudstackbackup.emulators";

    private static final int MOST_PORT = 65_535;
    private static final int LEAST_PASSWORD_LENGTH = 8;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Port to listen on; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--bind",
            defaultValue = "",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            paramLabel = "ADDRESS",
            description = "Address to listen on, such as 127.0.0.1 (default: all).")
    private String bind;

    @Option(
            names = "--http",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Listen on --port without TLS (default), or with TLS only.")
    private boolean http;

    @Option(
            names = "--tls-port",
            paramLabel = "PORT",
            description = "Port to listen on with TLS 1.2 and 1.3; 0 picks a free one (default: none).")
    private @Nullable Integer tlsPort;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "PEM file with the server's certificate and those above it; read again when it changes.")
    private @Nullable Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file with its private key, in PKCS#8.")
    private @Nullable Path tlsKey;

    @Option(
            names = "--data",
            defaultValue = "data",
            paramLabel = "DIR",
            description = "Folder for the embedded database and all other files (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--database-url",
            paramLabel = "JDBC-URL",
            description = "MariaDB or MySQL instead of the embedded database, with user and password.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--shared",
            paramLabel = "DIR",
            description =
                    "Folder that all servers on one database reach under this or another name, such as an NFS 4 mount;"
                            + " the simulated zone and the dummy provider keep their files there (default: the data folder).")
    private @Nullable Path shared;

    @Option(
            names = "--admin-password-file",
            paramLabel = "FILE",
            description =
                    "First line is the admin user's password on the first start (default: a random one is printed).")
    private @Nullable Path adminPasswordFile;

    @Option(
            names = "--demo",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Add a simulated zone with three VMs on the first start (default), or not.")
    private boolean demo;

    @Option(
            names = "--demo-emulators",
            negatable = true,
            fallbackValue = "true",
            description =
                    "With --demo: start an emulator of PX-Backup beside the server, and add a zone sim-pxbackup on it, or not (default: with the embedded database).")
    private @Nullable Boolean demoEmulators;

    @Option(
            names = "--demo-px-backup",
            arity = "2",
            paramLabel = "URL",
            description =
                    "Add a zone sim-pxbackup whose product is a running emulator of PX-Backup: the address of its API and that of its admin API.")
    private @Nullable List<URI> pxBackup;

    @Option(
            names = "--secret-key-file",
            defaultValue = "${env:CLOUDSTACKBACKUP_SECRET_KEY_FILE}",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            paramLabel = "FILE",
            description =
                    "Keys that encrypt the secrets in the database; servers on one database need the same (default: secret.key in the data folder, made at the first start).")
    private @Nullable Path secretKeyFile;

    @Option(
            names = "--ui-folder",
            paramLabel = "DIR",
            description = "Serve CloudStack's UI, as its build leaves it in DIR, at /client/ (default: no UI).")
    private @Nullable Path uiFolder;

    @Option(
            names = "--log-format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "Format of the log on standard error: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private LogFormat logFormat;

    /** How log lines look. */
    enum LogFormat {
        text,
        json
    }

    /** Exits with 0 after a stop, 1 when the server could not start, 2 when the command line is wrong. */
    public static void main(String[] arguments) {
        int code = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
        System.exit(code);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MOST_PORT) {
            System.err.println("--port: " + port + " is not a port; allowed are 0 to " + MOST_PORT);
            return 1;
        }
        String problem = tlsProblem();
        if (problem != null) {
            System.err.println(problem);
            return 1;
        }
        System.setProperty(
                "log4j2.configurationFile", "log4j2-" + logFormat.name().toLowerCase(Locale.ROOT) + ".xml");
        try (EmulatorProcess emulator = emulatorBeside();
                BackupServer server = BackupServer.start(options(emulator))) {
            Thread stop = new Thread(
                    () -> {
                        server.close();
                        if (emulator != null) {
                            emulator.close();
                        }
                        LogManager.shutdown();
                    },
                    "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            server.greeting().forEach(System.out::println);
            server.awaitStop();
            return 0;
        } catch (StartFailure e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private ServerOptions options(@Nullable EmulatorProcess emulator) {
        return new ServerOptions(
                bind,
                http ? port : ApiConfig.NO_PLAIN_PORT,
                tls(),
                data.toAbsolutePath().normalize(),
                databaseUrl,
                adminPassword(),
                demo,
                secretKeyFile == null ? null : secretKeyFile.toAbsolutePath().normalize(),
                sharedFolder(),
                uiFolder == null ? null : uiFolder.toAbsolutePath().normalize(),
                emulator == null ? givenEmulator() : emulator::await);
    }

    /** Null when none is wanted, or when the server was not started by what knows where the emulators are. */
    private @Nullable EmulatorProcess emulatorBeside() {
        boolean wanted = demoEmulators == null ? databaseUrl == null : demoEmulators;
        String jar = System.getProperty(EMULATORS);
        if (!demo || !wanted || pxBackup != null) {
            return null;
        }
        if (jar != null) {
            return EmulatorProcess.start(Path.of(jar));
        }
        if (demoEmulators != null) {
            throw new StartFailure("--demo-emulators: system property " + EMULATORS
                    + " does not tell where the emulators are; ./run does");
        }
        return null;
    }

    private @Nullable Supplier<ServerOptions.Emulator> givenEmulator() {
        if (pxBackup == null || pxBackup.isEmpty()) {
            return null;
        }
        for (URI each : pxBackup) {
            if (!"http".equals(each.getScheme()) || each.getHost() == null) {
                throw new StartFailure("--demo-px-backup: '" + each + "' is no http:// address of an emulator");
            }
        }
        ServerOptions.Emulator given = new ServerOptions.Emulator(pxBackup.get(0), pxBackup.get(1));
        return () -> given;
    }

    private @Nullable Path sharedFolder() {
        return shared == null ? null : shared.toAbsolutePath().normalize();
    }

    private @Nullable String tlsProblem() {
        boolean all = tlsPort != null && tlsCertificate != null && tlsKey != null;
        boolean any = tlsPort != null || tlsCertificate != null || tlsKey != null;
        if (any && !all) {
            return "--tls-port, --tls-certificate and --tls-key are needed together";
        }
        if (tlsPort != null && (tlsPort < 0 || tlsPort > MOST_PORT)) {
            return "--tls-port: " + tlsPort + " is not a port; allowed are 0 to " + MOST_PORT;
        }
        return http || all ? null : "--no-http needs --tls-port, --tls-certificate and --tls-key";
    }

    private @Nullable TlsConfig tls() {
        return tlsPort == null || tlsCertificate == null || tlsKey == null
                ? null
                : new TlsConfig(tlsPort, tlsCertificate, tlsKey, TlsConfig.DEFAULT_RELOAD_INTERVAL);
    }

    private @Nullable String adminPassword() {
        if (adminPasswordFile == null) {
            String given = System.getenv(PASSWORD_VARIABLE);
            return given == null || given.isEmpty() ? null : checked(given, PASSWORD_VARIABLE);
        }
        try {
            return checked(
                    Files.readString(adminPasswordFile).lines().findFirst().orElse(""), "--admin-password-file");
        } catch (IOException e) {
            throw new StartFailure("--admin-password-file: cannot read " + adminPasswordFile + ": " + e, e);
        }
    }

    private static String checked(String password, String source) {
        if (password.length() < LEAST_PASSWORD_LENGTH) {
            throw new StartFailure(source + ": the password has " + password.length() + " characters, at least "
                    + LEAST_PASSWORD_LENGTH + " are needed");
        }
        return password;
    }
}
