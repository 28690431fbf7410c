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
import java.util.Set;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.CatalogFilter;
import org.cloudstackbackup.framework.inventory.ListedVm;
import org.cloudstackbackup.framework.inventory.ListedVolume;
import org.cloudstackbackup.framework.inventory.Templates;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmFilter;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeFilter;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.Volumes.NewVolume;
import org.cloudstackbackup.framework.inventory.Zone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InventoryStoresTest {
    private static final PageRequest TEN = new PageRequest(0, 10);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aZoneIsChangedAndRemovedAndCountsWhatItHolds(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            Zone zone = inventory.zone;
            assertThat(inventory.zones.holdings(zone.id()).isEmpty()).isTrue();
            inventory.vm("web-1", inventory.alice, VmState.RUNNING);
            assertThat(inventory.zones.holdings(zone.id()).vms()).isEqualTo(1);
            inventory.zones.update(new Zone(
                    zone.id(), zone.uuid(), "two", "d", "Advanced", "Disabled", "simulator", zone.created(), null));
            assertThat(inventory.zones.page(CatalogFilter.ALL, true, TEN).items())
                    .isEmpty();
            assertThat(inventory.zones.all()).extracting(Zone::name).containsExactly("two");
            assertThat(inventory.zones.remove(zone.id(), InventoryFixture.NOW)).isTrue();
            assertThat(inventory.zones.remove(zone.id(), InventoryFixture.NOW)).isFalse();
            assertThat(inventory.zones.find(zone.id())).isEmpty();
            assertThat(inventory.zones.findByUuid(zone.uuid())).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void cataloguesFindByNameAndKeyword(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            CatalogFilter small = new CatalogFilter(null, null, "MAL");
            assertThat(inventory.serviceOfferings.page(small, TEN).total()).isEqualTo(1);
            inventory.serviceOfferings.describe(inventory.small.id(), null, "changed");
            assertThat(inventory
                            .serviceOfferings
                            .find(inventory.small.id())
                            .orElseThrow()
                            .displayText())
                    .isEqualTo("changed");
            assertThat(inventory.serviceOfferings.remove(inventory.small.id(), InventoryFixture.NOW))
                    .isTrue();
            assertThat(inventory.serviceOfferings.page(small, TEN).total()).isZero();
            assertThat(inventory
                            .diskOfferings
                            .page(new CatalogFilter(null, "1 GiB", null), TEN)
                            .items())
                    .containsExactly(inventory.gibibyte);
            assertThat(inventory
                            .diskOfferings
                            .page(new CatalogFilter(null, null, "%"), TEN)
                            .total())
                    .isZero();
            assertThat(inventory.guestOses.page(CatalogFilter.ALL, null, TEN).items())
                    .containsExactly(inventory.linux);
            assertThat(inventory.guestOses.categories(CatalogFilter.ALL, TEN).total())
                    .isEqualTo(1);
            Templates.Filter featured = new Templates.Filter(
                    CatalogFilter.ALL, List.of(), inventory.zone.id(), null, true, null, null, 99L);
            assertThat(inventory.templates.page(featured, TEN).items())
                    .singleElement()
                    .satisfies(listed -> assertThat(listed.zone().name()).isEqualTo("zone one"));
            assertThat(inventory
                            .networks
                            .page(CatalogFilter.ALL, inventory.zone.id(), TEN)
                            .total())
                    .isEqualTo(1);
            assertThat(inventory.networks.defaultOf(inventory.zone.id())).contains(inventory.network);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aVmMovesOnlyFromTheStatesNamed(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            Vm vm = inventory.vm("web-1", inventory.alice, VmState.RUNNING);
            assertThat(vm.instanceName()).isEqualTo("i-10-" + vm.id() + "-VM");
            assertThat(inventory.vms.transition(vm.id(), Set.of(VmState.STOPPED), VmState.RESTORING))
                    .isFalse();
            assertThat(inventory.vms.transition(vm.id(), Set.of(VmState.RUNNING, VmState.STOPPED), VmState.STOPPED))
                    .isTrue();
            assertThat(inventory.vms.find(vm.id()).orElseThrow().version()).isEqualTo(vm.version() + 1);
            assertThat(inventory.vms.remove(vm.id(), InventoryFixture.NOW)).isFalse();
            inventory.vms.transition(vm.id(), Set.of(VmState.STOPPED), VmState.EXPUNGING);
            assertThat(inventory.vms.remove(vm.id(), InventoryFixture.NOW)).isTrue();
            assertThat(inventory.vms.find(vm.id())).isEmpty();
            assertThat(inventory.vms.findIncludingRemoved(vm.id())).isPresent();
            assertThat(inventory.vms.nics(vm.id())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aVmIsPutUnderAnOfferingOnlyFromTheOneSeen(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            Vm vm = inventory.vm("web-1", inventory.alice, VmState.RUNNING);
            assertThat(inventory.vms.setBackupOffering(vm.id(), null, 7L, "ext", "[]"))
                    .isTrue();
            assertThat(inventory.vms.setBackupOffering(vm.id(), null, 8L, "other", "[]"))
                    .isFalse();
            assertThat(inventory.vms.find(vm.id()).orElseThrow().backupExternalId())
                    .isEqualTo("ext");
            assertThat(inventory.vms.countByBackupOffering(7)).isEqualTo(1);
            assertThat(inventory.vms.setBackupOffering(vm.id(), 7L, null, null, null))
                    .isTrue();
            assertThat(inventory.vms.countByBackupOffering(7)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void vmsAreListedByOwnerInAConstantNumberOfStatements(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            for (int number = 0; number < 12; number++) {
                Vm vm = inventory.vm("vm-" + number, number < 8 ? inventory.alice : inventory.bob, VmState.RUNNING);
                inventory.volume("ROOT-" + number, vm.owner(), VolumeState.READY, vm, 0);
            }
            VmFilter tree = VmFilter.of(new OwnerScope.DomainTree("/alice/"), List.of());
            VmFilter alice = VmFilter.of(new OwnerScope.OneAccount(10), List.of());
            VmFilter bobs = VmFilter.of(new OwnerScope.OneDomain(3), List.of());
            assertThat(inventory.vms.page(tree, TEN).total()).isEqualTo(12);
            assertThat(inventory.vms.page(tree, TEN).items()).hasSize(10);
            assertThat(inventory.vms.page(alice, TEN).total()).isEqualTo(8);
            assertThat(inventory.vms.page(bobs, TEN).total()).isEqualTo(4);
            assertThat(inventory.vms.page(tree, new PageRequest(50, 10)).items())
                    .isEmpty();
            ListedVm first = inventory.vms.page(tree, TEN).items().get(0);
            assertThat(first.owner().account()).isEqualTo("alice");
            assertThat(first.details()).isEqualTo(Map.of("colour", "blue"));
            assertThat(first.nics()).singleElement().satisfies(nic -> {
                assertThat(nic.netmask()).isEqualTo("255.255.0.0");
                assertThat(nic.isDefault()).isTrue();
            });
            Volume root = first.rootVolume();
            assertThat(root == null ? "" : root.name()).isEqualTo("ROOT-0");
            StatementCounter counter = StatementCounter.of(database);
            int one = counter.during(() -> inventory.vms.page(tree, new PageRequest(0, 1)));
            int ten = counter.during(() -> inventory.vms.page(tree, TEN));
            assertThat(ten).isEqualTo(one).isEqualTo(5);
            VolumeFilter volumes = VolumeFilter.of(new OwnerScope.All(), List.of());
            assertThat(counter.during(() -> inventory.volumes.page(volumes, TEN)))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void vmFiltersNarrowTheList(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            Vm web = inventory.vm("web-1", inventory.alice, VmState.RUNNING);
            inventory.vm("db-1", inventory.alice, VmState.STOPPED);
            OwnerScope all = new OwnerScope.All();
            assertThat(inventory
                            .vms
                            .page(
                                    new VmFilter(
                                            all,
                                            List.of(web.id()),
                                            "web-1",
                                            "SHOWN",
                                            Set.of(VmState.RUNNING),
                                            inventory.zone.id(),
                                            null,
                                            inventory.small.id(),
                                            inventory.template.id(),
                                            inventory.network.id()),
                                    TEN)
                            .items())
                    .extracting(listed -> listed.vm().id())
                    .containsExactly(web.id());
            assertThat(inventory
                            .vms
                            .page(
                                    new VmFilter(
                                            all,
                                            List.of(),
                                            null,
                                            null,
                                            Set.of(VmState.ERROR, VmState.STARTING),
                                            null,
                                            null,
                                            null,
                                            null,
                                            null),
                                    TEN)
                            .total())
                    .isZero();
            assertThat(inventory.vms.nameTaken("web-1", 10)).isTrue();
            assertThat(inventory.vms.nameTaken("web-1", 11)).isFalse();
            inventory.vms.describe(web.id(), null, "front", Map.of("a", "b"));
            assertThat(inventory.vms.details(web.id())).isEqualTo(Map.of("a", "b"));
            assertThat(inventory.vms.find(web.id()).orElseThrow().name()).isEqualTo("web-1");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void volumesMoveAllOrNone(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            Vm vm = inventory.vm("web-1", inventory.alice, VmState.STOPPED);
            Volume root = inventory.volume("root", inventory.alice, VolumeState.READY, vm, 0);
            Volume data = inventory.volume("data", inventory.alice, VolumeState.ALLOCATED, vm, 1);
            Set<Long> both = Set.of(root.id(), data.id());
            assertThat(inventory.volumes.transition(both, VolumeState.READY, VolumeState.RESTORING))
                    .isFalse();
            assertThat(inventory.volumes.find(root.id()).orElseThrow().state()).isEqualTo(VolumeState.READY);
            assertThat(inventory.volumes.made(data.id(), "data.raw")).isTrue();
            assertThat(inventory.volumes.made(data.id(), "again.raw")).isFalse();
            assertThat(inventory.volumes.transition(both, VolumeState.READY, VolumeState.RESTORING))
                    .isTrue();
            assertThat(inventory.volumes.ofVm(vm.id()))
                    .extracting(Volume::state)
                    .containsExactly(VolumeState.RESTORING, VolumeState.RESTORING);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRestoredVolumeTakesTheLowestFreeDeviceOnce(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            Vm vm = inventory.vm("web-1", inventory.alice, VmState.RUNNING);
            inventory.volume("root", inventory.alice, VolumeState.READY, vm, 0);
            inventory.volume("data", inventory.alice, VolumeState.READY, vm, 2);
            NewVolume restored = new NewVolume("u-1", "restored", 5, "u-1.raw", inventory.gibibyte.id());
            Volume added = inventory.volumes.addRestored(restored, vm.id());
            assertThat(added.deviceId()).isEqualTo(1);
            assertThat(added.state()).isEqualTo(VolumeState.READY);
            assertThat(inventory.volumes.addRestored(restored, vm.id())).isEqualTo(added);
            assertThat(inventory.volumes.ofVm(vm.id())).hasSize(3);
            assertThat(inventory.volumes.diskOfferingUuid(inventory.gibibyte.id()))
                    .contains("do-1");
            assertThat(inventory.volumes.diskOfferingId("do-1")).contains(inventory.gibibyte.id());
            assertThat(inventory.volumes.diskOfferingId("none")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aVolumeIsAttachedOnceAndDetachedWhereItIs(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            Vm vm = inventory.vm("web-1", inventory.alice, VmState.RUNNING);
            Volume root = inventory.volume("root", inventory.alice, VolumeState.READY, vm, 0);
            Volume data = inventory.volume("data", inventory.alice, VolumeState.READY, null, 1);
            assertThat(inventory.volumes.attach(data.id(), vm.id(), 0, InventoryFixture.NOW))
                    .isFalse();
            assertThat(inventory.volumes.attach(data.id(), vm.id(), 3, InventoryFixture.NOW))
                    .isTrue();
            assertThat(inventory.volumes.attach(data.id(), vm.id(), 4, InventoryFixture.NOW))
                    .isFalse();
            ListedVolume listed = inventory.volumes.describe(data.id()).orElseThrow();
            ListedVolume.Attachment attachment = listed.attachment();
            assertThat(attachment == null ? "" : attachment.vm().name()).isEqualTo("web-1");
            assertThat(inventory.volumes.detach(root.id(), vm.id())).isFalse();
            assertThat(inventory.volumes.detach(data.id(), vm.id() + 1)).isFalse();
            assertThat(inventory.volumes.detach(data.id(), vm.id())).isTrue();
            inventory.volumes.setSize(data.id(), 2L << 30);
            inventory.volumes.rename(data.id(), "renamed");
            Volume changed = inventory.volumes.find(data.id()).orElseThrow();
            assertThat(changed.sizeBytes()).isEqualTo(2L << 30);
            assertThat(changed.name()).isEqualTo("renamed");
            assertThat(inventory.volumes.remove(data.id(), InventoryFixture.NOW))
                    .isTrue();
            assertThat(inventory.volumes.find(data.id())).isEmpty();
            assertThat(inventory.volumes.findByUuidIncludingRemoved(data.uuid()))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRelocatedVolumeDiffersInItsPathAlone(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            Vm vm = inventory.vm("web-1", inventory.alice, VmState.STOPPED);
            Volume root = inventory.volume("root", inventory.alice, VolumeState.READY, vm, 0);
            Volume data = inventory.volume("data", inventory.alice, VolumeState.READY, vm, 1);
            Volume other = inventory.volume("other", inventory.bob, VolumeState.READY, null, 1);
            inventory.volumes.relocate(root.id(), "acs-vm-1/disk-0");
            String longest = "n".repeat(63) + "/" + "c".repeat(253);
            inventory.volumes.relocate(data.id(), longest);
            assertThat(inventory.volumes.ofVm(vm.id()))
                    .extracting(Volume::path)
                    .containsExactly("acs-vm-1/disk-0", longest);
            assertThat(inventory.volumes.find(root.id()).orElseThrow())
                    .usingRecursiveComparison()
                    .ignoringFields("path")
                    .isEqualTo(root);
            assertThat(inventory.volumes.find(other.id()).orElseThrow()).isEqualTo(other);
            inventory.volumes.relocate(root.id(), "acs-vm-1/disk-0");
            assertThat(inventory.volumes.find(root.id()).orElseThrow().path()).isEqualTo("acs-vm-1/disk-0");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aRelocationBelongsToItsTransactionAndBringsNoRemovedVolumeBack(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            Vm vm = inventory.vm("web-1", inventory.alice, VmState.STOPPED);
            Volume root = inventory.volume("root", inventory.alice, VolumeState.ALLOCATED, vm, 0);
            inventory.volumes.made(root.id(), "root.raw");
            assertThatThrownBy(() -> database.run(() -> {
                        inventory.volumes.relocate(root.id(), "elsewhere");
                        throw new IllegalStateException("the rest could not be written");
                    }))
                    .hasMessageContaining("could not be written");
            assertThat(inventory.volumes.find(root.id()).orElseThrow().path()).isEqualTo("root.raw");
            inventory.volumes.remove(root.id(), InventoryFixture.NOW);
            inventory.volumes.relocate(root.id(), "elsewhere");
            assertThat(inventory
                            .volumes
                            .findIncludingRemoved(root.id())
                            .orElseThrow()
                            .path())
                    .isEqualTo("root.raw");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void addressesAreLockedWithinATransactionOnly(DatabaseKind kind) {
        try (Database database = kind.open()) {
            InventoryFixture inventory = new InventoryFixture(database);
            inventory.vm("web-1", inventory.alice, VmState.RUNNING);
            assertThat(database.inTransaction(() -> inventory.networks.lockAddresses(inventory.network.id())))
                    .containsExactly("10.1.0.10");
            assertThatThrownBy(() -> inventory.networks.lockAddresses(inventory.network.id()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
