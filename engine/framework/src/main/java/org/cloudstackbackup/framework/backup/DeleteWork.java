/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static org.cloudstackbackup.framework.backup.Checks.subject;

import com.google.gson.Gson;
import java.util.Optional;
import org.cloudstackbackup.framework.operation.Operation;
import org.cloudstackbackup.framework.operation.OperationKind;
import org.cloudstackbackup.framework.operation.Work;
import org.cloudstackbackup.framework.provider.PointPages;
import org.cloudstackbackup.spi.DeleteRequest;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;

/** The deletion of a backup: the row goes only when the product has proven that the restore point is gone. */
final class DeleteWork implements Work {
    private static final Gson GSON = new Gson();
    private static final int POINTS_PER_PAGE = 500;

    private final Surroundings around;

    DeleteWork(Surroundings around) {
        this.around = around;
    }

    @Override
    public OperationKind kind() {
        return OperationKind.DELETE;
    }

    @Override
    public OperationRef start(Operation operation) {
        Plan plan = plan(operation);
        return around.drivers()
                .call(
                        operation.provider(),
                        operation.zoneId(),
                        "start of the deletion of restore point " + plan.point(),
                        driver -> driver.startDelete(new DeleteRequest(operation.uuid(), plan.point(), plan.forced())));
    }

    @Override
    public void started(Operation operation) {
        row(operation)
                .ifPresent(backup -> around.journal()
                        .started(
                                Backups.DELETE,
                                "Provider " + operation.provider() + " deletes backup " + backup.name(),
                                operation.userId(),
                                subject(backup)));
    }

    /** A complete listing without the point proves that it is gone. */
    @Override
    public OperationStatus truth(Operation operation, ProviderException cause) {
        String point = plan(operation).point();
        boolean[] found = new boolean[1];
        new PointPages(around.drivers())
                .read(
                        operation.provider(),
                        operation.zoneId(),
                        "search for restore point " + point,
                        POINTS_PER_PAGE,
                        page -> {
                            found[0] = page.unusable().containsKey(point)
                                    || page.points().stream()
                                            .map(RestorePoint::id)
                                            .anyMatch(point::equals);
                            return !found[0];
                        });
        if (found[0]) {
            return new OperationStatus.Failed(
                    ErrorKind.EXTERNAL,
                    "Provider " + operation.provider() + " no longer knows the deletion of restore point " + point
                            + ", which is still there: " + cause.text());
        }
        return OperationStatus.Succeeded.done();
    }

    @Override
    public Conclusion conclude(Operation operation, OperationStatus ended) {
        Optional<Backup> row = row(operation);
        if (ended instanceof OperationStatus.Succeeded) {
            row.ifPresent(backup -> {
                around.journal()
                        .completed(
                                Backups.DELETE, "Deleted backup " + backup.name(), operation.userId(), subject(backup));
                around.backups().remove(backup.id(), around.clock().instant());
            });
            return Conclusion.success(null);
        }
        ProviderException failure = new ProviderException(
                Endings.kind(ended), "restore point " + plan(operation).point(), Endings.text(ended));
        row.ifPresent(backup -> around.journal()
                .failed(
                        Backups.DELETE,
                        "Deleting backup " + backup.name() + " failed: " + failure.text(),
                        operation.userId(),
                        subject(backup)));
        return Conclusion.failed(failure);
    }

    private Optional<Backup> row(Operation operation) {
        Long id = operation.backupId();
        return id == null ? Optional.empty() : around.backups().find(id);
    }

    private static Plan plan(Operation operation) {
        return GSON.fromJson(operation.plan(), Plan.class);
    }

    /** All that is needed to go on. */
    record Plan(String point, boolean forced) {}
}
