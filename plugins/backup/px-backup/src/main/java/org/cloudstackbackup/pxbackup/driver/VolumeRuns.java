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
import java.util.Set;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.ResourceInfo;
import org.cloudstackbackup.pxbackup.client.RestoreObject;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VolumeRef;
import org.cloudstackbackup.spi.VolumeRestoreRequest;

/**
 * Restores one volume as a new one: its claim, into a namespace of its own.
 *
 * <p>The product gives a claim no other name, so beside its original it can only stand in another namespace. Handing it over to the
 * machine that shall have it is the inventory's.
 */
final class VolumeRuns {
    private final Product product;
    private final RestoreRuns restores;

    VolumeRuns(Product product, RestoreRuns restores) {
        this.product = product;
        this.restores = restores;
    }

    ObjectId start(VolumeRestoreRequest request, ObjectId point) {
        String name = Names.volume(request.newVolumeUuid());
        for (RestoreObject each : product.restores(name)) {
            if (request.clientToken().equals(Product.labels(each).get(Labels.OPERATION))) {
                return new ObjectId(each.name(), each.uid());
            }
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "volume " + request.newVolumeUuid(),
                    "Volume " + request.newVolumeUuid() + " was restored already, by " + name + " at PX-Backup");
        }
        BackupObject backup = restores.complete(point);
        Machine source = Contents.of(backup).machine().orElseThrow();
        VolumeRef volume = volume(Points.point(backup, restores.names(backup)), request.volumeUuid());
        Machine.ClaimName claim = source.claimOf(volume);
        RestoreObject made = product.client()
                .restores()
                .create(Parameters.none()
                        .with("name", name)
                        .with(
                                "labels",
                                Map.of(
                                        Labels.PURPOSE,
                                        Labels.RESTORE,
                                        Labels.ZONE,
                                        product.zone().uuid(),
                                        Labels.OPERATION,
                                        request.clientToken()))
                        .with("backup_ref", point.ref())
                        .with("cluster_ref", product.site().cluster().ref())
                        .with("namespace_mapping", Map.of(claim.namespace(), name))
                        .with("replace_policy", "Retain")
                        .with("backup_object_type", Map.of("type", "All"))
                        .with("include_resources", List.of(ResourceInfo.claim(claim.namespace(), claim.name()))));
        return new ObjectId(made.name(), made.uid());
    }

    private static VolumeRef volume(RestorePoint point, String uuid) {
        return point.volumes().stream()
                .filter(each -> each.uuid().equals(uuid))
                .findFirst()
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND,
                        "volume " + uuid,
                        "Restore point " + point.id() + " has no volume " + uuid + ", only "
                                + point.volumes().stream().map(VolumeRef::uuid).toList()));
    }

    OperationStatus status(ObjectId id) {
        RestoreObject restore = product.restore(id)
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.NOT_FOUND, "restore " + id.name(), "PX-Backup has no restore " + id));
        return switch (restore.state()) {
            case INVALID, PENDING, IN_PROGRESS ->
                new OperationStatus.Running(
                        null, "PX-Backup: " + restore.state().word());
            case SUCCESS, PARTIAL_SUCCESS, RETAINED -> ended(restore);
            case FAILED, ABORTED, DELETING ->
                new OperationStatus.Failed(ErrorKind.EXTERNAL, RestoreOutcome.text(restore));
            case UNKNOWN ->
                throw new ProviderException(
                        ErrorKind.EXTERNAL,
                        "restore " + restore.name(),
                        "PX-Backup tells a state that is not known here: " + RestoreOutcome.text(restore));
        };
    }

    private static OperationStatus ended(RestoreObject restore) {
        var info = restore.restoreInfo();
        List<ResourceInfo> wanted = info == null ? List.of() : info.includeResources();
        String claim = wanted.isEmpty() ? "" : String.valueOf(wanted.get(0).name());
        Optional<String> flaw = RestoreOutcome.flaw(restore, Set.of(claim));
        if (flaw.isPresent()) {
            return new OperationStatus.Failed(ErrorKind.EXTERNAL, flaw.get());
        }
        return OperationStatus.Succeeded.volume(restore.name() + "/" + claim);
    }
}
