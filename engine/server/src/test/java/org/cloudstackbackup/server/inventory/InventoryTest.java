/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloud.exception.PermissionDeniedException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cloudstackbackup.framework.event.Journal;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.inventory.ListedVm;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.framework.inventory.VmState;
import org.cloudstackbackup.framework.inventory.Volume;
import org.cloudstackbackup.framework.inventory.VolumeState;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.setting.FrameworkSettings;
import org.cloudstackbackup.server.api.CommandDispatcher;
import org.cloudstackbackup.server.api.Tenants;
import org.cloudstackbackup.server.identity.Belongings;
import org.cloudstackbackup.server.job.JobContext;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.ProviderException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {
    private static final Caller ADMIN = InventoryWorld.ADMIN;
    private static final Caller ANN = InventoryWorld.ANN;
    private static final JobContext NO_JOB = new NoJob();

    @TempDir
    Path data;

    private InventoryWorld world = new InventoryWorld(Path.of("unused"));

    @BeforeEach
    void start() {
        world.close();
        world = new InventoryWorld(data.resolve("volumes"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void theDemoHasThreeRunningVmsOfOneToThreeVolumes() throws IOException {
        Zone zone = world.load();
        assertThat(zone.name()).isEqualTo("sim-dummy");
        for (int number = 1; number <= 3; number++) {
            Vm vm = world.vm("demo-vm-" + number);
            assertThat(vm.state()).isEqualTo(VmState.RUNNING);
            assertThat(vm.instanceName()).isEqualTo("i-2-" + vm.id() + "-VM");
            List<Volume> volumes = world.stores.volumes().ofVm(vm.id());
            assertThat(volumes).hasSize(number);
            assertThat(volumes).allSatisfy(volume -> assertThat(volume.state()).isEqualTo(VolumeState.READY));
        }
        try (var files = Files.list(world.folder)) {
            List<String> beginnings = files.map(InventoryTest::beginning).toList();
            assertThat(beginnings).hasSize(6).doesNotHaveDuplicates();
        }
    }

    @Test
    void aSecondStartAddsNothingAndBringsNothingBack() {
        world.load();
        Vm gone = world.vm("demo-vm-2");
        world.provisioning.expunge(gone.id());
        long rows = rows();
        assertThat(world.demo.load("sim-dummy", 2).orElseThrow().isNew()).isFalse();
        assertThat(rows()).isEqualTo(rows);
        assertThat(world.stores.vms().find(gone.id())).isEmpty();
    }

    @Test
    void aStartThatWasCutShortIsFinishedByTheNextOne() {
        world.load();
        Vm vm = world.vm("demo-vm-3");
        world.database.jdbi().useHandle(handle -> {
            handle.execute("UPDATE vm_instance SET state = 'Stopped' WHERE id = ?", vm.id());
            handle.execute("UPDATE volumes SET state = 'Allocated', path = NULL WHERE instance_id = ?", vm.id());
        });
        world.load();
        assertThat(world.vm("demo-vm-3").state()).isEqualTo(VmState.RUNNING);
        assertThat(world.stores.volumes().ofVm(vm.id()))
                .allSatisfy(volume -> assertThat(volume.path()).isNotNull());
    }

    @Test
    void aVmIsDeployedInTwoStepsThatMayBeRepeated() {
        VmService.Deployment deployment = world.deployment("web-1");
        Vm vm = world.vms.deploy(ANN, deployment);
        assertThat(vm.state()).isEqualTo(VmState.STOPPED);
        assertThat(world.stores.volumes().ofVm(vm.id()))
                .extracting(Volume::state)
                .containsExactly(VolumeState.ALLOCATED, VolumeState.ALLOCATED);
        world.vms.finishDeployment(ANN, vm.id(), true);
        world.vms.finishDeployment(ANN, vm.id(), true);
        ListedVm listed = world.vms.describe(vm.id());
        assertThat(listed.vm().state()).isEqualTo(VmState.RUNNING);
        assertThat(listed.owner().account()).isEqualTo("ann");
        assertThat(listed.details()).isEqualTo(Map.of("a", "b"));
        assertThat(listed.nics()).singleElement().satisfies(nic -> {
            assertThat(nic.ipAddress()).startsWith("10.1.0.");
            assertThat(nic.macAddress()).startsWith("1e:00:0a:01:00:");
        });
        assertThat(world.stores.volumes().ofVm(vm.id()))
                .extracting(Volume::type)
                .containsExactly(VolumeType.ROOT, VolumeType.DATADISK);
    }

    @Test
    void deploymentsThatCannotBeAreRefusedAndLeaveNothing() {
        VmService.Deployment good = world.deployment("demo-vm-1");
        long rows = rows();
        refused(ErrorKind.USER, "demo-vm-1 already", () -> world.vms.deploy(ADMIN, good));
        for (String name : List.of("-a", "a-", "1a", "a_b", "../x", "a b", "a".repeat(64))) {
            refused(ErrorKind.USER, "not a host name", () -> world.vms.deploy(ADMIN, named(good, name)));
        }
        for (long size : new long[] {-1, 0, 1025, Long.MAX_VALUE}) {
            refused(ErrorKind.USER, "1 to 1024", () -> world.vms.deploy(ADMIN, sized(good, size)));
        }
        refused(ErrorKind.USER, "not in network", () -> world.vms.deploy(ADMIN, addressed(good, "10.2.0.5")));
        refused(ErrorKind.USER, "not an IPv4 address", () -> world.vms.deploy(ADMIN, addressed(good, "ten")));
        refused(ErrorKind.CONFLICT, "in use", () -> world.vms.deploy(ADMIN, addressed(good, "10.1.0.1")));
        assertThatThrownBy(() -> world.vms.ownerFor(ANN, "admin", null, null))
                .isInstanceOf(PermissionDeniedException.class);
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void statesThatForbidAnActionAreNamed() {
        world.load();
        Vm vm = world.vm("demo-vm-1");
        refused(ErrorKind.CONFLICT, "is Running and cannot be recovered", () -> world.vms.recover(ADMIN, vm.id()));
        refused(ErrorKind.CONFLICT, "it must be Destroyed", () -> world.vms.expunge(ADMIN, vm.id()));
        world.vms.stop(ADMIN, vm.id());
        world.vms.stop(ADMIN, vm.id());
        refused(ErrorKind.CONFLICT, "is Stopped and cannot be rebooted", () -> world.vms.reboot(ADMIN, vm.id()));
        world.stores.vms().transition(vm.id(), Set.of(VmState.STOPPED), VmState.RESTORING);
        for (ThrowingCallable action : List.<ThrowingCallable>of(
                () -> world.vms.start(ADMIN, vm.id()),
                () -> world.vms.stop(ADMIN, vm.id()),
                () -> world.vms.destroy(ADMIN, vm.id(), false, List.of()),
                () -> world.vms.destroy(ADMIN, vm.id(), true, List.of()),
                () -> world.vms.update(ADMIN, vm.id(), null, "x", null))) {
            refused(ErrorKind.CONFLICT, "is Restoring", action);
        }
        assertThat(world.vm("demo-vm-1").state()).isEqualTo(VmState.RESTORING);
    }

    @Test
    void aDestroyedVmIsRecoveredOrExpungedAndLeavesItsDataVolumes() {
        world.load();
        Vm vm = world.vm("demo-vm-2");
        Volume root = world.stores.volumes().ofVm(vm.id()).get(0);
        Volume disk = world.stores.volumes().ofVm(vm.id()).get(1);
        world.vms.destroy(ADMIN, vm.id(), false, List.of());
        refused(ErrorKind.CONFLICT, "is Destroyed", () -> world.vms.start(ADMIN, vm.id()));
        world.vms.recover(ADMIN, vm.id());
        assertThat(world.vm("demo-vm-2").state()).isEqualTo(VmState.STOPPED);
        world.backups.vms.add(vm.id());
        refused(ErrorKind.CONFLICT, "has backups", () -> world.vms.destroy(ADMIN, vm.id(), true, List.of()));
        assertThat(world.vm("demo-vm-2").state()).isEqualTo(VmState.STOPPED);
        world.backups.vms.clear();
        world.vms.destroy(ADMIN, vm.id(), true, List.of());
        world.vms.destroy(ADMIN, vm.id(), true, List.of());
        assertThat(world.backups.released).containsExactly(vm.id());
        assertThat(world.stores.vms().find(vm.id())).isEmpty();
        assertThat(world.stores.volumes().find(root.id())).isEmpty();
        assertThat(world.folder.resolve(root.uuid() + ".raw")).doesNotExist();
        Volume left = world.stores.volumes().find(disk.id()).orElseThrow();
        assertThat(left.vmId()).isNull();
        assertThat(world.folder.resolve(disk.uuid() + ".raw")).exists();
        assertThat(world.eventTypes()).endsWith("VM.DESTROY", "VM.EXPUNGE");
    }

    @Test
    void aRelocatedVmKeepsItsOtherDetailsAndLosesItsFormerData() {
        world.load();
        Vm vm = world.vm("demo-vm-2");
        Volume root = world.stores.volumes().ofVm(vm.id()).get(0);
        Volume disk = world.stores.volumes().ofVm(vm.id()).get(1);
        Path former = world.folder.resolve(root.uuid() + ".raw");
        world.stores.vms().describe(vm.id(), null, null, Map.of("keep", "me", "kubevirt.name", "old"));
        world.provisioning.discard(vm.id(), former.getFileName().toString());
        assertThat(former).as("data in use").exists();

        Map<String, String> place = Map.of("kubevirt.namespace", "acs-vm-1", "kubevirt.name", "web");
        for (int time = 0; time < 2; time++) {
            world.provisioning.relocate(vm.id(), place, Map.of(root.uuid(), "acs-vm-1/disk-0", "unknown", "nowhere"));
            assertThat(world.stores.vms().details(vm.id()))
                    .isEqualTo(Map.of("keep", "me", "kubevirt.namespace", "acs-vm-1", "kubevirt.name", "web"));
            assertThat(world.stores.volumes().ofVm(vm.id()))
                    .extracting(Volume::path)
                    .containsExactly("acs-vm-1/disk-0", disk.path());
            assertThat(former).as("a note deletes nothing").exists();
        }

        world.provisioning.discard(vm.id(), former.getFileName().toString());
        world.provisioning.discard(vm.id(), former.getFileName().toString());
        world.provisioning.discard(999, String.valueOf(disk.path()));
        assertThat(former).doesNotExist();
        assertThat(world.folder.resolve(disk.uuid() + ".raw")).exists();
    }

    @Test
    void aVolumeIsMadeAttachedResizedDetachedAndDeleted() {
        Zone zone = world.load();
        Vm vm = world.vm("demo-vm-1");
        long custom = custom();
        long id = volume(zone, custom, 3);
        world.volumes.make(ADMIN, id);
        world.volumes.make(ADMIN, id);
        world.volumes.attach(ADMIN, id, vm.id(), null);
        world.volumes.attach(ADMIN, id, vm.id(), null);
        Volume attached = world.stores.volumes().find(id).orElseThrow();
        assertThat(attached.deviceId()).isEqualTo(1);
        refused(ErrorKind.CONFLICT, "attached to a VM", () -> world.volumes.delete(ADMIN, id));
        world.volumes.resize(ADMIN, id, null, 4L);
        assertThat(world.folder.resolve(attached.uuid() + ".raw").toFile().length())
                .isEqualTo(4 * Require.GIB);
        refused(ErrorKind.USER, "cannot be shrunk", () -> world.volumes.resize(ADMIN, id, null, 3L));
        for (long size : new long[] {-5, 0, 1025, Long.MIN_VALUE}) {
            refused(ErrorKind.USER, "1 to 1024", () -> world.volumes.resize(ADMIN, id, null, size));
        }
        world.volumes.detach(ADMIN, id, new TalkingJob());
        refused(ErrorKind.CONFLICT, "is not attached", () -> world.volumes.detach(ADMIN, id, new TalkingJob()));
        world.volumes.delete(ADMIN, id);
        assertThat(world.stores.volumes().find(id)).isEmpty();
        assertThat(world.folder.resolve(attached.uuid() + ".raw")).doesNotExist();
        assertThat(world.eventTypes())
                .containsSubsequence(
                        "VOLUME.CREATE", "VOLUME.ATTACH", "VOLUME.RESIZE", "VOLUME.DETACH", "VOLUME.DELETE");
    }

    @Test
    void aDetachmentThatACrashRepeatsIsNoMistake() {
        Zone zone = world.load();
        Vm vm = world.vm("demo-vm-1");
        long id = volume(zone, custom(), 1);
        world.volumes.make(ADMIN, id);
        world.volumes.attach(ADMIN, id, vm.id(), null);
        TalkingJob job = new TalkingJob();
        world.volumes.detach(ADMIN, id, job);
        world.volumes.detach(ADMIN, id, job);
        assertThat(world.eventTypes().stream().filter("VOLUME.DETACH"::equals)).hasSize(1);
        refused(ErrorKind.CONFLICT, "is not attached", () -> world.volumes.detach(ADMIN, id, new TalkingJob()));
        assertThat(world.backups.changed)
                .as("backup and recovery hears of both changes")
                .containsExactly(vm.id(), vm.id());
    }

    @Test
    void dataIsDiscardedOnlyWhenNoVolumeHasItAnyMore() {
        world.load();
        Vm vm = world.vm("demo-vm-2");
        Volume disk = world.stores.volumes().ofVm(vm.id()).get(1);
        String path = String.valueOf(disk.path());
        java.nio.file.Path data = world.folder.resolve(disk.uuid() + ".raw");
        world.provisioning.discard(vm.id(), path);
        assertThat(data).as("attached").exists();
        assertThat(world.stores.volumes().detach(disk.id(), vm.id())).isTrue();
        world.provisioning.discard(vm.id(), path);
        assertThat(data).as("detached by its owner in between").exists();
        world.stores.volumes().relocate(disk.id(), "elsewhere");
        world.provisioning.discard(vm.id(), path);
        world.provisioning.discard(vm.id(), path);
        assertThat(data).as("of nobody").doesNotExist();
    }

    @Test
    void aDestroyedVolumeKeepsItsDataUntilItIsDeleted() {
        Zone zone = world.load();
        long id = volume(zone, custom(), 1);
        world.volumes.make(ADMIN, id);
        Volume made = world.stores.volumes().find(id).orElseThrow();
        java.nio.file.Path data = world.folder.resolve(made.uuid() + ".raw");
        refused(ErrorKind.CONFLICT, "only a destroyed one", () -> world.volumes.recover(ADMIN, id));
        world.volumes.destroy(ADMIN, id);
        world.volumes.destroy(ADMIN, id);
        assertThat(world.stores.volumes().find(id).orElseThrow().state()).isEqualTo(VolumeState.DESTROY);
        assertThat(data).exists();
        refused(
                ErrorKind.CONFLICT,
                "is Destroy",
                () -> world.volumes.attach(ADMIN, id, world.vm("demo-vm-1").id(), null));
        world.volumes.recover(ADMIN, id);
        assertThat(world.stores.volumes().find(id).orElseThrow().state()).isEqualTo(VolumeState.READY);
        world.volumes.destroy(ADMIN, id, true);
        assertThat(world.stores.volumes().find(id)).isEmpty();
        assertThat(data).doesNotExist();
        long attached =
                world.stores.volumes().ofVm(world.vm("demo-vm-2").id()).get(1).id();
        refused(ErrorKind.CONFLICT, "detach it first", () -> world.volumes.destroy(ADMIN, attached));
        assertThat(world.eventTypes()).containsSubsequence("VOLUME.DESTROY", "VOLUME.RECOVER", "VOLUME.DELETE");
    }

    @Test
    void anAccountsThingsGoTogetherUnlessThereAreBackups() {
        world.load();
        long admin = ADMIN.account().id();
        Belongings belongings = world.commands.belongings();
        assertThat(world.stores.accounts().holdings(admin).vms()).isPositive();
        belongings.stop(ADMIN, admin);
        assertThat(world.vm("demo-vm-1").state()).isEqualTo(VmState.STOPPED);
        belongings.remove(ADMIN, admin);
        belongings.remove(ADMIN, admin);
        assertThat(world.stores.accounts().holdings(admin).isEmpty()).isTrue();
        assertThat(world.folder.toFile().list()).isEmpty();
    }

    @Test
    void volumesOfVmsUnderAnOfferingStayUnlessTheSettingSaysOtherwise() {
        Zone zone = world.load();
        Vm vm = world.vm("demo-vm-2");
        long attached = world.stores.volumes().ofVm(vm.id()).get(1).id();
        long root = world.stores.volumes().ofVm(vm.id()).get(0).id();
        long loose = volume(zone, custom(), 1);
        world.stores.vms().setBackupOffering(vm.id(), null, 7L, null, "[]");
        refused(ErrorKind.USER, "has a backup offering", () -> world.volumes.detach(ADMIN, attached, new TalkingJob()));
        refused(ErrorKind.USER, "has a backup offering", () -> world.volumes.attach(ADMIN, loose, vm.id(), null));
        world.settingStore.putGlobal(FrameworkSettings.ENABLE_ATTACH_DETACH.key(), "true", false);
        world.clock.advance(java.time.Duration.ofMinutes(1));
        world.volumes.detach(ADMIN, attached, new TalkingJob());
        world.volumes.attach(ADMIN, loose, vm.id(), 5L);
        refused(ErrorKind.USER, "root volume", () -> world.volumes.detach(ADMIN, root, new TalkingJob()));
        assertThat(world.stores.volumes().ofVm(vm.id()))
                .extracting(Volume::deviceId)
                .containsExactly(0L, 5L);
    }

    @Test
    void theCommandsShowWhatTheServicesDid() throws Exception {
        world.load();
        Vm vm = world.vm("demo-vm-3");
        JsonObject all = call(ADMIN, "listVirtualMachines", "keyword", "DEMO", "state", "Running");
        assertThat(all.get("count").getAsInt()).isEqualTo(3);
        JsonObject shown = first(call(ADMIN, "listVirtualMachines", "id", vm.uuid()), "virtualmachine");
        assertThat(shown.get("name").getAsString()).isEqualTo("demo-vm-3");
        assertThat(shown.get("zonename").getAsString()).isEqualTo("sim-dummy");
        assertThat(shown.get("rootdevicetype").getAsString()).isEqualTo("ROOT");
        assertThat(shown.get("nic").getAsJsonArray()).hasSize(1);
        assertThat(shown.has("backupofferingid")).isFalse();
        assertThat(call(ANN, "listVirtualMachines", "listall", "true").size()).isZero();
        assertThat(call(ADMIN, "listVolumes", "virtualmachineid", vm.uuid())
                        .get("count")
                        .getAsInt())
                .isEqualTo(3);
        JsonObject root = first(call(ADMIN, "listVolumes", "virtualmachineid", vm.uuid(), "type", "root"), "volume");
        assertThat(root.get("vmname").getAsString()).isEqualTo("demo-vm-3");
        assertThat(root.get("size").getAsLong()).isEqualTo(Require.GIB);
        assertThat(call(ADMIN, "stopVirtualMachine", "id", vm.uuid())
                        .getAsJsonObject("virtualmachine")
                        .get("state")
                        .getAsString())
                .isEqualTo("Stopped");
        call(ADMIN, "updateVirtualMachine", "id", vm.uuid(), "name", "renamed", "details[0].colour", "red");
        JsonObject changed = first(call(ADMIN, "listVirtualMachines", "id", vm.uuid()), "virtualmachine");
        assertThat(changed.get("name").getAsString()).isEqualTo("renamed");
        assertThat(changed.getAsJsonObject("details").get("colour").getAsString())
                .isEqualTo("red");
        assertThat(world.commands.show(vm.uuid())).isNotNull();
        refused(
                ErrorKind.USER,
                "Parameter userdata is not supported",
                () -> call(ADMIN, "updateVirtualMachine", "id", vm.uuid(), "userdata", "x"));
        refused(ErrorKind.USER, "not a state", () -> call(ADMIN, "listVirtualMachines", "state", "Flying"));
        assertThatThrownBy(() -> call(ANN, "stopVirtualMachine", "id", vm.uuid()))
                .hasMessageContaining("entity does not exist");
    }

    // Parts -----------------------------------------------------------------------------------------------------------

    private long custom() {
        return world.stores
                .diskOfferings()
                .page(
                        new org.cloudstackbackup.framework.inventory.CatalogFilter(null, "Custom", null),
                        new org.cloudstackbackup.framework.PageRequest(0, 1))
                .items()
                .get(0)
                .id();
    }

    private long volume(Zone zone, long offering, long gib) {
        String uuid = java.util.UUID.randomUUID().toString();
        return world.volumes
                .add(uuid, "disk", ADMIN.owner(), zone.id(), offering, world.vms.sizeOf(offering, gib))
                .id();
    }

    private static VmService.Deployment named(VmService.Deployment from, String name) {
        return changed(from, name, from.rootSize(), from.addresses());
    }

    private static VmService.Deployment sized(VmService.Deployment from, long gib) {
        return changed(from, "fine", gib, from.addresses());
    }

    private VmService.Deployment addressed(VmService.Deployment from, String address) {
        long network =
                world.stores.networks().defaultOf(from.zoneId()).orElseThrow().id();
        return changed(from, "fine", null, Map.of(network, address));
    }

    private static VmService.Deployment changed(
            VmService.Deployment from, String name, @Nullable Long rootSize, Map<Long, String> addresses) {
        return new VmService.Deployment(
                from.uuid(),
                name,
                from.displayName(),
                from.zoneId(),
                from.serviceOfferingId(),
                from.templateId(),
                from.account(),
                from.domainId(),
                from.projectId(),
                List.copyOf(addresses.keySet()),
                addresses,
                rootSize,
                from.dataDisks(),
                from.details());
    }

    private long rows() {
        return world.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT (SELECT COUNT(*) FROM vm_instance)"
                                + " + (SELECT COUNT(*) FROM volumes) + (SELECT COUNT(*) FROM nics)"
                                + " + (SELECT COUNT(*) FROM disk_offering) + (SELECT COUNT(*) FROM data_center)")
                        .mapTo(Long.class)
                        .one());
    }

    private static void refused(ErrorKind kind, String text, ThrowingCallable action) {
        assertThatThrownBy(action)
                .hasMessageContaining(text)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private JsonObject call(Caller caller, String command, String... params) throws Exception {
        CatalogCommands catalog = new CatalogCommands(
                new CatalogStores(
                        world.stores.zones(),
                        world.stores.serviceOfferings(),
                        world.stores.diskOfferings(),
                        world.stores.templates(),
                        world.stores.guestOses(),
                        world.stores.networks(),
                        world.stores.vms()),
                world.database,
                new Journal(world.platform.events()),
                world.clock,
                world.settings,
                List.of("simulator"));
        CommandDispatcher dispatcher =
                new CommandDispatcher(List.of(world.commands, catalog), new NoTenants(), call -> "none");
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < params.length; i += 2) {
            map.put(params[i], params[i + 1]);
        }
        Object response = dispatcher.execute(command, map, caller, NO_JOB, null, null);
        return JsonParser.parseString(dispatcher.renderResult(java.util.Objects.requireNonNull(response, "no answer")))
                .getAsJsonObject();
    }

    private static JsonObject first(JsonObject answer, String name) {
        JsonArray items = answer.getAsJsonArray(name);
        return items.get(0).getAsJsonObject();
    }

    private static String beginning(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(100), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class NoTenants implements Tenants {
        @Override
        public Optional<Owner> findProject(long id) {
            return Optional.empty();
        }

        @Override
        public Optional<Domain> findDomain(long id) {
            return Optional.empty();
        }

        @Override
        public Optional<Account> findAccount(String name, long domainId) {
            return Optional.empty();
        }
    }

    /** Remembers what was reported, as a job's row does. */
    private static final class TalkingJob implements JobContext {
        private String said = "";

        @Override
        public long id() {
            return 1;
        }

        @Override
        public String uuid() {
            return "6c2c7f0a-6a5a-4b0e-8f0b-000000000002";
        }

        @Override
        public String lastMessage() {
            return said;
        }

        @Override
        public void progress(@Nullable Integer percent, String message) {
            said = message;
        }

        @Override
        public void continueLater() {
            throw new IllegalStateException("nothing continues");
        }

        @Override
        public void instance(String type, long id, String uuid) {
            throw new IllegalStateException("no command names its object");
        }
    }

    private static final class NoJob implements JobContext {
        @Override
        public long id() {
            return -1;
        }

        @Override
        public String uuid() {
            return "6c2c7f0a-6a5a-4b0e-8f0b-000000000001";
        }

        @Override
        public void progress(@Nullable Integer percent, String message) {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public void continueLater() {
            throw new IllegalStateException("nothing continues");
        }

        @Override
        public void instance(String type, long id, String uuid) {
            throw new IllegalStateException("no command names its object");
        }
    }
}
