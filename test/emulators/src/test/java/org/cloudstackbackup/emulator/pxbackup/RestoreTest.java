/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine.Phase;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private static final String VM =
            "'backup_object_type':{'type':'VirtualMachine'},'include_resources':[" + Rig.vm("vm1") + "]";

    private static Client.Reply inspect(Rig rig, String name) {
        return rig.client()
                .get("/v1/restore/default/" + name + "?uid=" + rig.emulator().uid("restore", name))
                .ok();
    }

    private static String state(Rig rig, String name) {
        Client.Reply reply = inspect(rig, name);
        return reply.at("restore.restore_info.status.status") + " "
                + reply.at("restore.restore_info.restore_status.restore_status");
    }

    private static String content(Rig rig, String namespace, String claim) {
        return rig.cluster()
                .claim(namespace, claim)
                .map(each -> each.content().text())
                .orElse("none");
    }

    private static VirtualMachine machine(Rig rig, String namespace) {
        return rig.cluster().machine(namespace, "vm1").orElseThrow();
    }

    @Test
    void replacingBringsBackTheMachineAndItsContent() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1", "vm2");
            String checksum = rig.cluster()
                    .claim("ns1", "vm1-root")
                    .orElseThrow()
                    .content()
                    .checksum();
            VirtualMachine before = machine(rig, "ns1");
            rig.cluster().write("ns1", "vm1-root", "ruined").write("ns1", "vm2-root", "goes on");
            rig.restore("r1", "b1", "'replace_policy':'Delete'," + VM).ok();
            assertThat(state(rig, "r1")).isEqualTo("Pending ");
            rig.pass(1);
            assertThat(state(rig, "r1")).as("the first step is the zero symbol").isEqualTo("InProgress ");
            rig.pass(1);
            assertThat(state(rig, "r1")).isEqualTo("InProgress Deleting");
            assertThat(rig.cluster().machine("ns1", "vm1"))
                    .as("deleted before anything comes back")
                    .isEmpty();
            rig.pass(2);
            assertThat(state(rig, "r1")).isEqualTo("InProgress Verifying");
            rig.pass(3);
            assertThat(state(rig, "r1")).isEqualTo("InProgress Applying");
            rig.pass(2);
            assertThat(state(rig, "r1")).isEqualTo("Success Applying");
            Claim root = rig.cluster().claim("ns1", "vm1-root").orElseThrow();
            assertThat(root.content().checksum()).isEqualTo(checksum);
            assertThat(content(rig, "ns1", "vm2-root")).isEqualTo("goes on");
            assertThat(machine(rig, "ns1").uid()).isNotEqualTo(before.uid());
            assertThat(machine(rig, "ns1").phase()).isEqualTo(Phase.RUNNING);
            assertThat(machine(rig, "ns1").mac()).isEmpty();
            JsonObject info = Tree.object(inspect(rig, "r1").json(), "restore.restore_info");
            assertThat(Tree.objects(info, "volumes"))
                    .extracting(each -> Tree.text(each, "status.status"))
                    .containsExactly("Success", "Success");
            assertThat(Tree.text(info, "restored_resource_count"))
                    .isEqualTo(Tree.text(info, "resource_count"))
                    .isEqualTo("6");
            assertThat(Tree.text(info, "replace_policy")).isEqualTo("Delete");
            assertThat(Tree.text(Tree.objects(info, "volumes").get(0), "restore_volume"))
                    .isEqualTo(root.volumeName());
        }
    }

    @Test
    void optionsKeepTheAddressAndTheMachineStopped() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.restore(
                            "r1",
                            "b1",
                            "'replace_policy':2,'virtual_machine_restore_options':{'skip_mac_masking':true,'skip_vm_restart':true},"
                                    + VM)
                    .ok();
            rig.pass(60);
            assertThat(machine(rig, "ns1").phase()).isEqualTo(Phase.STOPPED);
            assertThat(machine(rig, "ns1").mac()).isEqualTo("02:00:00:00:00:01");
        }
    }

    @Test
    void anOlderLineKnowsNoSuchOptions() {
        try (Rig rig = Rig.of("2.10")) {
            rig.finished("b1", "vm1");
            rig.restore(
                            "r1",
                            "b1",
                            "'replace_policy':2,'virtual_machine_restore_options':{'skip_mac_masking':true,'skip_vm_restart':true},"
                                    + VM)
                    .ok();
            rig.pass(60);
            assertThat(machine(rig, "ns1").phase()).isEqualTo(Phase.RUNNING);
            assertThat(machine(rig, "ns1").mac()).isEmpty();
        }
    }

    @Test
    void retainingChangesNothingThatIsThere() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.cluster().write("ns1", "vm1-root", "newer").removeClaim("ns1", "vm1-data");
            rig.restore("r1", "b1", VM).ok();
            rig.pass(60);
            JsonObject info = Tree.object(inspect(rig, "r1").json(), "restore.restore_info");
            assertThat(Tree.text(info, "status.status")).isEqualTo("PartialSuccess");
            assertThat(Tree.text(info, "replace_policy")).isEqualTo("Retain");
            assertThat(Tree.objects(info, "volumes"))
                    .extracting(each -> Tree.text(each, "status.status"))
                    .containsExactly("Retained", "Success");
            assertThat(content(rig, "ns1", "vm1-root")).isEqualTo("newer");
            assertThat(content(rig, "ns1", "vm1-data")).isEqualTo("data of vm1");
            assertThat(Tree.texts(info, "restore_resources.reasons")).hasSize(3);
        }
    }

    @Test
    void anotherNamespaceGetsACopyUnderTheSameNames() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1", "vm2");
            rig.cluster().write("ns1", "vm1-root", "newer");
            rig.restore("r1", "b1", "'namespace_mapping':{'ns1':'copy'}," + VM).ok();
            rig.pass(60);
            assertThat(state(rig, "r1")).startsWith("Success");
            assertThat(content(rig, "copy", "vm1-root")).isEqualTo("root of vm1");
            assertThat(content(rig, "ns1", "vm1-root")).isEqualTo("newer");
            assertThat(machine(rig, "copy").claims()).containsExactly("vm1-root", "vm1-data");
            assertThat(rig.cluster().machine("copy", "vm2")).isEmpty();
            assertThat(rig.cluster().namespaces()).containsKey("copy");
        }
    }

    @Test
    void anUnmappedNamespaceIsSkipped() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.restore("r1", "b1", "'namespace_mapping':{'other':'copy'}").ok();
            rig.pass(60);
            assertThat(state(rig, "r1")).startsWith("Success");
            assertThat(inspect(rig, "r1").has("restore.restore_info.resource_count"))
                    .isFalse();
        }
    }

    @Test
    void oneClaimComesBackAlone() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.restore(
                            "r1",
                            "b1",
                            "'namespace_mapping':{'ns1':'staging'},'include_resources':[" + Rig.claim("vm1-data") + "]")
                    .ok();
            rig.pass(60);
            assertThat(state(rig, "r1")).startsWith("Success");
            assertThat(content(rig, "staging", "vm1-data")).isEqualTo("data of vm1");
            assertThat(content(rig, "staging", "vm1-root")).isEqualTo("none");
            assertThat(rig.cluster().machine("staging", "vm1")).isEmpty();
        }
    }

    @Test
    void aClaimInUseIsNotReplacedAndTheRestoreFailsInTheEnd() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.cluster().write("ns1", "vm1-data", "newer");
            String more = "'replace_policy':'Delete','include_resources':[" + Rig.claim("vm1-data") + "]";
            rig.restore("r1", "b1", more).ok();
            rig.pass(300);
            assertThat(state(rig, "r1")).startsWith("InProgress");
            rig.pass(400);
            assertThat(state(rig, "r1")).startsWith("Failed");
            assertThat(content(rig, "ns1", "vm1-data")).isEqualTo("newer");
            rig.cluster().phase("ns1", "vm1", Phase.STOPPED);
            rig.restore("r2", "b1", more).ok();
            rig.pass(60);
            assertThat(content(rig, "ns1", "vm1-data")).isEqualTo("data of vm1");
        }
    }

    @Test
    void anotherClusterCanBeTheTarget() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            var other = rig.emulator().addCluster("other", "UTC");
            String body =
                    "{'metadata':{'name':'r1','org_id':'default'},'backup_ref':{'name':'b1'},'cluster_ref':{'name':'other'}}";
            rig.client().post("/v1/restore", body).ok();
            rig.pass(60);
            assertThat(other.claim("ns1", "vm1-root").orElseThrow().content().text())
                    .isEqualTo("root of vm1");
            rig.emulator().status("cluster", "other", "Offline");
            rig.client().post("/v1/restore", body.replace("r1", "r2")).refused(400, 9);
        }
    }

    @Test
    void newerLinesFilterMachines() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1", "vm2");
            String filter = "'filter':{'virtual_machine_filter':{'include_vms':[{'name':'vm2','namespace':'ns1'}]}}";
            rig.restore("r1", "b1", filter + ",'target_namespace_prefix':'x-'").ok();
            rig.pass(60);
            assertThat(rig.cluster().machines())
                    .extracting(VirtualMachine::namespace, VirtualMachine::name)
                    .contains(org.assertj.core.groups.Tuple.tuple("x-ns1", "vm2"))
                    .doesNotContain(org.assertj.core.groups.Tuple.tuple("x-ns1", "vm1"));
            rig.restore("r2", "b1", filter + ",'namespace_mapping':{'ns1':'a'}").refused(400, 3);
            rig.restore("r3", "b1", "'target_namespace_prefix':'x-'").refused(400, 3);
        }
    }

    @Test
    void onlyAnEndedGoodBackupCanBeRestored() {
        try (Rig rig = Rig.of("3.1")) {
            rig.backup("b1", "vm1").ok();
            rig.restore("r1", "b1", "").refused(400, 9);
            rig.pass(60);
            rig.restore("r1", "b1", "").ok();
            rig.restore("r1", "b1", "").refused(409, 6);
            rig.client()
                    .post("/v1/restore", "{'metadata':{'name':'r2','org_id':'default'},'backup':'none','cluster':'cl'}")
                    .refused(404, 5);
            rig.client()
                    .post("/v1/restore", "{'metadata':{'name':'r2','org_id':'default'},'backup_ref':{'name':'b1'}}")
                    .refused(400, 3);
        }
    }

    @Test
    void aVolumeThatIsNotInTheBackupIsSkippedWithoutAWord() {
        try (Rig rig = Rig.of("2.10")) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", "vm1-data"));
            rig.finished("b1", "vm1");
            rig.restore("r1", "b1", "'namespace_mapping':{'ns1':'copy'}," + VM).ok();
            rig.pass(60);
            assertThat(state(rig, "r1")).startsWith("Success");
            assertThat(content(rig, "copy", "vm1-data")).isEqualTo("none");
        }
    }

    @Test
    void aRestoreCanFailAfterItHasDeleted() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_RESTORE, "r1", ""));
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_RESTORE_VOLUME, "r2", "vm1-data"));
            rig.emulator().mishap(Mishap.of(Mishap.Kind.STUCK_RESTORE, "r3", ""));
            rig.restore("r1", "b1", "'replace_policy':'Delete'," + VM).ok();
            rig.pass(60);
            assertThat(state(rig, "r1")).startsWith("Failed");
            assertThat(rig.cluster().machine("ns1", "vm1")).isEmpty();
            assertThat(content(rig, "ns1", "vm1-root")).isEqualTo("none");
            rig.restore("r2", "b1", VM).ok();
            rig.pass(60);
            assertThat(state(rig, "r2")).startsWith("PartialSuccess");
            rig.restore("r3", "b1", VM).ok();
            rig.emulator().advance(Duration.ofDays(1));
            assertThat(state(rig, "r3")).startsWith("InProgress");
        }
    }

    @Test
    void genericBackupsTakeAnotherStorageClass() {
        try (Rig rig = Rig.of("3.1")) {
            rig.client()
                    .post("/v1/backup", rig.body("b1", "", "vm1").replace("'Normal'", "'Generic'"))
                    .ok();
            rig.pass(60);
            assertThat(Tree.text(
                            Tree.objects(rig.inspect("b1").json(), "backup.backup_info.volumes")
                                    .get(0),
                            "driver_name"))
                    .isEqualTo("kdmp");
            rig.restore("r1", "b1", "'namespace_mapping':{'ns1':'copy'},'storage_class_mapping':{'px-db':'slow'}")
                    .ok();
            rig.pass(60);
            assertThat(rig.cluster().claim("copy", "vm1-root").orElseThrow().storageClass())
                    .isEqualTo("slow");
        }
    }

    @Test
    void filesGoBackIntoARunningMachineOnly() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            String files =
                    "'is_sfr':true,'file_level_restore_info':{'virtual_machine_name':'vm1','volume_name':'v','restore_files':[{'source_path':'/a','destination_path':'/b'}]}";
            rig.restore("r1", "b1", files).ok();
            rig.pass(60);
            assertThat(state(rig, "r1")).startsWith("Success");
            rig.cluster().phase("ns1", "vm1", Phase.STOPPED);
            rig.restore("r2", "b1", files).ok();
            rig.pass(60);
            assertThat(state(rig, "r2")).startsWith("Failed");
            assertThat(Tree.objects(
                            inspect(rig, "r2").json(), "restore.restore_info.file_level_restore_info.restore_files"))
                    .hasSize(1);
        }
    }

    @Test
    void deletingARestoreTakesItsRecordOnly() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.restore("r1", "b1", "'namespace_mapping':{'ns1':'copy'}").ok();
            rig.pass(60);
            String path = "/v1/restore/default/r1";
            rig.client().delete(path).ok();
            assertThat(state(rig, "r1")).startsWith("Deleting");
            rig.pass(3);
            rig.client().get(path).refused(404, 5);
            assertThat(content(rig, "copy", "vm1-root")).isEqualTo("root of vm1");
        }
    }

    @Test
    void restoresAreListed() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b2", "vm1");
            rig.finished("b1", "vm1");
            rig.restore("r1", "b2", "'namespace_mapping':{'ns1':'a'}").ok();
            rig.restore("r2", "b1", "'namespace_mapping':{'ns1':'b'}").ok();
            String sorted =
                    "/v1/restore/default?enumerate_options.sort_option.sortBy.type=RestoreBackupName&enumerate_options.sort_option.sortOrder.type=1";
            assertThat(rig.client().get(sorted).names("restores")).containsExactly("r2", "r1");
            assertThat(rig.client()
                            .get("/v1/restore/default?enumerate_options.name_filter=r1")
                            .names("restores"))
                    .isEqualTo(List.of("r1"));
        }
    }

    @Test
    void theTimelineIsNotARestore() {
        try (Rig rig = Rig.of("3.1")) {
            rig.client().unchecked().get("/v1/restore/default/7/1").refused(501, 12);
        }
    }
}
