/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.utils.exception.CloudRuntimeException;
import com.cloud.vm.VMInstanceVO;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.apache.cloudstack.backup.BackupVO;
import org.apache.cloudstack.framework.config.ConfigKey;
import org.cloudstackbackup.bridge.fake.FakeCloudStack;
import org.cloudstackbackup.spi.Capability;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.OperationStatus.Failed;
import org.cloudstackbackup.spi.ProviderException;
import org.junit.jupiter.api.Test;

/** Offerings, assignment, deletion, settings, and what CloudStack asks of the class itself. */
class ProviderTest {
    private final Rig rig = new Rig();

    @Test
    void policiesAreOfferedUnderTheProvidersName() {
        assertThat(rig.provider.listBackupOfferings(FakeCloudStack.ZONE))
                .singleElement()
                .satisfies(offering -> {
                    assertThat(offering.getExternalId()).isEqualTo("gold");
                    assertThat(offering.getProvider()).isEqualTo("scripted");
                    assertThat(offering.getZoneId()).isEqualTo(FakeCloudStack.ZONE);
                });
        assertThat(rig.provider.isValidProviderOffering(FakeCloudStack.ZONE, "gold"))
                .isTrue();
        assertThat(rig.provider.isValidProviderOffering(FakeCloudStack.ZONE, "tin"))
                .isFalse();
        rig.product.away("offerings", 1);
        assertThatThrownBy(() -> rig.provider.listBackupOfferings(FakeCloudStack.ZONE))
                .isInstanceOf(CloudRuntimeException.class)
                .hasMessage("The product does not answer");
    }

