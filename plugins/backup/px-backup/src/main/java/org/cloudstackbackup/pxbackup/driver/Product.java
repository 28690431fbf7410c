/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupScheduleObject;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupException;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.RestoreObject;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.ZoneContext;
import org.jspecify.annotations.Nullable;

/** The product as seen from a zone, with the ways to find what the driver has made there. */
record Product(ZoneContext zone, PxBackupClient client, Site site) {
    private static final List<String> BACKUP_RUNS = List.of("Pending", "InProgress", "Captured");
    static final List<String> RESTORE_RUNS = List.of("Pending", "InProgress");

    Product(ZoneContext zone, PxBackupClient client) {
        this(zone, client, new Site(zone, client));
    }

    /** The backup of that name that this operation has made; names alone may be another owner's. */
    Optional<BackupObject> backup(String name, String token) {
        return client.backups().inspectAll(Parameters.none().with("name_filter", name)).stream()
                .filter(each -> each.name().equals(name)
                        && token.equals(Contents.labels(each).get(Labels.OPERATION)))
                .findFirst();
    }

    /** As {@link #backup(String, String)}, for the record of a restore. */
    Optional<RestoreObject> restore(String name, String token) {
        return restores(name).stream()
                .filter(each -> token.equals(labels(each).get(Labels.OPERATION)))
                .findFirst();
    }

    /** Records of restores of that name, whoever made them. */
    List<RestoreObject> restores(String name) {
        return client.restores().inspectAll(Parameters.none().with("name_filter", name)).stream()
                .filter(each -> each.name().equals(name))
                .toList();
    }

    /** Empty when the product says that there is none. */
    Optional<BackupObject> backup(ObjectId id) {
        return known(() -> client.backups().inspectOne(id.parameters()));
    }

    Optional<RestoreObject> restore(ObjectId id) {
        return known(() -> client.restores().inspectOne(id.parameters()));
    }

    /** The VM's schedule, by name and label. */
    Optional<BackupScheduleObject> schedule(VmRef vm) {
        String name = Names.schedule(vm.uuid());
        return client.schedules().inspectAll(Parameters.none().with("name_filter", name)).stream()
                .filter(each -> each.name().equals(name)
                        && vm.uuid().equals(labels(each).get(Labels.VM)))
                .findFirst();
    }

    /**
     * Refuses when the VM is being backed up or restored by another operation of ours; with {@code schedules}, also when the
     * product backs it up by itself. A copy that is finished does not count, lest one that nobody uses any more blocks for ever
     * and two restores wait for each other.
     */
    void requireIdle(VmRef vm, String token, boolean schedules) {
        requireIdle(Machine.of(vm), vm.uuid(), token, schedules);
    }

    /** As {@link #requireIdle(VmRef, String, boolean)}, when only the machine is known. */
    void requireIdle(Machine machine, String vmUuid, String token, boolean schedules) {
        for (BackupObject each : running(vmUuid, schedules)) {
            Map<String, String> labels = Contents.labels(each);
            boolean ours = vmUuid.equals(labels.get(Labels.VM)) && !token.equals(labels.get(Labels.OPERATION));
            boolean scheduled = schedules
                    && !labels.containsKey(Labels.OPERATION)
                    && each.backupInfo() != null
                    && each.backupInfo().includeResources().stream().anyMatch(machine::is)
                    && isHere(each.backupInfo().clusterRef());
            if (ours || scheduled) {
                throw busy(machine, vmUuid, "backup " + each.name());
            }
        }
        Parameters search =
                Parameters.none().with("labels", Map.of(Labels.VM, vmUuid)).with("status", RESTORE_RUNS);
        for (RestoreObject each : client.restores().inspectAll(search)) {
            if (!token.equals(labels(each).get(Labels.OPERATION))) {
                throw busy(machine, vmUuid, "restore " + each.name());
            }
        }
    }

    private List<BackupObject> running(String vmUuid, boolean schedules) {
        Parameters search = Parameters.none().with("status", BACKUP_RUNS);
        return client.backups().inspectAll(schedules ? search : search.with("labels", Map.of(Labels.VM, vmUuid)));
    }

    /** Machines of other clusters may have the same namespaces and names. */
    private boolean isHere(@Nullable ObjectRef cluster) {
        return cluster == null || site.cluster().uid().equals(cluster.uid());
    }

    private static ProviderException busy(Machine machine, String vmUuid, String by) {
        return new ProviderException(
                ErrorKind.CONFLICT,
                "vm " + machine.name(),
                "VM " + vmUuid + " (machine " + machine + ") is busy at PX-Backup with " + by);
    }

    static <T> Optional<T> known(java.util.function.Supplier<T> inspect) {
        try {
            return Optional.of(inspect.get());
        } catch (PxBackupException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static Map<String, String> labels(RestoreObject restore) {
        return restore.metadata() == null ? Map.of() : restore.metadata().labels();
    }

    static Map<String, String> labels(BackupScheduleObject schedule) {
        return schedule.metadata() == null ? Map.of() : schedule.metadata().labels();
    }
}
