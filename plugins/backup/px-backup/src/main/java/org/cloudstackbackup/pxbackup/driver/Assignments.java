/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupScheduleInfo;
import org.cloudstackbackup.pxbackup.client.BackupScheduleObject;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.ScheduleState;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VmRef;

/** Puts machines under schedules: one schedule per VM, of the policy that is the offering. */
final class Assignments {
    private final Product product;
    private final BackupRuns runs;

    Assignments(Product product, BackupRuns runs) {
        this.product = product;
        this.runs = runs;
    }

    /** The VM's schedule, made when it is not there. */
    String assign(VmRef vm, String offering) {
        Optional<BackupScheduleObject> found = product.schedule(vm);
        if (found.isEmpty()) {
            return create(vm, offering);
        }
        BackupScheduleObject schedule = found.get();
        if (isGoing(schedule)) {
            throw new ProviderException(
                    ErrorKind.UNAVAILABLE,
                    "vm " + vm.name(),
                    "The former schedule " + schedule.name() + " of VM " + vm.name()
                            + " is still being deleted at PX-Backup");
        }
        if (!policy(schedule).equals(offering)) {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "vm " + vm.name(),
                    "VM " + vm.name() + " is under another policy at PX-Backup: its schedule " + schedule.name()
                            + " follows policy " + policy(schedule));
        }
        label(schedule, vm, offering);
        return schedule.name() + "/" + schedule.uid();
    }

    /** A volume that came since is named too; one that went stays named for the backups that hold it. */
    private void label(BackupScheduleObject schedule, VmRef vm, String offering) {
        Map<String, String> present = Product.labels(schedule);
        Map<String, String> wanted = Labels.renewed(
                present,
                Labels.with(Labels.of(Labels.SCHEDULE, product.zone().uuid(), vm), Labels.OFFERING, offering),
                product.zone().clock().instant());
        if (!wanted.equals(present)) {
            product.client()
                    .schedules()
                    .update(Parameters.of(schedule.name(), schedule.uid()).with("labels", wanted));
        }
    }

    private String create(VmRef vm, String offering) {
        ObjectId policy = product.site()
                .policy(offering)
                .map(each -> Site.id(each.metadata()))
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND,
                        "offering " + offering,
                        "PX-Backup has no schedule policy " + offering + " that goes with the zone's location"));
        Map<String, String> labels = Labels.fromTheBeginning(
                Labels.of(Labels.SCHEDULE, product.zone().uuid(), vm));
        Parameters parameters = runs.of(vm, Labels.with(labels, Labels.OFFERING, offering))
                .with("name", Names.schedule(vm.uuid()))
                .with("schedule_policy_ref", policy.ref())
                .with("reclaim_policy", "Retain")
                .with(
                        "skip_vm_auto_exec_rules",
                        !Boolean.parseBoolean(product.zone().setting(PxBackupSettings.FREEZE)));
        BackupScheduleObject made = product.client().schedules().create(parameters);
        return made.name() + "/" + made.uid();
    }

    /** Deletes the VM's schedule after its backups have been told whose they are; a schedule of another policy is left alone. */
    void remove(VmRef vm, String offering) {
        Optional<BackupScheduleObject> found = product.schedule(vm);
        if (found.isEmpty() || isGoing(found.get())) {
            return;
        }
        BackupScheduleObject schedule = found.get();
        String id = schedule.name() + "/" + schedule.uid();
        if (!id.equals(vm.externalId()) && !policy(schedule).equals(offering)) {
            return;
        }
        name(schedule);
        Product.known(() -> {
            product.client().schedules().delete(Parameters.of(schedule.name(), schedule.uid()));
            return id;
        });
    }

    /** Backups do not get the labels of their schedule, which are about to go. */
    private void name(BackupScheduleObject schedule) {
        Parameters search = Parameters.none().with("name_filter", schedule.name() + "-");
        for (BackupObject each : product.client().backups().inspectAll(search)) {
            boolean made = each.backupInfo() != null
                    && each.backupInfo().backupSchedule() != null
                    && schedule.uid().equals(each.backupInfo().backupSchedule().uid());
            if (made && !Contents.labels(each).containsKey(Labels.VM)) {
                Map<String, String> labels = new HashMap<>(Contents.labels(each));
                labels.putAll(Product.labels(schedule));
                labels.put(Labels.PURPOSE, Labels.BACKUP);
                Product.known(() -> {
                    product.client()
                            .backups()
                            .update(Parameters.of(each.name(), each.uid()).with("labels", labels));
                    return each;
                });
            }
        }
    }

    private static String policy(BackupScheduleObject schedule) {
        BackupScheduleInfo info = schedule.backupScheduleInfo();
        String uid = info == null || info.schedulePolicyRef() == null
                ? null
                : info.schedulePolicyRef().uid();
        return uid == null ? "" : uid;
    }

    private static boolean isGoing(BackupScheduleObject schedule) {
        BackupScheduleInfo info = schedule.backupScheduleInfo();
        ScheduleState state = info == null || info.status() == null
                ? ScheduleState.INVALID
                : info.status().state();
        return state == ScheduleState.DELETING || state == ScheduleState.DELETE_PENDING;
    }
}
