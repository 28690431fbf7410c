/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cloudstackbackup.framework.backup.BackupsInUse;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.Test;

/** A product is told by another assignment which volumes a protected VM has now. */
class VolumesChangedTest {
    private static final String OFFERING_OF_WEB = "SELECT backup_offering_id FROM vm_instance WHERE id = 1";

    @Test
    void theProductIsToldThePresentVolumes() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            detach(world);
            assertThat(world.product.told)
                    .as("not inside the transaction of the change")
                    .isEmpty();

            world.finish();

            assertThat(world.product.told).containsExactly(List.of("volume-1-0"));
            assertThat(world.text("SELECT backup_external_id FROM vm_instance WHERE id = 1"))
                    .isEqualTo("job-vm-1");
        }
    }

    @Test
    void aProductThatIsAwayIsToldLaterAlsoByTheNextProcess() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.product.reachable = false;
            detach(world);
            world.framework.operations().openOperationUuids().forEach(world.framework.runner()::step);
            assertThat(world.product.told).isEmpty();
            world.restart();
            world.product.reachable = true;

            world.finish();

            assertThat(world.product.told).containsExactly(List.of("volume-1-0"));
        }
    }

    @Test
    void theVmIsNotBusyMeanwhile() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            detach(world);
            world.framework.protection().remove(world.shop, BackupWorld.WEB, false, BackupWorld.uuid());

            world.finish();

            assertThat(world.product.told).as("a VM that is protected no more").isEmpty();
            assertThat(world.product.assigned).isEmpty();
        }
    }

    @Test
    void aVmThatIsTakenOutMeanwhileIsNotLeftAtTheProduct() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            detach(world);
            world.product.duringAssign =
                    () -> world.framework.protection().remove(world.shop, BackupWorld.WEB, false, BackupWorld.uuid());

            world.finish();

            assertThat(world.text(OFFERING_OF_WEB)).isEqualTo("none");
            assertThat(world.product.told).hasSize(1);
            assertThat(world.product.assigned).isEmpty();
        }
    }

    @Test
    void aProductThatRefusesIsAnEvent() {
        try (BackupWorld world = new BackupWorld(DatabaseKind.H2)) {
            world.product.duringAssign = () -> {
                throw new ProviderException(ErrorKind.CONFLICT, "vm", "It is under another policy");
            };
            detach(world);

            world.finish();

            assertThat(world.text("SELECT description FROM event WHERE level = 'ERROR'"))
                    .contains("could not be told the present volumes of VM web", "It is under another policy");
            assertThat(world.text(OFFERING_OF_WEB)).isEqualTo("1");
        }
    }

    private static void detach(BackupWorld world) {
        world.execute("UPDATE volumes SET instance_id = NULL WHERE uuid = 'volume-1-1'");
        new BackupsInUse(new JdbcBackupStore(world.database), new JdbcVms(world.database), world.framework.protection())
                .volumesChanged(BackupWorld.WEB);
    }
}
