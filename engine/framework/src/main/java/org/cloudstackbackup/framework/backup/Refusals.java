/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static org.cloudstackbackup.framework.backup.Checks.subject;

import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.spi.ProviderException;

/** Events about work on backups that was refused before it began; what ends later tells of itself. */
final class Refusals {
    private final Surroundings around;

    Refusals(Surroundings around) {
        this.around = around;
    }

    /**
     * Does the work of a job, and records a failure as an error event about the backup, unless the job's operation was begun, or
     * the caller may not see the backup.
     *
     * @param doing begins the sentence, such as {@code Deleting backup}
     */
    void told(String event, String doing, Caller caller, long backupId, String jobUuid, Runnable work) {
        try {
            work.run();
        } catch (ProviderException e) {
            if (around.operations().ofJob(jobUuid).isEmpty()) {
                around.backups()
                        .find(backupId)
                        .filter(backup -> caller.mayReach(backup.owner()))
                        .ifPresent(backup -> around.journal()
                                .failed(
                                        event,
                                        doing + " " + backup.name() + " failed: " + e.text(),
                                        caller.user().id(),
                                        subject(backup)));
            }
            throw e;
        }
    }
}