    @Test
    void anAssignmentLeavesTheProductsIdOnTheMachine() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        assertThat(vm.getBackupExternalId()).isEqualTo("job-web-1");
        VMInstanceVO refused = rig.cloudStack.machine("web-2", Rig.GIB);
        rig.product.fail("assign", 1, new ProviderException(ErrorKind.CONFLICT, "vm", "web-2 is under another policy"));
        assertThatThrownBy(() -> rig.cloudStack.assign(rig.provider, refused, rig.gold))
                .hasMessage("web-2 is under another policy");
        assertThat(refused.getBackupExternalId()).isNull();
    }

    @Test
    void aRemovalThatTheProductRefusesCanBeForced() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.away("remove", 1);
        assertThat(rig.provider.removeVMFromBackupOffering(vm)).isFalse();
        rig.product.fail("remove", 1, new ProviderException(ErrorKind.NOT_FOUND, "vm", "There is no such job"));
        assertThat(rig.provider.removeVMFromBackupOffering(vm)).isTrue();
        assertThat(rig.provider.removeVMFromBackupOffering(vm)).isTrue();
    }

    @Test
    void capabilitiesAreWhatCloudStackReads() {
        assertThat(rig.provider.willDeleteBackupsOnOfferingRemoval()).isTrue();
        assertThat(rig.provider.supportsInstanceFromBackup()).isTrue();
        assertThat(rig.provider.crossZoneInstanceCreationEnabled(rig.gold)).isTrue();
        rig.capabilities.removeAll(List.of(
                Capability.REMOVAL_DELETES_BACKUPS, Capability.RESTORE_TO_NEW_VM, Capability.RESTORE_ACROSS_ZONES));
        assertThat(rig.provider.willDeleteBackupsOnOfferingRemoval()).isFalse();
        assertThat(rig.provider.supportsInstanceFromBackup()).isFalse();
        assertThat(rig.provider.crossZoneInstanceCreationEnabled(rig.gold)).isFalse();
    }

    @Test
    void aDeletedBackupIsGoneAtTheProductAndInTheNextListing() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        BackupVO backup = rig.backup(vm);
        rig.sync(vm);
        assertThat(rig.provider.deleteBackup(backup, false)).isTrue();
        rig.cloudStack.backups.remove(backup.getId());
        assertThat(rig.product.points).isEmpty();
        rig.cloudStack.sync(rig.provider, vm, rig.cloudStack.rowsOf(vm));
        assertThat(rig.cloudStack.rowsOf(vm)).isEmpty();
        assertThat(rig.provider.deleteBackup(backup, false)).isTrue();
    }

    @Test
    void aDeletionThatFailsIsToldAndMayBeTriedAgain() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        BackupVO backup = rig.backup(vm);
        rig.product.ending = new Failed(ErrorKind.EXTERNAL, "the object is locked");
        assertThatThrownBy(() -> rig.provider.deleteBackup(backup, true)).hasMessageContaining("the object is locked");
        rig.product.ending = null;
        assertThat(rig.provider.deleteBackup(backup, true)).isTrue();
        assertThat(rig.product.points).isEmpty();
    }

    @Test
    void aBackupUnderWayIsNotDeletedUnderTheHandsOfItsJob() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.polls = 1;
        rig.whileWaiting = () -> assertThatThrownBy(() -> rig.provider.deleteBackup(rig.row(vm), false))
                .hasMessageContaining("is being taken");
        rig.backup(vm);
    }

    @Test
    void anAbandonedBackupIsStoppedAndDeleted() {
        VMInstanceVO vm = rig.machine("web-1", Rig.GIB);
        rig.product.polls = 100;
        rig.whileWaiting = () -> Thread.currentThread().interrupt();
        assertThatThrownBy(() -> rig.provider.takeBackup(vm, null)).isInstanceOf(CloudRuntimeException.class);
        assertThat(Thread.interrupted()).isTrue();
        rig.restart();
        rig.clock.advance(Marks.SILENCE);
        BackupVO row = rig.row(vm);
        assertThatThrownBy(() -> rig.provider.deleteBackup(row, false)).hasMessageContaining("try again");
        assertThat(rig.product.count("cancel")).isEqualTo(1);
        assertThat(rig.provider.deleteBackup(row, false)).isTrue();
    }

    @Test
    void settingsAreKeysOfCloudStack() {
        ConfigKey<?>[] keys = rig.provider.getConfigKeys();
        assertThat(Arrays.stream(keys).map(ConfigKey::key))
                .containsExactly(
                        "backup.plugin.scripted.url",
                        "backup.plugin.scripted.token",
                        "backup.plugin.scripted.mode",
                        "backup.plugin.scripted.job.timeout");
        assertThat(keys[0].getScopes()).containsExactly(ConfigKey.Scope.Zone);
        assertThat(keys[0].isDynamic()).isTrue();
        assertThat(keys[1].category()).isEqualTo("Secure");
        assertThat(keys[2].kind()).isEqualTo(ConfigKey.Kind.Select);
        assertThat(keys[2].options()).isEqualTo("fast,slow");
        assertThat(keys[2].getScopes()).containsExactly(ConfigKey.Scope.Global);
        assertThat(keys[3].type()).isEqualTo(Integer.class);
        assertThat(rig.provider.zoneContexts().apply(FakeCloudStack.ZONE).settings())
                .containsOnlyKeys(
                        "backup.plugin.scripted.url", "backup.plugin.scripted.token", "backup.plugin.scripted.mode");
    }

    @Test
    void aDriverIsOpenedOnceForAZoneAndClosedAtTheEnd() {
        rig.provider.listBackupOfferings(FakeCloudStack.ZONE);
        rig.provider.listBackupOfferings(FakeCloudStack.ZONE);
        assertThat(rig.product.count("open zone-1")).isEqualTo(1);
        assertThat(rig.provider.stop()).isTrue();
        assertThat(rig.product.count("close")).isEqualTo(1);
        assertThatThrownBy(() -> rig.provider.listBackupOfferings(77L)).hasMessageContaining("zone");
    }

    @Test
    void cloudStackCanMakeASubclassAtRunTime() {
        assertThat(Modifier.isFinal(DriverBackupProvider.class.getModifiers())).isFalse();
        assertThat(DriverBackupProvider.class.getDeclaredMethods())
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .noneMatch(method -> Modifier.isFinal(method.getModifiers()));
        assertThat(rig.provider.getName()).isEqualTo("scripted");
        assertThat(rig.provider.getConfigComponentName()).isEqualTo("cloudstackbackup-scripted");
    }
}
