/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.cloudstackbackup.clusterexport.bucket.Bucket;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.call.Retry;
import org.cloudstackbackup.clusterexport.config.Settings;
import org.cloudstackbackup.clusterexport.kube.ApiServer;
import org.cloudstackbackup.clusterexport.kube.Discovery;
import org.cloudstackbackup.clusterexport.observe.EventLog;
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
        Settings settings = environment.settingsAndCluster();
        if (connect && !connects(environment, settings)) {
            return ExitCodes.FAILED;
        }
        environment.out().println("The configuration is right.");
        return ExitCodes.COMPLETE;
    }

    /** Whether both answer; what is wrong with either is told. */
    private static boolean connects(Environment environment, Settings settings) {
        EventLog log = environment.log(settings, false);
        Retry retry = environment.retry(settings, log);
        boolean store = answers(log, "The bucket cannot be used", () -> checkBucket(environment, settings, retry));
        boolean cluster = answers(log, "The API server cannot be used", () -> {
            try (ApiServer server = environment.server(settings)) {
                Discovery.ask(server, retry);
            }
        });
        return store && cluster;
    }

    private static void checkBucket(Environment environment, Settings settings, Retry retry) {
        try (Bucket bucket = environment.bucket(settings, retry)) {
            bucket.check(false);
        } catch (CallFailed e) {
            if (e.errorClass() != ErrorClass.NOT_FOUND || !settings.store().createBucket()) {
                throw e;
            }
            environment
                    .out()
                    .println("The bucket " + settings.store().bucket() + " is not there; the first run creates it.");
        }
    }

    private static boolean answers(EventLog log, String message, Runnable question) {
        try {
            question.run();
            return true;
        } catch (CallFailed e) {
            log.error(
                    "check_config",
                    message,
                    Map.of("error_class", e.errorClass().label()),
                    String.valueOf(e.getMessage()));
            return false;
        }
    }
}
