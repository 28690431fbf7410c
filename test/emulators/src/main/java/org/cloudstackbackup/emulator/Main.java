/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Starts one of the emulators. */
@Command(
        name = "emulators",
        mixinStandardHelpOptions = true,
        version = "CloudStack Backup emulators 1.0.0-SNAPSHOT",
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "PRODUCT",
        description = "Imitates a backup product, for tests and trials.",
        subcommands = PxBackupCommand.class)
public final class Main implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        int code = new CommandLine(new Main()).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say which product to imitate");
    }
}
