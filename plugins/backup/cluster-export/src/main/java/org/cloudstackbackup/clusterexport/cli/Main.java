/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.Stopped;
import org.cloudstackbackup.clusterexport.config.InvalidConfiguration;
import org.cloudstackbackup.clusterexport.observe.EventLog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: {@code cluster-export run|plan|list|diff|restore|prune|check-config}. */
@Command(
        name = "cluster-export",
        mixinStandardHelpOptions = true,
        description = "Exports the resources of a Kubernetes or OpenShift cluster to S3, and restores them.",
        footer = {
            "",
            "Settings come from environment variables, then from the ConfigMap; see the guide.",
            "Exit codes: 0 complete, 1 failed, 2 wrong settings or options, 3 partial, 4 another run goes on."
        })
public final class Main implements Runnable {
    private static final long LONGEST_END_MILLIS = 25_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "PATH",
            scope = CommandLine.ScopeType.INHERIT,
            description = "A ConfigMap as a file, or mounted as a folder; the same as CONFIG_FILE.")
    void config(String path) {
        variables.put("CONFIG_FILE", path);
    }

    @Option(names = "--health-check", description = "Says OK when the program can start; for container images.")
    private boolean healthCheck;

    private final Map<String, String> variables;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    private Main(Map<String, String> variables, PrintStream out, PrintStream err, Clock clock) {
        this.variables = new TreeMap<>(variables);
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.setProperty("log4j2.configurationFile", "cluster-export-log4j2.xml");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Thread main = Thread.currentThread();
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread hook = new Thread(() -> {
            // Asked to end: the command gives its lock back, and leaves the last run as it is.
            main.interrupt();
            try {
                int code = ended.get(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
                // The command's own code, where the JVM would name the signal, whatever was done.
                Runtime.getRuntime().halt(code);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                err.println("The command did not end within " + LONGEST_END_MILLIS + " ms after it was told to");
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        int code = execute(args, System.getenv(), out, err, Clock.systemUTC());
        out.flush();
        err.flush();
        ended.complete(code);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process already ends, by the hook.
            return;
        }
        System.exit(code);
    }

    /** Runs one command; returns its exit code. */
    public static int execute(
            String[] args, Map<String, String> variables, PrintStream out, PrintStream err, Clock clock) {
        Main main = new Main(variables, out, err, clock);
        CommandLine line = new CommandLine(main);
        Commands.all(main::environment).forEach(line::addSubcommand);
        line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, command, parsed) -> main.failed(failure));
        // The name of the program may stand before the command, as in its container image.
        boolean named = args.length > 0 && args[0].equals("cluster-export");
        return line.execute(named ? java.util.Arrays.copyOfRange(args, 1, args.length) : args);
    }

    private Environment environment() {
        return new Environment(variables, out, err, clock);
    }

    private int failed(Exception failure) {
        EventLog log = environment().earlyLog();
        if (failure instanceof InvalidConfiguration invalid) {
            invalid.problems()
                    .forEach(problem -> log.error(
                            "config_load", "The configuration is wrong; nothing was started", Map.of(), problem));
            return ExitCodes.WRONG_CONFIGURATION;
        }
        if (failure instanceof Locked) {
            log.error(
                    "command_locked",
                    "Another run goes on; nothing was done",
                    Map.of(),
                    String.valueOf(failure.getMessage()));
            return ExitCodes.LOCKED;
        }
        if (failure instanceof CallFailed call) {
            log.error(
                    "command_failed",
                    "The command failed",
                    Map.of("error_class", call.errorClass().label()),
                    String.valueOf(call.getMessage()));
            return ExitCodes.FAILED;
        }
        if (failure instanceof Stopped) {
            log.error("command_failed", "The command was stopped", Map.of(), String.valueOf(failure.getMessage()));
            return ExitCodes.FAILED;
        }
        log.error("command_failed", "The command failed in a way nobody foresaw", Map.of(), failure.toString());
        failure.printStackTrace(err);
        return ExitCodes.FAILED;
    }

    @Override
    public void run() {
        if (healthCheck) {
            out.println("OK");
            return;
        }
        throw new ParameterException(spec.commandLine(), "A command is missing");
    }
}
