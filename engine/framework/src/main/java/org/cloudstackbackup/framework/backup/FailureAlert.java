/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.alert.Alerts.NewAlert;

/** The alert about a VM whose last backup failed or is not whole; one per VM, whoever made the backup. */
public final class FailureAlert {
    private FailureAlert() {}

    /** @param cause why, in a sentence */
    public static NewAlert of(Backup backup, String vmUuid, String vmName, String cause) {
        return new NewAlert(
                AlertType.BACKUP_FAILED,
                Alerts.vm(vmUuid),
                "Backup of VM " + vmName + " failed",
                "Backup " + backup.name() + " (" + backup.uuid() + ") of VM " + vmName + " (" + vmUuid + ") failed: "
                        + cause + "\nThe next good backup of the VM resolves this.",
                backup.zoneId());
    }
}
