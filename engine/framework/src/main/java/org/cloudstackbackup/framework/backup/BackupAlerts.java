/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import java.util.Set;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.spi.ErrorKind;

/** One standing alert for each VM whose last backup failed. Joins the transaction that writes the outcome. */
final class BackupAlerts {
    /** A person who asked for the backup was answered; nobody else needs to know. */
    private static final Set<ErrorKind> ANSWERED = Set.of(ErrorKind.USER, ErrorKind.NOT_FOUND, ErrorKind.CONFLICT);

    private final Surroundings around;

    BackupAlerts(Surroundings around) {
        this.around = around;
    }

    /** A backup of the VM failed, or is not whole. */
    void failed(Backup backup, String vmUuid, String vmName, String cause) {
        around.alerts().raise(FailureAlert.of(backup, vmUuid, vmName, cause));
    }

    /**
     * Whether the alert about an outage of the provider stands and tells of the failure too: one outage is one cause, however
     * many VMs have their backups there.
     */
    boolean joinsOutage(long zoneId, String provider) {
        return around.drivers()
                .findZone(zoneId)
                .map(zone -> around.alerts()
                        .join(
                                AlertType.PROVIDER_UNREACHABLE,
                                Alerts.provider(zone.uuid(), provider),
                                "Backups fail because of this; each is an event of its own and counts in this alert."))
                .orElse(false);
    }

    /** A backup was refused before it began; of those that a person asked for, only what the person did not cause is told. */
    void refused(Backup backup, ErrorKind kind, String cause) {
        if (backup.scheduleId() != null || !ANSWERED.contains(kind)) {
            around.vms().find(backup.vmId()).ifPresent(vm -> failed(backup, vm.uuid(), vm.name(), cause));
        }
    }

    /** The VM has a new good backup. */
    void good(String vmUuid) {
        around.alerts().resolve(AlertType.BACKUP_FAILED, Alerts.vm(vmUuid));
        around.alerts().resolve(AlertType.RPO_EXCEEDED, Alerts.vm(vmUuid));
    }
}
