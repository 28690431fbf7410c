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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static JsonObject inspect(Rig rig, String name) {
        String path =
                "/v1/backupschedule/default/" + name + "?uid=" + rig.emulator().uid("backup_schedule", name);
        return Tree.object(rig.client().get(path).ok().json(), "backup_schedule.backup_schedule_info");
    }

    private static Client.Reply update(Rig rig, String name, String more) {
        String uid = rig.emulator().uid("backup_schedule", name);
        return rig.client()
                .put(
                        "/v1/backupschedule",
                        "{'metadata':{'name':'" + name + "','org_id':'default','uid':'" + uid + "'}" + more + "}");
    }

    private static List<JsonObject> runs(Rig rig, String name, String kind) {
        return Tree.objects(inspect(rig, name), "backup_status." + kind + ".status");
    }

    @Test
    void anIntervalScheduleRunsAtOnceAndThenInItsInterval() {
        try (Rig rig = Rig.of("3.1")) {
            Client.Reply created = rig.schedule("gold", "").ok();
            String uid = created.at("backup_schedule.metadata.uid");
            assertThat(created.at("backup_schedule.backup_schedule_info.reclaim_policy"))
                    .isEqualTo("Retain");
            rig.pass(2);
            assertThat(rig.emulator().names("backup"))
                    .containsExactly("gold-" + uid.replace("-", "").substring(0, 7) + "-interval-2026-11-21-080002");
            rig.pass(15 * 60);
            assertThat(rig.emulator().names("backup")).hasSize(2);
            Client.Reply backup = rig.inspect(rig.emulator().names("backup").get(0));
            assertThat(backup.at("backup.backup_info.backup_schedule.name")).isEqualTo("gold");
            assertThat(backup.at("backup.backup_info.schedule_policy_ref.name")).isEqualTo("every-15");
            assertThat(backup.has("backup.metadata.labels")).isFalse();
            List<JsonObject> runs = runs(rig, "gold", "interval");
            assertThat(runs).extracting(each -> Tree.text(each, "status")).containsExactly("Success", "Pending");
            assertThat(Tree.text(runs.get(0), "finish_time")).isEqualTo("2026-11-21T08:00:11Z");
        }
    }

    @Test
    void incrementsFollowAFullBackupAndOldOnesWaitForThem() {
        try (Rig rig = Rig.of("3.1")) {
            rig.schedule("gold", "").ok();
            rig.pass(60);
            rig.cluster().write("ns1", "vm1-root", "changed".getBytes(java.nio.charset.StandardCharsets.UTF_8), 1000);
            rig.pass(15 * 60);
            List<String> names = rig.emulator().names("backup");
            JsonObject volume = Tree.objects(rig.inspect(names.get(1)).json(), "backup.backup_info.volumes")
                    .get(0);
            assertThat(Tree.text(volume, "backup_mode.type")).isEqualTo("Incremental");
            assertThat(Tree.text(volume, "actual_size")).isEqualTo("1000");
            assertThat(Tree.text(volume, "backup_id")).endsWith("-incr");
            rig.client()
                    .delete("/v1/backup/default/" + names.get(0) + "?uid="
                            + rig.emulator().uid("backup", names.get(0)))
                    .ok();
            rig.pass(10);
            Client.Reply waiting = rig.inspect(names.get(0));
            assertThat(waiting.at("backup.backup_info.status.status")).isEqualTo("DeletePending");
            assertThat(waiting.at("backup.backup_info.status.reason")).endsWith(": " + names.get(1));
            rig.client()
                    .delete("/v1/backup/default/" + names.get(1) + "?uid="
                            + rig.emulator().uid("backup", names.get(1)))
                    .ok();
            rig.pass(3);
            assertThat(rig.emulator().names("backup")).isEmpty();
        }
    }

    @Test
    void afterSoManyIncrementsComesAFullOne() {
        try (Rig rig = Rig.of("3.1")) {
            rig.schedule("gold", "").ok();
            rig.pass(2 * 60);
            StringBuilder modes = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                String newest = rig.emulator()
                        .names("backup")
                        .get(rig.emulator().names("backup").size() - 1);
                modes.append(Tree.text(
                                Tree.objects(rig.inspect(newest).json(), "backup.backup_info.volumes")
                                        .get(0),
                                "backup_mode.type")
                        .charAt(0));
                rig.pass(15 * 60);
            }
            assertThat(modes).hasToString("FIIFI");
        }
    }

    @Test
    void theNewestSuccessesAreKeptAndFailuresDoNotCount() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().addPolicy("plain", "{\"interval\":{\"minutes\":15,\"retain\":2}}");
            rig.client()
                    .post(
                            "/v1/backupschedule",
                            rig.body("gold", "'schedule_policy_ref':" + rig.ref("schedule_policy", "plain"), "vm1"))
                    .ok();
            rig.pass(60);
            rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "gold-.*", ".*"));
            rig.pass(15 * 60);
            rig.pass(15 * 60);
            assertThat(states(rig)).containsExactly("Success", "Failed", "Success");
            rig.pass(15 * 60);
            assertThat(states(rig))
                    .as("whatever is older than the second success is gone")
                    .containsExactly("Success", "Success");
            rig.emulator().advance(Duration.ofDays(1));
            assertThat(states(rig)).hasSize(2);
            assertThat(runs(rig, "gold", "interval")).hasSize(2);
        }
    }

    private static List<String> states(Rig rig) {
        return rig.emulator().names("backup").stream()
                .map(each -> rig.emulator().status("backup", each))
                .toList();
    }

    @Test
    void aRunIsLeftOutWhileTheOneBeforeGoesOnUnlessParallel() {
        for (boolean parallel : new boolean[] {false, true}) {
            try (Rig rig = Rig.of("3.1")) {
                rig.emulator().mishap(Mishap.of(Mishap.Kind.STUCK, "gold-.*", "InProgress"));
                rig.schedule("gold", parallel ? "'parallel_backup':true" : "").ok();
                rig.pass(50 * 60);
                assertThat(rig.emulator().names("backup")).hasSize(parallel ? 4 : 1);
            }
        }
    }

    @Test
    void kindsThatAreDueTogetherFollowEachOther() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator()
                    .addPolicy(
                            "all",
                            "{\"monthly\":{\"date\":22,\"time\":\"03:00AM\",\"retain\":1},\"weekly\":{\"day\":\"sunday\",\"time\":\"3:00am\",\"retain\":1},\"daily\":{\"time\":\"03:00AM\",\"retain\":1}}");
            rig.client()
                    .post(
                            "/v1/backupschedule",
                            rig.body("gold", "'schedule_policy_ref':" + rig.ref("schedule_policy", "all"), "vm1"))
                    .ok();
            rig.emulator().advance(Duration.ofHours(19));
            rig.pass(1);
            assertThat(rig.emulator().names("backup"))
                    .singleElement()
                    .asString()
                    .contains("-daily-2026-11-22-030000");
            rig.pass(60);
            assertThat(rig.emulator().names("backup")).hasSize(3);
            assertThat(rig.emulator().names("backup").get(1)).contains("-weekly-2026-11-22-0300");
            assertThat(rig.emulator().names("backup").get(2)).contains("-monthly-2026-11-22-0300");
        }
    }

    @Test
    void timesOfDayAreThoseOfTheCluster() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator()
                    .addCluster("berlin", "Europe/Berlin")
                    .put(org.cloudstackbackup.emulator.kubevirt.VirtualMachine.of("ns1", "vm1"));
            rig.emulator().addPolicy("nightly", "{\"daily\":{\"time\":\"02:30AM\",\"retain\":1}}");
            rig.client()
                    .post(
                            "/v1/backupschedule",
                            rig.body("gold", "'schedule_policy_ref':" + rig.ref("schedule_policy", "nightly"), "vm1")
                                    .replace(rig.ref("cluster", "cl"), rig.ref("cluster", "berlin")))
                    .ok();
            rig.emulator().advance(Duration.ofDays(1));
            assertThat(rig.emulator().names("backup"))
                    .singleElement()
                    .asString()
                    .endsWith("-daily-2026-11-22-013000");
        }
    }

    @Test
    void aScheduleIsSuspendedAndResumed() {
        try (Rig rig = Rig.of("3.1")) {
            rig.schedule("gold", "").ok();
            rig.pass(60);
            update(rig, "gold", ",'suspend':true").ok();
            assertThat(Tree.text(inspect(rig, "gold"), "status.status")).isEqualTo("Suspending");
            assertThat(Tree.text(inspect(rig, "gold"), "suspended_by.source")).isEqualTo("User");
            rig.pass(1);
            assertThat(Tree.text(inspect(rig, "gold"), "status.status")).isEqualTo("Success");
            rig.emulator().advance(Duration.ofDays(1));
            assertThat(rig.emulator().names("backup")).hasSize(1);
            update(rig, "gold", "").ok();
            assertThat(Tree.flag(inspect(rig, "gold"), "suspend"))
                    .as("an update without the flag resumes")
                    .isFalse();
            rig.pass(2);
            assertThat(rig.emulator().names("backup")).hasSize(2);
        }
    }

    @Test
    void anUpdateKeepsWhatItLeavesOutAndIgnoresWhatCannotChange() {
        try (Rig rig = Rig.of("3.1")) {
            rig.schedule("gold", "'reclaim_policy':'Delete','skip_vm_auto_exec_rules':true")
                    .ok();
            update(rig, "gold", ",'suspend':true,'remark':'why'").ok();
            JsonObject info = inspect(rig, "gold");
            assertThat(Tree.text(info, "reclaim_policy")).isEqualTo("Delete");
            assertThat(Tree.texts(info, "namespaces")).containsExactly("ns1");
            assertThat(Tree.objects(info, "include_resources")).hasSize(1);
            assertThat(Tree.flag(info, "skip_vm_auto_exec_rules"))
                    .as("plain flags are overwritten")
                    .isFalse();
            assertThat(Tree.text(info, "remark.comment")).isEqualTo("why");
            rig.emulator().addPolicy("other", "{\"daily\":{\"time\":\"02:30AM\"}}");
            update(rig, "gold", ",'schedule_policy_ref':{'name':'other'},'namespaces':['ns2'],'reclaim_policy':2")
                    .ok();
            info = inspect(rig, "gold");
            assertThat(Tree.text(info, "schedule_policy")).isEqualTo("other");
            assertThat(Tree.texts(info, "namespaces")).containsExactly("ns2");
            assertThat(Tree.text(info, "reclaim_policy")).isEqualTo("Retain");
            rig.client()
                    .unchecked()
                    .put(
                            "/v1/backupschedule",
                            "{'metadata':{'name':'gold','org_id':'default'},'backup_type':'Generic','cluster_ref':{'name':'no'}}")
                    .ok();
            assertThat(Tree.text(inspect(rig, "gold"), "backup_type.type")).isEqualTo("Normal");
        }
    }

    @Test
    void theTwoObjectTypesAreNotTheSame() {
        try (Rig rig = Rig.of("3.1")) {
            rig.schedule("gold", "").ok();
            rig.client()
                    .unchecked()
                    .put(
                            "/v1/backupschedule",
                            "{'metadata':{'org_id':'default'},'include_filter':'*','backup_object_type':{'type':'VirtualMachine'}}")
                    .refused(400, 3);
            suspendAll(rig, "'backup_object_type':{'type':1}");
            assertThat(Tree.flag(inspect(rig, "gold"), "suspend"))
                    .as("1 means namespaces here")
                    .isFalse();
            suspendAll(rig, "'backup_object_type':{'type':2}");
            assertThat(Tree.flag(inspect(rig, "gold"), "suspend")).isTrue();
        }
    }

    private static void suspendAll(Rig rig, String selector) {
        rig.client()
                .put(
                        "/v1/backupschedule",
                        "{'metadata':{'org_id':'default'},'suspend':true,'include_filter':'*'," + selector + "}")
                .ok();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "'include_filter':'gold-.*'|silver",
                "'include_filter':'*','exclude_filter':'silver'|silver",
                "'include_objects':[{'name':'gold-1'}]|gold-2 silver",
                "'policy_ref':[{'name':'every-15'}],'exclude_objects':[{'name':'gold-2'}]|gold-2",
                "'include_filter':'*','cluster_scope':{'cluster_refs':{'refs':[{'name':'nowhere'}]}}|gold-1 gold-2 silver",
                "'cluster_scope':{'all_clusters':true}|",
                "'include_filter':'old','backup_object_type':{'type':'All'}|silver"
            })
    void manySchedulesAreDeletedBySelectors(String selector, String left) {
        try (Rig rig = Rig.of("3.1")) {
            for (String name : List.of("gold-1", "gold-2", "silver")) {
                rig.schedule(name, "").ok();
            }
            rig.client()
                    .post("/v1/backupschedule/default/delete", "{" + selector + "}")
                    .ok();
            rig.pass(3);
            assertThat(String.join(" ", rig.emulator().names("backup_schedule")))
                    .isEqualTo(left == null ? "" : left);
        }
    }

    @Test
    void aSelectionMustSayWhat() {
        try (Rig rig = Rig.of("3.1")) {
            rig.client().post("/v1/backupschedule/default/delete", "{}").refused(400, 3);
            rig.client()
                    .post(
                            "/v1/backupschedule/default/delete",
                            "{'include_filter':'*','include_objects':[{'name':'a'}]}")
                    .refused(400, 3);
            rig.client()
                    .put("/v1/backupschedule", "{'metadata':{'org_id':'default'},'suspend':true}")
                    .refused(400, 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"Delete,0", "Retain,1"})
    void theReclaimPolicyDecidesOverTheBackupsOfADeletedSchedule(String policy, int left) {
        try (Rig rig = Rig.of("3.1")) {
            rig.schedule("gold", "'reclaim_policy':'" + policy + "'").ok();
            rig.pass(60);
            rig.client()
                    .delete("/v1/backupschedule/default/gold?uid="
                            + rig.emulator().uid("backup_schedule", "gold"))
                    .ok();
            assertThat(rig.emulator().status("backup_schedule", "gold")).isEqualTo("Deleting");
            rig.pass(60);
            assertThat(rig.emulator().names("backup_schedule")).isEmpty();
            assertThat(rig.emulator().names("backup")).hasSize(left);
        }
    }

    @Test
    void aScheduledMachineThatIsGoneGivesEmptySuccesses() {
        try (Rig rig = Rig.of("3.1")) {
            rig.cluster().removeMachine("ns1", "vm1");
            rig.schedule("gold", "").ok();
            rig.pass(60);
            Client.Reply run = rig.inspect(rig.emulator().names("backup").get(0));
            assertThat(run.at("backup.backup_info.status.status")).isEqualTo("Success");
            assertThat(run.has("backup.backup_info.volumes")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"2.9,Failed", "2.10,PartialSuccess", "3.1,PartialSuccess"})
    void aNamespaceThatIsGoneCountsByLine(String dialect, String expected) {
        try (Rig rig = Rig.of(dialect)) {
            rig.cluster().put(org.cloudstackbackup.emulator.kubevirt.VirtualMachine.of("ns2", "vm3"));
            String body = rig.body("gold", "'schedule_policy_ref':" + rig.ref("schedule_policy", "every-15"), "vm1")
                    .replace("['ns1']", "['ns1','ns2']");
            rig.client().post("/v1/backupschedule", body).ok();
            rig.cluster().removeNamespace("ns2");
            rig.pass(60);
            String run = rig.emulator().names("backup").get(0);
            assertThat(rig.status(run)).isEqualTo(expected);
            assertThat(Tree.texts(rig.inspect(run).json(), "backup.backup_info.missing_namespaces"))
                    .hasSize(expected.equals("Failed") ? 0 : 1);
        }
    }

    @Test
    void objectLockAndPolicyMustFit() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().addLocation("locked", 7);
            rig.emulator()
                    .addPolicy("lock", "{\"interval\":{\"minutes\":60},\"for_object_lock\":true,\"auto_delete\":true}");
            String plain = rig.body("gold", "'schedule_policy_ref':" + rig.ref("schedule_policy", "every-15"), "vm1");
            String locked = plain.replace(rig.ref("backup_location", "bl"), rig.ref("backup_location", "locked"));
            rig.client().post("/v1/backupschedule", locked).refused(400, 9);
            String fitting = locked.replace(rig.ref("schedule_policy", "every-15"), rig.ref("schedule_policy", "lock"));
            rig.client().post("/v1/backupschedule", fitting).ok();
            rig.pass(60);
            String run = rig.emulator().names("backup").get(0);
            assertThat(rig.status(run)).isEqualTo("Success");
            update(rig, "gold", ",'suspend':true").ok();
            rig.emulator().advance(Duration.ofDays(8));
            assertThat(rig.emulator().names("backup"))
                    .as("deleted when the lock has ended")
                    .isEmpty();
        }
    }

    @Test
    void aPolicyInUseStays() {
        try (Rig rig = Rig.of("3.1")) {
            rig.schedule("gold", "").ok();
            String path =
                    "/v1/schedulepolicy/default/every-15?uid=" + rig.emulator().uid("schedule_policy", "every-15");
            assertThat(Tree.texts(
                            rig.client().get(path).json(), "schedule_policy.schedule_policy_info.backup_schedule"))
                    .containsExactly("gold");
            rig.client().delete(path).refused(400, 9);
            rig.client()
                    .delete("/v1/backupschedule/default/gold?uid="
                            + rig.emulator().uid("backup_schedule", "gold"))
                    .ok();
            rig.pass(3);
            rig.client().delete(path).ok();
        }
    }

    @Test
    void aScheduleNeedsWhatItRefersTo() {
        try (Rig rig = Rig.of("3.1")) {
            rig.client().post("/v1/backupschedule", rig.body("gold", "", "vm1")).refused(400, 3);
            rig.client()
                    .post("/v1/backupschedule", rig.body("gold", "'schedule_policy_ref':{'name':'none'}", "vm1"))
                    .refused(404, 5);
            rig.schedule("gold", "").ok();
            rig.schedule("gold", "").refused(409, 6);
        }
    }

    @Test
    void schedulesAreListedByTheirFilters() {
        try (Rig rig = Rig.of("3.1")) {
            rig.schedule("gold", "").ok();
            rig.schedule("silver", "").ok();
            String base = "/v1/backupschedule/default";
            assertThat(rig.client().get(base).names("backup_schedules")).hasSize(2);
            assertThat(rig.client()
                            .get(base + "?enumerate_options.name_filter=old")
                            .names("backup_schedules"))
                    .containsExactly("gold");
            assertThat(rig.client().get(base + "?backup_location_ref.name=none").has("backup_schedules"))
                    .isFalse();
            assertThat(rig.client().get(base + "?labels%5Bacs-vm%5D=vm1").names("backup_schedules"))
                    .hasSize(2);
            assertThat(rig.client().get(base + "?labels%5Bacs-vm%5D=x").names("backup_schedules"))
                    .isEmpty();
            assertThat(rig.client()
                            .post(
                                    base + "/enumerate",
                                    "{'enumerate_options':{'max_objects':1,'sort_option':{'sortBy':{'type':2},'sortOrder':{'type':1}}}}")
                            .names("backup_schedules"))
                    .containsExactly("gold");
            assertThat(rig.client()
                            .post(
                                    base + "/enumerate",
                                    "{'enumerate_options':{'schedule_policy_ref':[{'name':'none'}]}}")
                            .has("backup_schedules"))
                    .isFalse();
        }
    }

    @Test
    void aBucketThatKeepsTooShortFailsTheRun() {
        try (Rig rig = Rig.of("3.1")) {
            rig.emulator().addLocation("short", 6);
            rig.emulator().addPolicy("lock", "{\"daily\":{\"time\":\"09:00AM\"},\"for_object_lock\":true}");
            String body = rig.body("gold", "'schedule_policy_ref':" + rig.ref("schedule_policy", "lock"), "vm1");
            rig.client()
                    .post(
                            "/v1/backupschedule",
                            body.replace(rig.ref("backup_location", "bl"), rig.ref("backup_location", "short")))
                    .ok();
            rig.pass(3700);
            Client.Reply run = rig.inspect(rig.emulator().names("backup").get(0));
            assertThat(run.at("backup.backup_info.status.status")).isEqualTo("Failed");
            assertThat(run.at("backup.backup_info.status.reason")).contains("insufficient retention");
        }
    }
}
