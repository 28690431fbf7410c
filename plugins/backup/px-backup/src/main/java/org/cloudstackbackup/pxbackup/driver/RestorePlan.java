/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.ResourceInfo;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestoreRequest;
import org.cloudstackbackup.spi.VolumeRef;

/**
 * What of a complete backup goes where.
 *
 * @param source the machine that was backed up
 * @param claims the claims of the backup, all of them
 * @param target the namespace that is written to
 */
record RestorePlan(ObjectId backup, Machine source, List<String> claims, String target) {
    RestorePlan {
        claims = List.copyOf(claims);
    }

    /** The plan of a request, after everything that can be known beforehand was checked. */
    static RestorePlan of(BackupObject backup, RestorePoint point, RestoreRequest request) {
        Machine source = Contents.of(backup).machine().orElseThrow();
        Machine own = Machine.of(request.vm());
        Set<String> namespaces = new HashSet<>();
        for (VolumeRef volume : point.volumes()) {
            VolumeRef target = target(volume, request);
            Machine.ClaimName from = source.claimOf(volume);
            Machine.ClaimName to = own.claimOf(target);
            if (!from.name().equals(to.name())) {
                throw refused(
                        request,
                        "volume " + from + " cannot become " + to
                                + ": PX-Backup gives a claim another namespace, never another name");
            }
            namespaces.add(to.namespace());
        }
        if (namespaces.size() != 1) {
            throw refused(request, "its targets are in several namespaces: " + namespaces);
        }
        var plan = new RestorePlan(
                Site.id(backup.metadata()),
                source,
                point.volumes().stream()
                        .map(each -> source.claimOf(each).name())
                        .toList(),
                namespaces.iterator().next());
        plan.requireSame(point, request, own);
        return plan;
    }

    /**
     * The volume that receives the content of a volume of the point.
     *
     * @throws ProviderException {@code USER} when there is none, or it is too small
     */
    static VolumeRef target(VolumeRef volume, RestoreRequest request) {
        VolumeRef target = request.targets().get(volume.uuid());
        if (target == null) {
            throw refused(
                    request,
                    "volume " + volume.uuid() + " (" + volume.path() + ") has no target; all volumes are restored");
        }
        if (target.sizeBytes() < volume.sizeBytes()) {
            throw refused(
                    request,
                    "volume " + volume.path() + " has " + volume.sizeBytes() + " bytes, its target " + target.path()
                            + " only " + target.sizeBytes());
        }
        return target;
    }

    /** In the namespace of the backup, the machine is replaced: it must be the one that was backed up. */
    private void requireSame(RestorePoint point, RestoreRequest request, Machine own) {
        if (!isInPlace()) {
            return;
        }
        boolean other =
                point.vmUuid() != null && !point.vmUuid().equals(request.vm().uuid());
        if (other || !own.equals(source)) {
            throw refused(
                    request,
                    "its target is " + own + ", VM " + request.vm().uuid() + "; the restore point is of " + source
                            + ", VM " + point.vmUuid());
        }
    }

    private static ProviderException refused(RestoreRequest request, String why) {
        return new ProviderException(
                ErrorKind.USER,
                "vm " + request.vm().name(),
                "Restore point " + request.restorePointId() + " cannot be restored to VM "
                        + request.vm().name() + ": " + why);
    }

    boolean isInPlace() {
        return target.equals(source.namespace());
    }

    /**
     * What is sent. In place the whole machine is replaced, which also works when it runs or is gone; in another namespace only
     * the claims, since the machine there is another one.
     *
     * @param keepsStopped whether the server can leave a restored machine stopped
     * @param policy what becomes of what is there: {@code Delete} or {@code Retain}
     */
    Parameters parameters(boolean keepsStopped, String policy) {
        Parameters common = Parameters.none()
                .with("backup_ref", backup.ref())
                .with("namespace_mapping", Map.of(source.namespace(), target))
                .with("replace_policy", policy);
        if (!isInPlace()) {
            return common.with("backup_object_type", Map.of("type", "All"))
                    .with(
                            "include_resources",
                            claims.stream()
                                    .map(each -> ResourceInfo.claim(source.namespace(), each))
                                    .toList());
        }
        Parameters whole = common.with("backup_object_type", Map.of("type", "VirtualMachine"))
                .with("include_resources", List.of(source.resource()));
        return keepsStopped
                ? whole.with(
                        "virtual_machine_restore_options", Map.of("skip_mac_masking", true, "skip_vm_restart", true))
                : whole;
    }
}
