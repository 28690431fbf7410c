/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cloudstackbackup.pxbackup.client.Login;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.Pause;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig;
import org.cloudstackbackup.pxbackup.client.ResourceInfo;
import org.cloudstackbackup.spi.BackupDriver;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.ZoneContext;
import org.cloudstackbackup.testkit.Requests;
import org.junit.jupiter.api.Test;

/** Names that others use, and clocks that differ. */
class ForeignThingsTest {
    @Test
    void aScheduleOfTheSameNameOfAnotherOwnerIsLeftAlone() {
        try (var px = new Followed("3.1");
                var other = other(px)) {
            VmRef vm = px.vm();
            String name = Names.schedule(vm.uuid());
            String foreign = other.schedules()
                    .create(machine(px, vm, name)
                            .with("schedule_policy_ref", ref(px, "schedule_policy", "at-month-end"))
                            .with("reclaim_policy", "Retain"))
                    .uid();
            String policy = px.offering("quarter-hourly");

            String own = px.driver().assign(vm, policy).orElseThrow();
            assertThat(own).isNotEqualTo(name + "/" + foreign);
            px.driver().remove(vm, policy);
            px.harness().emulator().advance(Duration.ofMinutes(5));

            assertThat(other.schedules().inspectAll(Parameters.none()))
                    .extracting(each -> each.uid())
                    .containsExactly(foreign);
        }
    }

    @Test
    void aRestoreOfTheSameNameOfAnotherOwnerIsNotTakenForOurs() {
        try (var px = new Followed("3.1");
                var other = other(px)) {
            VmRef vm = px.vm();
            RestorePoint point = px.backedUp(vm);
            var backup = other.backups().create(machine(px, vm, "theirs"));
            px.harness().emulator().advance(Duration.ofMinutes(5));
            var request = Requests.restore(point, vm);
            other.restores()
                    .create(Parameters.none()
                            .with("name", Names.restore(vm.uuid(), request.clientToken()))
                            .with("backup_ref", new ObjectRef(backup.name(), backup.uid()))
                            .with("cluster_ref", ref(px, "cluster", "cluster"))
                            .with("namespace_mapping", Map.of(PxBackupHarness.namespaceOf(vm), "theirs")));
            px.harness().emulator().advance(Duration.ofMinutes(5));
            vm.volumes().forEach(volume -> px.harness().changeContent(volume, new byte[] {1}));

            px.end(px.driver().startRestore(request));

            assertThat(px.harness().contentHash(vm.volumes().get(0)))
                    .as("it was our backup that was restored, by a restore of our own")
                    .isNotEqualTo(changed(px, vm));
            assertThat(px.harness().emulator().names("restore")).hasSize(2);
        }
    }

    /** What the root volume would be had nothing been restored. */
    private static String changed(Followed px, VmRef vm) {
        VmRef twin = px.vm();
        px.harness().changeContent(twin.volumes().get(0), new byte[] {1});
        assertThat(vm.volumes()).hasSameSizeAs(twin.volumes());
        return px.harness().contentHash(twin.volumes().get(0));
    }

    @Test
    void aClockThatDiffersFromTheProductsDeletesNoLockedBackup() {
        try (var px = new Followed("3.1")) {
            px.harness().emulator().addLocation("vault", 7);
            px.harness().set(PxBackupSettings.LOCATION, "vault");
            px.reopen();
            RestorePoint locked = px.backedUp(px.vm());
            String name = locked.id().substring(0, locked.id().indexOf('/'));
            try (BackupDriver ahead = skewed(px, Duration.ofDays(8))) {
                ProviderException refusal =
                        catchThrowableOfType(ProviderException.class, () -> ahead.startDelete(Requests.delete(locked)));
                assertThat(refusal.text()).contains("object locked until");
                assertThat(px.harness().emulator().status("backup", name)).isEqualTo("Success");
            }
            px.harness().emulator().advance(Duration.ofDays(7).plusMinutes(30));
            try (BackupDriver behind = skewed(px, Duration.ofHours(-1))) {
                assertThat(Followed.refused(ErrorKind.CONFLICT, () -> behind.startDelete(Requests.delete(locked)))
                                .text())
                        .contains("locked in its bucket until");
                px.harness().emulator().advance(Duration.ofHours(1));
                behind.startDelete(Requests.delete(locked));
                assertThat(px.harness().emulator().status("backup", name)).isEqualTo("Deleting");
            }
        }
    }

    private static BackupDriver skewed(Followed px, Duration by) {
        ZoneContext zone = px.harness().zone();
        return px.harness()
                .factory()
                .open(new ZoneContext(zone.uuid(), zone.name(), zone.settings(), Clock.offset(zone.clock(), by)));
    }

    private static PxBackupClient other(Followed px) {
        String url = px.harness().emulator().url();
        var config = PxBackupConfig.of(url, Login.password(url, "px-central-admin", "admin"));
        return new PxBackupClient(config, px.harness().zone().clock(), Pause.REAL);
    }

    private static Parameters machine(Followed px, VmRef vm, String name) {
        String namespace = PxBackupHarness.namespaceOf(vm);
        return Parameters.none()
                .with("name", name)
                .with("backup_location_ref", ref(px, "backup_location", "location"))
                .with("cluster_ref", ref(px, "cluster", "cluster"))
                .with("namespaces", List.of(namespace))
                .with("backup_object_type", Map.of("type", "VirtualMachine"))
                .with("include_resources", List.of(ResourceInfo.virtualMachine(namespace, vm.name())));
    }

    private static ObjectRef ref(Followed px, String kind, String name) {
        return new ObjectRef(name, px.harness().emulator().uid(kind, name));
    }
}
