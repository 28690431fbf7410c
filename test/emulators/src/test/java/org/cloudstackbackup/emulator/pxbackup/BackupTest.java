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
import java.util.Map;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {
    @Test
    void aBackupGoesThroughItsStagesAndHoldsTheWholeMachine() {
        try (Rig rig = Rig.of("3.1")) {
            rig.backup("b1", "vm1").ok();
            assertThat(state(rig)).isEqualTo("Pending ");
            rig.pass(2);
            assertThat(state(rig)).isEqualTo("InProgress PreExecRule");
            rig.pass(2);
            assertThat(state(rig)).isEqualTo("InProgress Volumes");
            rig.pass(3);
            assertThat(state(rig)).isEqualTo("InProgress Applications");
            rig.pass(2);
            assertThat(state(rig)).isEqualTo("Success Final");
            JsonObject info = Tree.object(rig.inspect("b1").json(), "backup.backup_info");
            assertThat(Tree.text(info, "virtual_machines_total_count")).isEqualTo("1");
            assertThat(Tree.objects(info, "volumes"))
                    .extracting(each -> Tree.text(each, "pvc"))
                    .containsExactly("vm1-root", "vm1-data");
            assertThat(Tree.objects(info, "volumes"))
                    .allMatch(each -> Tree.text(each, "status.status").equals("Success"));
            assertThat(Tree.number(info, "total_size")).isEqualTo(3 * Rig.GIBIBYTE);
            assertThat(Tree.text(info, "completion_time_info.total_completion_time"))
                    .isEqualTo("2026-11-21T08:00:09Z");
            assertThat(Tree.text(info, "backup_type.type")).isEqualTo("Normal");
            assertThat(Tree.text(info, "cr_name")).matches("b1-[0-9a-f]{7}");
        }
    }

    private static String state(Rig rig) {
        Client.Reply reply = rig.inspect("b1").ok();
        return reply.at("backup.backup_info.status.status") + " " + reply.at("backup.backup_info.stage");
    }

    @Test
    void aCrashConsistentBackupIsNotFrozen() {
        try (Rig rig = Rig.of("3.1")) {
            rig.client()
                    .post("/v1/backup", rig.body("b1", "'skip_vm_auto_exec_rules':true", "vm1"))
                    .ok();
            rig.pass(2);
            assertThat(state(rig)).isEqualTo("InProgress Volumes");
        }
    }

    @Test
    void aMissingMachineIsSkippedWithoutAWord() {
        try (Rig rig = Rig.of("3.1")) {
            JsonObject one = rig.finished("b1", "vm1", "gone");
            assertThat(Tree.text(one, "status.status")).isEqualTo("Success");
            assertThat(Tree.text(one, "virtual_machines_total_count")).isEqualTo("1");
            JsonObject none = rig.finished("b2", "gone");
            assertThat(Tree.text(none, "status.status")).isEqualTo("Success");
            assertThat(none.has("virtual_machines_total_count")).isFalse();
            assertThat(none.has("volumes")).isFalse();
            rig.emulator().mishap(Mishap.of(Mishap.Kind.SILENT_EMPTY, "b3", ""));
            assertThat(rig.finished("b3", "vm1").has("virtual_machines")).isFalse();
            assertThat(rig.finished("b4", "vm1").has("virtual_machines")).isTrue();
        }
    }

    @Test
    void aVolumeCanBeLeftOutWithoutAWord() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.SILENT_LEFT_OUT, "b1", "vm1-data"));
            JsonObject info = rig.finished("b1", "vm1");
            assertThat(Tree.text(info, "status.status")).isEqualTo("Success");
            assertThat(Tree.objects(info, "volumes")).hasSize(1);
        }
    }

    @Test
    void aNamespaceInWhichNoMachineIsNamedGivesAllItsMachines() {
        try (Rig rig = Rig.of("3.1")) {
            rig.cluster().put(VirtualMachine.of("ns2", "vm3")).put(VirtualMachine.of("ns2", "vm4"));
            String body = rig.body("b1", "", "vm1").replace("['ns1']", "['ns1','ns2']");
            rig.client().post("/v1/backup", body).ok();
            rig.pass(60);
            assertThat(Tree.objects(rig.inspect("b1").json(), "backup.backup_info.virtual_machines"))
                    .extracting(each -> Tree.text(each, "name"))
                    .containsExactly("vm1", "vm3", "vm4");
        }
    }

    @Test
    void labelsAndSelectorsNarrowTheChoice() {
        try (Rig rig = Rig.of("3.1")) {
            rig.cluster()
                    .putNamespace("ns2", Map.of("env", "prod"))
                    .put(VirtualMachine.of("ns2", "vm3").withLabels(Map.of("app", "a", "tier", "x")))
                    .put(VirtualMachine.of("ns2", "vm4").withLabels(Map.of("app", "b")))
                    .put(VirtualMachine.of("ns2", "vm5"));
            assertThat(chosen(rig, "b1", "'ns_label_selectors':'env=prod'")).containsExactly("vm3", "vm4", "vm5");
            assertThat(chosen(rig, "b2", "'ns_label_selectors':'env in (prod, x)','label_selectors':{'app':'a'}"))
                    .containsExactly("vm3");
            assertThat(chosen(
                            rig,
                            "b3",
                            "'namespaces':['ns2'],'advanced_resource_label_selector':'app in (a,b),tier!=x'"))
                    .containsExactly("vm4");
            assertThat(chosen(rig, "b4", "'namespaces':['ns2'],'advanced_resource_label_selector':'!app'"))
                    .containsExactly("vm5");
            assertThat(chosen(rig, "b5", "'ns_label_selectors':'env=none'")).isEmpty();
            rig.client()
                    .post("/v1/backup", vmBackup(rig, "b6", "'ns_label_selectors':'env==x=y'"))
                    .refused(400, 3);
        }
    }

    private static List<String> chosen(Rig rig, String name, String more) {
        rig.client().post("/v1/backup", vmBackup(rig, name, more)).ok();
        rig.pass(120);
        assertThat(rig.status(name)).isEqualTo("Success");
        return Tree.objects(rig.inspect(name).json(), "backup.backup_info.virtual_machines").stream()
                .map(each -> Tree.text(each, "name"))
                .toList();
    }

    private static String vmBackup(Rig rig, String name, String more) {
        return ("{'metadata':{'name':'%s','org_id':'default'},'backup_location_ref':%s,'cluster_ref':%s,"
                        + "'backup_object_type':{'type':2},%s}")
                .formatted(name, rig.ref("backup_location", "bl"), rig.ref("cluster", "cl"), more);
    }

    @ParameterizedTest
    @CsvSource({
        "2.9, vm1-data, PartialSuccess",
        "2.10, vm1-data, PartialSuccess",
        "2.11, vm1-data, Failed",
        "3.1, vm1-data, Failed",
        "2.10, vm1-.*, Failed",
        "3.1, vm1-.*, Failed"
    })
    void oneBadDiskOfOneMachineCountsByLine(String dialect, String claim, String expected) {
        try (Rig rig = Rig.of(dialect)) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", claim));
            JsonObject info = rig.finished("b1", "vm1");
            assertThat(Tree.text(info, "status.status")).isEqualTo(expected);
            assertThat(Tree.text(info, "virtual_machines_failed_count")).isEqualTo("1");
            assertThat(Tree.objects(info, "volumes"))
                    .filteredOn(each -> Tree.text(each, "pvc").equals("vm1-data"))
                    .allMatch(each -> Tree.text(each, "status.reason").equals("made to fail"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.11", "3.1"})
    void oneBadMachineOfTwoIsPartialEverywhere(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_FREEZE, "b1", "vm2"));
            JsonObject info = rig.finished("b1", "vm1", "vm2");
            assertThat(Tree.text(info, "status.status")).isEqualTo("PartialSuccess");
            assertThat(Tree.objects(info, "virtual_machines"))
                    .extracting(each -> Tree.text(each, "status.status"))
                    .containsExactly("Success", "Failed");
        }
    }

    @Test
    void beforePerMachineStatesAFreezeFailureFailsTheBackup() {
        try (Rig rig = Rig.of("2.8")) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_FREEZE, "b1", "vm2"));
            JsonObject info = rig.finished("b1", "vm1", "vm2");
            assertThat(Tree.text(info, "status.status")).isEqualTo("Failed");
            assertThat(info.has("virtual_machines")).isFalse();
        }
    }

    @Test
    void aStoppedMachineIsNotFrozen() {
        try (Rig rig = Rig.of("3.1")) {
            rig.cluster().phase("ns1", "vm1", VirtualMachine.Phase.STOPPED);
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_FREEZE, "b1", "vm1"));
            assertThat(Tree.text(rig.finished("b1", "vm1"), "status.status")).isEqualTo("Success");
        }
    }

    @Test
    void whatTheEngineRefusesFailsTheBackup() {
        try (Rig rig = Rig.of("3.1")) {
            rig.client()
                    .post("/v1/backup", rig.body("b1", "'resource_types':['Secret']", "vm1"))
                    .ok();
            rig.client()
                    .post("/v1/backup", rig.body("b2", "", "vm1").replace("['ns1']", "['nope']"))
                    .ok();
            rig.pass(60);
            assertThat(reason(rig, "b1")).contains("resource types");
            assertThat(reason(rig, "b2")).contains("namespaces \"nope\" not found");
        }
    }

    private static String reason(Rig rig, String backup) {
        Client.Reply reply = rig.inspect(backup);
        assertThat(reply.at("backup.backup_info.status.status")).isEqualTo("Failed");
        assertThat(reply.at("backup.backup_info.stage")).isEqualTo("Final");
        return reply.at("backup.backup_info.status.reason");
    }

    @Test
    void customRulesNeedTheSkipFlag() {
        try (Rig rig = Rig.of("3.1")) {
            rig.client()
                    .post("/v1/rule", "{'metadata':{'name':'r','org_id':'default'},'rules_info':{}}")
                    .ok();
            String rule = "'pre_exec_rule_ref':" + rig.ref("rule", "r");
            rig.client().post("/v1/backup", rig.body("b1", rule, "vm1")).ok();
            rig.client()
                    .post("/v1/backup", rig.body("b2", rule + ",'skip_vm_auto_exec_rules':true", "vm1"))
                    .ok();
            rig.pass(60);
            assertThat(rig.status("b1")).isEqualTo("Failed");
            assertThat(rig.status("b2")).isEqualTo("Success");
        }
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        try (Rig rig = Rig.of("3.1")) {
            Client client = rig.client();
            rig.backup("b1", "vm1").ok();
            rig.backup("b1", "vm1").refused(409, 6);
            client.post("/v1/backup", rig.body("", "", "vm1")).refused(400, 3);
            client.post("/v1/backup", rig.body("x".repeat(500), "", "vm1")).refused(400, 3);
            client.post("/v1/backup", rig.body("b2", "", "vm1").replace("'default'", "'nowhere'"))
                    .refused(404, 5);
            client.post("/v1/backup", rig.body("b2", "", "vm1").replace("'name':'cl'", "'name':'other'"))
                    .refused(404, 5);
            client.post("/v1/backup", "{'metadata':{'name':'b2','org_id':'default'}}")
                    .refused(400, 3);
            client.post("/v1/backup", rig.body("b2", "", "vm1").replace("['ns1']", "['ns1','ns1']"))
                    .refused(400, 3);
            rig.emulator().status("cluster", "cl", "Offline");
            rig.backup("b2", "vm1").refused(400, 9);
            rig.emulator().status("cluster", "cl", "Online");
            rig.emulator().status("backup_location", "bl", "ValidationFailed");
            rig.backup("b2", "vm1").refused(400, 9);
            assertThat(rig.emulator().names("backup")).containsExactly("b1");
        }
    }

    @Test
    void anUpdateChangesLabelsOwnershipAndCredentialOnly() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            String credential = rig.client()
                    .post(
                            "/v1/cloudcredential",
                            "{'metadata':{'name':'cc','org_id':'default','uid':'chosen'},'cloud_credential':{'type':1}}")
                    .ok()
                    .at("cloud_credential.metadata.uid");
            assertThat(credential).isEqualTo("chosen");
            String uid = rig.emulator().uid("backup", "b1");
            rig.client()
                    .unchecked()
                    .put(
                            "/v1/backup",
                            "{'metadata':{'name':'b1','org_id':'default','uid':'" + uid
                                    + "','labels':{'k':'v'},'ownership':{'owner':'id-of-other','public':{'type':'Read'}}},'cloud_credential_ref':{'name':'cc'},'namespaces':['zzz']}")
                    .ok();
            Client.Reply reply = rig.inspect("b1");
            assertThat(Tree.map(reply.json(), "backup.metadata.labels")).containsOnly(Map.entry("k", "v"));
            assertThat(reply.at("backup.metadata.owner")).isEqualTo("id-of-other");
            assertThat(reply.at("backup.backup_info.cloud_credential_ref.uid")).isEqualTo("chosen");
            assertThat(Tree.texts(reply.json(), "backup.backup_info.namespaces"))
                    .containsExactly("ns1");
        }
    }

    @Test
    void aDeletedBackupIsGoneAfterAWhile() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            String path = "/v1/backup/default/b1?uid=" + rig.emulator().uid("backup", "b1");
            rig.client().delete(path + "wrong").refused(404, 5);
            rig.client().delete(path + "&cluster_ref.name=cl").ok();
            assertThat(rig.status("b1")).isEqualTo("Deleting");
            rig.client().delete(path).ok();
            rig.pass(3);
            assertThat(rig.client().get(path).refused(404, 5).text()).contains("object not found");
            rig.client().delete(path).refused(404, 5);
        }
    }

    @Test
    void aRunningBackupIsStoppedBeforeItIsDeleted() {
        try (Rig rig = Rig.of("3.1")) {
            rig.backup("b1", "vm1").ok();
            rig.pass(3);
            rig.client()
                    .delete("/v1/backup/default/b1?uid=" + rig.emulator().uid("backup", "b1"))
                    .ok();
            rig.pass(2);
            assertThat(rig.status("b1")).isEqualTo("Deleting");
            rig.pass(1);
            assertThat(rig.emulator().names("backup")).isEmpty();
        }
    }

    @Test
    void onlyFiveAreDeletedAtATime() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().addBackups("cl", "bl", "s", 12);
            for (String name : rig.emulator().names("backup")) {
                rig.client()
                        .delete("/v1/backup/default/" + name + "?uid="
                                + rig.emulator().uid("backup", name))
                        .ok();
            }
            rig.pass(3);
            assertThat(rig.emulator().names("backup")).hasSize(7);
            rig.pass(3);
            assertThat(rig.emulator().names("backup")).hasSize(2);
            rig.pass(3);
            assertThat(rig.emulator().names("backup")).isEmpty();
        }
    }

    @Test
    void deletingCanHangOrFailOrWaitForTheCluster() {
        try (Rig rig = Rig.of("3.1")) {
            for (String name : List.of("b1", "b2", "b3")) {
                rig.finished(name, "vm1");
            }
            rig.emulator().mishap(Mishap.of(Mishap.Kind.STUCK_DELETING, "b1", ""));
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_DELETE, "b2", ""));
            delete(rig, "b1");
            delete(rig, "b2");
            rig.pass(600);
            assertThat(rig.status("b1")).isEqualTo("Deleting");
            assertThat(rig.status("b2")).isEqualTo("Failed");
            delete(rig, "b3");
            rig.emulator().status("cluster", "cl", "Offline");
            rig.pass(600);
            assertThat(rig.status("b3")).isEqualTo("Deleting");
            rig.emulator().status("cluster", "cl", "Online");
            rig.pass(10);
            assertThat(rig.emulator().names("backup")).containsExactly("b1", "b2");
        }
    }

    private static void delete(Rig rig, String name) {
        rig.client()
                .delete("/v1/backup/default/" + name + "?uid=" + rig.emulator().uid("backup", name))
                .ok();
    }

    @Test
    void anOrphanedBackupIsDeletedThroughAnotherCluster() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.emulator().addCluster("other", "UTC");
            String path = "/v1/backup/default/b1?uid=" + rig.emulator().uid("backup", "b1");
            rig.client()
                    .delete("/v1/cluster/default/cl?uid=" + rig.emulator().uid("cluster", "cl"))
                    .ok();
            rig.pass(10);
            assertThat(rig.client().delete(path).refused(404, 5).text())
                    .contains("failed to retrieve cluster [cl]: object not found");
            rig.client().delete(path + "&force=true").refused(400, 9);
            rig.client().delete(path + "&cluster_ref.name=other").ok();
            rig.pass(3);
            assertThat(rig.emulator().names("backup")).isEmpty();
        }
    }

    @Test
    void anObjectLockKeepsABackup() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().addLocation("locked", 7);
            rig.client()
                    .post(
                            "/v1/backup",
                            rig.body("b1", "", "vm1")
                                    .replace(rig.ref("backup_location", "bl"), rig.ref("backup_location", "locked")))
                    .ok();
            rig.pass(60);
            assertThat(rig.inspect("b1").at("backup.backup_info.retention_period"))
                    .isEqualTo("7");
            String path = "/v1/backup/default/b1?uid=" + rig.emulator().uid("backup", "b1");
            assertThat(rig.client().delete(path).refused(400, 9).text()).contains("2026-11-28T08:00:00Z");
            rig.emulator().advance(Duration.ofDays(7));
            rig.client().delete(path).ok();
        }
    }

    @Test
    void dataThatVanishesIsNoticedLater() {
        try (Rig rig = Rig.of("3.1")) {
            rig.finished("b1", "vm1");
            rig.emulator().loseData("bl");
            assertThat(rig.status("b1")).isEqualTo("Success");
            rig.pass(60);
            assertThat(rig.status("b1")).isEqualTo("CloudBackupMissing");
            rig.restore("r1", "b1", "").refused(400, 9);
        }
    }

    @ParameterizedTest
    @CsvSource({"Pending,Pending", "InProgress,InProgress", "Captured,Captured"})
    void aBackupCanStickInAState(String state, String expected) {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.STUCK, "b1", state));
            rig.backup("b1", "vm1").ok();
            rig.emulator().advance(Duration.ofDays(2));
            assertThat(rig.status("b1")).isEqualTo(expected);
        }
    }

    @Test
    void aBackupCanBeAbortedOrLoseItsManifestsOrItsCluster() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.ABORT, "b1", ""));
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_UPLOAD, "b2", ""));
            JsonObject aborted = rig.finished("b1", "vm1");
            assertThat(Tree.text(aborted, "status.status")).isEqualTo("Aborted");
            assertThat(aborted.has("virtual_machines")).isFalse();
            assertThat(Tree.text(rig.finished("b2", "vm1"), "status.status")).isEqualTo("Failed");
            rig.backup("b3", "vm1").ok();
            rig.pass(5);
            rig.emulator().status("cluster", "cl", "Offline");
            rig.pass(60);
            assertThat(rig.status("b3")).isEqualTo("Failed");
        }
    }

    @Test
    void aRetryBacksUpTheFailedMachinesOnly() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", "vm2-data"));
            rig.finished("b1", "vm1", "vm2");
            String target =
                    "'org_id':'default','name':'b1','uid':'" + rig.emulator().uid("backup", "b1") + "'";
            rig.client()
                    .put(
                            "/v1/backup/retryBackupResources",
                            "{" + target + ",'include_resources':[" + Rig.vm("vm1") + "]}")
                    .refused(400, 3);
            String name = rig.client()
                    .put("/v1/backup/retryBackupResources", "{" + target + "}")
                    .ok()
                    .at("backup.metadata.name");
            assertThat(name).matches("b1-retry1-\\d{10}");
            rig.pass(60);
            Client.Reply retried = rig.inspect(name);
            assertThat(retried.at("backup.backup_info.status.status")).isEqualTo("Success");
            assertThat(retried.at("backup.backup_info.retry_parent.name")).isEqualTo("b1");
            assertThat(retried.at("backup.backup_info.virtual_machines_total_count"))
                    .isEqualTo("1");
            assertThat(rig.status("b1")).isEqualTo("PartialSuccess");
            assertThat(rig.client()
                            .put("/v1/backup/retryBackupResources", "{" + target + "}")
                            .ok()
                            .at("backup.metadata.name"))
                    .startsWith("b1-retry2-");
            String good = "{'org_id':'default','name':'" + name + "'}";
            rig.client().put("/v1/backup/retryBackupResources", good).refused(400, 9);
        }
    }

    @Test
    void detailsComeFromASyncAndHideFailuresUnlessAsked() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", "vm2-data"));
            rig.finished("b1", "vm1", "vm2");
            String uid = rig.emulator().uid("backup", "b1");
            assertThat(details(rig, uid, "").at("backup.resources_sync_status_info.status"))
                    .isEqualTo("Pending");
            rig.pass(1);
            assertThat(details(rig, uid, "").at("backup.resources_sync_status_info.status"))
                    .isEqualTo("InProgress");
            rig.pass(1);
            Client.Reply plain = details(rig, uid, "");
            assertThat(plain.at("backup.resources_sync_status_info.status")).isEqualTo("Completed");
            assertThat(machines(plain)).containsExactly("vm1");
            assertThat(machines(details(rig, uid, ",'filter':{'status':['Failed']}")))
                    .containsExactly("vm2");
            assertThat(machines(details(
                            rig, uid, ",'filter':{'status':['Success','Failed'],'max_objects':1,'object_index':1}")))
                    .containsExactly("vm2");
            assertThat(machines(details(
                            rig,
                            uid,
                            ",'filter':{'virtual_machine_filter':{'exclude_vms':[{'name':'vm1','namespace':'ns1'}]}}")))
                    .isEmpty();
            assertThat(details(rig, uid, ",'force_resync':true").at("backup.resources_sync_status_info.status"))
                    .isEqualTo("Pending");
            assertThat(details(rig, uid, ",'sync_namespaces_only':true").has("backup.namespace_sync_status_info"))
                    .isTrue();
        }
    }

    private static Client.Reply details(Rig rig, String uid, String more) {
        return rig.client()
                .post(
                        "/v1/backup/getbackupresourcedetails",
                        "{'org_id':'default','name':'b1','uid':'" + uid + "'" + more + "}")
                .ok();
    }

    private static List<String> machines(Client.Reply reply) {
        return Tree.objects(reply.json(), "backup.resource_details.virtual_machine_list.virtual_machines").stream()
                .map(each -> Tree.text(each, "vm_info.name"))
                .toList();
    }

    @Test
    void aVolumePolicyKeepsDataOut() {
        try (Rig rig = Rig.of("3.1")) {
            rig.cluster()
                    .put(Claim.of("ns1", "csi-disk", Rig.GIBIBYTE, "x").withProvisioner("fast", "csi.example.com"));
            rig.cluster().put(VirtualMachine.of("ns1", "vm9", "vm1-root", "csi-disk"));
            rig.client()
                    .post(
                            "/v1/volumeresourceonlypolicy",
                            "{'metadata':{'name':'v','org_id':'default'},'volume_resource_only_policy':{'volume_types':['Portworx']}}")
                    .ok();
            rig.client()
                    .post("/v1/backup", rig.body("b1", "'volume_resource_only_policy_ref':{'name':'v'}", "vm9"))
                    .ok();
            rig.pass(60);
            List<JsonObject> volumes = Tree.objects(rig.inspect("b1").json(), "backup.backup_info.volumes");
            assertThat(volumes).extracting(each -> Tree.text(each, "pvc")).containsExactly("csi-disk");
            assertThat(Tree.text(volumes.get(0), "backup_mode.type")).isEqualTo("NotSupported");
            assertThat(Tree.text(volumes.get(0), "driver_name")).isEqualTo("csi");
        }
    }

    @Test
    void aNameMayBeUsedAgainAndGetsAnotherUid() {
        try (Rig rig = Rig.of("3.1")) {
            rig.backup("b1", "vm1").ok();
            String first = rig.emulator().uid("backup", "b1");
            rig.emulator().remove("backup", "b1");
            rig.backup("b1", "vm1").ok();
            assertThat(rig.emulator().uid("backup", "b1")).isNotEqualTo(first);
            rig.client().get("/v1/backup/default/b1?uid=" + first).refused(404, 5);
        }
    }
}
