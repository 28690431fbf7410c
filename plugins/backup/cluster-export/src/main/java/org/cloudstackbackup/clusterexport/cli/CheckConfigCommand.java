/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks the settings, and with {@code --connect} also that cluster and bucket can be reached; writes nothing. */
@Command(name = "check-config", description = "Checks all settings; nothing is written.")
final class CheckConfigCommand implements Callable<Integer> {
    private final Supplier<Environment> environments;

    @Option(names = "--connect", description = "Also asks the API server and the bucket.")
    private boolean connect;

    CheckConfigCommand(Supplier<Environment> environments) {
        this.environments = environments;
    }

    @Override
    public Integer call() {
        Environment environment = environments.get();
        Settings settings = environment.settings();
        environment.kubeConfig();
        if (connect) {
            Retry retry = environment.retry(settings, environment.log(settings, false));
            try (Bucket bucket = environment.bucket(settings, retry);
                    ApiServer server = environment.server(settings)) {
                bucket.check(false);
                Discovery.ask(server, retry);
            }
        }
        environment.out().println("The configuration is right.");
        return ExitCodes.COMPLETE;
    }
}
