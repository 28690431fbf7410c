/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.alert.AlertType;
import org.cloudstackbackup.framework.alert.Alerts;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.FailureAlert;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.event.Events.Level;
import org.cloudstackbackup.framework.event.Events.NewEvent;
import org.cloudstackbackup.framework.event.Events.State;

/**
 * Tells of backups that a product's policy made and that are no good, as of those that were made here: by the VM's alert about
 * failed backups, which a younger good backup resolves. Every method is called inside the transaction that writes the rows.
 */
final class Defects {
    private final SyncStore store;
    private final Events events;
    private final Alerts alerts;

    Defects(SyncStore store, Events events, Alerts alerts) {
        this.store = store;
        this.events = events;
        this.alerts = alerts;
    }

    /**
     * Raises the alerts for rows that were added just now; the good ones among them, and those that a younger good one has
     * outdated, raise none.
     *
     * @param rows of the candidates, in the same order
     */
    void added(List<Adoption.Candidate> candidates, List<Backup> rows) {
        Set<Long> vms = rows.stream()
                .filter(row -> row.status() == BackupStatus.ERROR)
                .map(Backup::vmId)
                .collect(Collectors.toSet());
        if (vms.isEmpty()) {
            return;
        }
        Map<Long, LastBackups> last = store.lastBackups(vms);
        for (int i = 0; i < rows.size(); i++) {
            Backup row = rows.get(i);
            SyncVm vm = candidates.get(i).vm();
            String flaw = candidates.get(i).point().flaw();
            // Nobody is to worry about a VM that is not protected any more.
            if (flaw != null
                    && vm.offeringId() != null
                    && !last.getOrDefault(row.vmId(), LastBackups.NONE).isGoodAfter(row.date())) {
                alerts.raise(FailureAlert.of(row, vm.uuid(), vm.name(), flaw));
            }
        }
    }

    /**
     * Tells that rows are good now that were not, and resolves the alerts of VMs whose last backup is good thereby.
     *
     * @param vmUuids by the rows' ids, as far as they are known
     */
    void mended(SyncRun run, List<Backup> rows, Map<Long, String> vmUuids) {
        if (rows.isEmpty()) {
            return;
        }
        List<NewEvent> told = new ArrayList<>();
        Map<Long, LastBackups> last =
                store.lastBackups(rows.stream().map(Backup::vmId).collect(Collectors.toSet()));
        for (Backup row : rows) {
            told.add(new NewEvent(
                    Adoption.EVENT,
                    State.Completed,
                    Level.INFO,
                    "Backup " + row.name() + " is whole now: provider "
                            + run.target().provider() + " lists " + row.externalId() + " as a good one",
                    Adoption.SYSTEM_USER,
                    row.owner(),
                    "Backup",
                    row.id(),
                    row.uuid(),
                    row.name(),
                    null));
            String vmUuid = vmUuids.get(row.id());
            if (vmUuid != null
                    && last.getOrDefault(row.vmId(), LastBackups.NONE).isWell()) {
                alerts.resolve(AlertType.BACKUP_FAILED, Alerts.vm(vmUuid));
            }
        }
        events.recordAll(told);
    }
}
