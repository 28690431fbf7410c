/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.ResourceInfo;
import org.cloudstackbackup.pxbackup.client.RestoreInfo;
import org.cloudstackbackup.pxbackup.client.RestoreObject;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.RestoredMachine;
import org.cloudstackbackup.spi.VolumeRef;

/**
 * A VM that the host has just made, and that is no machine of KubeVirt yet: the machine of the backup is restored beside itself,
 * with the same names, in a namespace of the new VM's own. PX-Backup can change nothing but the namespace.
 *
 * @param source the machine that was backed up
 * @param volumes the claims by the volumes of the new VM
 */
record NewMachine(ObjectId backup, Machine source, String namespace, List<Labels.Named> volumes) {
    NewMachine {
        volumes = List.copyOf(volumes);
    }

    static NewMachine of(BackupObject backup, RestorePoint point, RestoreRequest request) {
        Machine source = Contents.of(backup).machine().orElseThrow();
        List<Labels.Named> volumes = new ArrayList<>();
        for (VolumeRef volume : point.volumes()) {
            VolumeRef target = RestorePlan.target(volume, request);
            volumes.add(new Labels.Named(
                    target.uuid(), source.claimOf(volume).name(), Math.min(target.deviceId(), Integer.MAX_VALUE / 10)));
        }
        return new NewMachine(
                Site.id(backup.metadata()), source, Names.machine(request.vm().uuid()), volumes);
    }

    /** The machine that it becomes. */
    Machine machine() {
        return new Machine(namespace, source.name());
    }

    /** What is there already is left alone, and fails the restore. */
    Parameters parameters(boolean keepsStopped) {
        Parameters parameters = Parameters.none()
                .with("backup_ref", backup.ref())
                .with("namespace_mapping", Map.of(source.namespace(), namespace))
                .with("replace_policy", "Retain")
                .with("backup_object_type", Map.of("type", "VirtualMachine"))
                .with("include_resources", List.of(source.resource()));
        return keepsStopped
                ? parameters.with("virtual_machine_restore_options", Map.of("skip_vm_restart", true))
                : parameters;
    }

    /** By which the end of the restore tells what went where. */
    Map<String, String> labels() {
        return Labels.with(Map.of(Labels.TARGET, namespace), volumes);
    }

    /** Where a restore has put a new VM; empty for any other restore. */
    static Optional<RestoredMachine> of(RestoreObject restore) {
        Map<String, String> labels = Product.labels(restore);
        RestoreInfo info = restore.restoreInfo();
        String namespace = labels.get(Labels.TARGET);
        List<ResourceInfo> restored = info == null ? List.of() : info.includeResources();
        if (namespace == null || restored.size() != 1) {
            return Optional.empty();
        }
        Map<String, String> paths = new HashMap<>();
        Labels.volumes(labels)
                .forEach(each -> paths.put(each.uuid(), new Machine.ClaimName(namespace, each.claim()).toString()));
        return Optional.of(new RestoredMachine(
                Map.of(
                        Machine.NAMESPACE,
                        namespace,
                        Machine.NAME,
                        String.valueOf(restored.get(0).name())),
                paths));
    }
}
