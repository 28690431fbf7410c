/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationRef;
import org.cloudstackbackup.spi.OperationStatus;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.testkit.Requests;
import org.jspecify.annotations.Nullable;

/** A harness with an open driver whose operations are followed to their ends. */
final class Followed implements AutoCloseable {
    private static final int LOOKS = 200;

    private final PxBackupHarness harness;
    private BackupDriver driver;

    Followed(String dialect) {
        harness = new PxBackupHarness(dialect);
        driver = harness.factory().open(harness.zone());
    }

    PxBackupHarness harness() {
        return harness;
    }

    BackupDriver driver() {
        return driver;
    }

    /** With the present settings, and nothing remembered. */
    void reopen() {
        driver.close();
        harness.restart();
        driver = harness.factory().open(harness.zone());
    }

    VmRef vm() {
        return harness.createVm(
                "web-" + Requests.token().substring(0, 8), "root".getBytes(UTF_8), "data!".getBytes(UTF_8));
    }

    String offering(String name) {
        return driver.offerings().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .externalId();
    }

    RestorePoint backedUp(VmRef vm) {
        OperationStatus end = end(driver.startBackup(Requests.backup(vm, "policy")));
        assertThat(end).isInstanceOf(OperationStatus.Succeeded.class);
        return ((OperationStatus.Succeeded) end).madeRestorePoint().orElseThrow();
    }

    OperationStatus end(OperationRef operation) {
        OperationStatus status = driver.status(operation);
        for (int looks = 0; !status.isEnded() && looks < LOOKS; looks++) {
            harness.step();
            status = driver.status(operation);
        }
        assertThat(status.isEnded()).as("after %d looks %s", LOOKS, status).isTrue();
        return status;
    }

    OperationStatus.Failed failure(OperationRef operation) {
        OperationStatus end = end(operation);
        assertThat(end).isInstanceOf(OperationStatus.Failed.class);
        return (OperationStatus.Failed) end;
    }

    List<RestorePoint> points() {
        return points(100);
    }

    List<RestorePoint> points(int limit) {
        List<RestorePoint> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            RestorePointPage page = driver.restorePoints(cursor, limit);
            all.addAll(page.points());
            cursor = page.nextCursor();
        } while (cursor != null);
        return all;
    }

    /** What the product has and is no good point, with the reasons. */
    Map<String, String> unusable() {
        return driver.restorePoints(null, 100).unusable();
    }

    static ProviderException refused(ErrorKind kind, ThrowingCallable call) {
        ProviderException refusal = catchThrowableOfType(ProviderException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.kind()).as(refusal.text()).isEqualTo(kind);
        return refusal;
    }

    @Override
    public void close() {
        driver.close();
        harness.close();
    }
}
