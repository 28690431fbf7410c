/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.NewInstances;
import org.cloudstackbackup.framework.offering.BackupOffering;
import org.cloudstackbackup.framework.offering.BackupOfferings;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several products in one zone: all work of a backup goes to the product that made it, whatever the zone is set to by then. */
class SeveralProvidersTest {
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anOfferingIsOfTheProviderThatIsNamedElseOfTheZones(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            assertThat(load(world, "a", "silver", "second").provider()).isEqualTo("second");
            assertThatThrownBy(() -> load(world, "b", "again", "second"))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
                    .hasMessageContaining("gold of provider second");
            assertThatThrownBy(() -> load(world, "c", "again", null)).hasMessageContaining("gold of provider fake");
            assertThatThrownBy(() -> load(world, "d", "again", "veem"))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER))
                    .hasMessageContaining("'veem'; known are fake, second");
            BackupOfferings offerings = world.framework.offerings();
            world.product.reachable = false;
            assertThat(offerings.atProvider(1, "second", null, PageRequest.ALL).items())
                    .hasSize(1);
            assertThatThrownBy(() -> offerings.atProvider(1, null, null, PageRequest.ALL))
                    .hasMessageContaining("Connection refused");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void allWorkOfABackupGoesToItsProviderAfterTheZonesHasChanged(DatabaseKind kind) {
        try (BackupWorld world = new BackupWorld(kind)) {
            world.settings.put(FrameworkSettings.ENABLE_ATTACH_DETACH.key(), "true");
            BackupOffering silver = load(world, "a", "silver", "second");
            world.framework.protection().assign(world.shop, BackupWorld.OTHER, silver.id(), BackupWorld.uuid());
            assertThat(world.second.assigned).containsExactly("vm-2");
            assertThat(world.product.assigned).isEmpty();

            Backup first = backUp(world, BackupWorld.WEB, 1);
            Backup second = backUp(world, BackupWorld.OTHER, 2);
            assertThat(world.product.points).hasSize(1);
            assertThat(world.second.points).hasSize(1);

            world.settings.put(FrameworkSettings.PROVIDER.key(), "second");
            world.restart();
            Backup later = backUp(world, BackupWorld.WEB, 3);
            world.framework.restores().restore(world.shop, first.id(), 4, BackupWorld.uuid());
            world.finish();
            world.framework
                    .restores()
                    .restoreVolume(world.shop, first.id(), "volume-1-1", BackupWorld.OTHER, 5, BackupWorld.uuid());
            world.finish();
            world.framework.newInstances().create(world.shop, request(first.id()), "new-vm", 6, BackupWorld.uuid());
            world.finish();
            world.framework.backups().delete(world.shop, first.id(), false, 7, BackupWorld.uuid());
            world.finish();
            world.framework.backups().delete(world.shop, second.id(), false, 8, BackupWorld.uuid());
            world.finish();
            world.framework.protection().remove(world.shop, BackupWorld.WEB, false, BackupWorld.uuid());

            assertThat(world.jobs().values()).allMatch(ending -> ending.startsWith("succeeded"));
            assertThat(world.product.work)
                    .containsExactly(
                            "backup", "backup", "restore vm-1 2", "volume volume-1-1", "restore new-vm 2", "delete");
            assertThat(world.second.work).containsExactly("backup", "delete");
            assertThat(world.product.points.keySet())
                    .containsExactly(
                            world.backups().find(later.id()).orElseThrow().externalId());
            assertThat(world.second.points).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void comparingGoesToTheProviderOfTheOfferingAfterTheZonesHasChanged(DatabaseKind kind) {
        try (SyncWorld sync = new SyncWorld(kind)) {
            BackupWorld world = sync.world;
            sync.outside(world.product, 3);
            sync.sync();
            world.settings.put(FrameworkSettings.PROVIDER.key(), "second");
            world.restart();
            sync.sync();
            sync.sync();
            sync.sync();
            assertThat(sync.live())
                    .as("the empty list of the zone's new product says nothing about the old one's backups")
                    .isEqualTo(3);
            assertThat(sync.syncs.states())
                    .extracting(state -> state.target().provider())
                    .containsExactly("fake", "second");
            world.product.points.remove("out-1");
            sync.sync();
            assertThat(sync.sync().removed()).isEqualTo(1);
        }
    }

    private static NewInstances.Request request(long backup) {
        return new NewInstances.Request(
                backup, null, null, 1, null, null, null, null, null, List.of(), Map.of(), false, true, null, List.of(),
                Map.of());
    }

    private static Backup backUp(BackupWorld world, long vm, long job) {
        Backup row = world.framework.backups().allocate(world.shop, vm, null, null, false);
        world.framework.backups().start(world.shop, row.id(), false, job, BackupWorld.uuid());
        world.finish();
        return row;
    }

    private static BackupOffering load(BackupWorld world, String uuid, String name, @Nullable String provider) {
        return world.framework
                .offerings()
                .importOffering(
                        world.admin, uuid, new BackupOfferings.Import(name, "described", "gold", 1, provider, true));
    }
}
