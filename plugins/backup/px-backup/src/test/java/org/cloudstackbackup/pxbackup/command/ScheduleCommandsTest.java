/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.stream.Stream;
import org.apache.cloudstack.api.ApiErrorCode;
import org.apache.cloudstack.api.ServerApiException;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.http.Fault.Kind;
import org.cloudstackbackup.emulator.http.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleCommandsTest {
    private static final String EVERYTHING = "ownershipowner=o|ownershipgroups[0].id=g|ownershipgroups[0].access=Write"
            + "|ownershipcollaborators[0].id=c|ownershipcollaborators[0].access=Read|ownershippublic=Admin"
            + "|labels[0].key=env|labels[0].value=prod|owner=someone|cluster=cl|preexecruleref[0].name=pre"
            + "|preexecruleref[0].uid=p|postexecruleref[0].name=post|postexecruleref[0].uid=q|preexecrule=pre"
            + "|postexecrule=post|backuplocation=bl|schedulepolicy=every-15|reclaimpolicy=Delete|backuptype=Normal"
            + "|labelselectors[0].key=app|labelselectors[0].value=db|resourcetypes=Service|excluderesourcetypes=Secret"
            + "|includeresources[0].name=n|includeresources[0].namespace=ns1|includeresources[0].group=apps"
            + "|includeresources[0].kind=Deployment|includeresources[0].version=v1|backupobjecttype=All"
            + "|nslabelselectors=env=a|directkdmp=true|parallelbackup=true|keepcrstatus=true"
            + "|volumesnapshotclassmapping[0].key=csi.example.com|volumesnapshotclassmapping[0].value=fast"
            + "|csisnapshotclassname=slow|volumeresourceonlypolicyref[0].name=vro|orgid=default";

    private final CommandRig rig = new CommandRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private String[] schedule(String name, String... more) {
        return Stream.concat(
                        Stream.of(
                                "name=" + name,
                                "schedulepolicyref[0].name=every-15",
                                "schedulepolicyref[0].uid=" + rig.uid("schedule_policy", "every-15"),
                                "backuplocationref[0].name=bl",
                                "backuplocationref[0].uid=" + rig.uid("backup_location", "bl"),
                                "clusterref[0].name=cl",
                                "clusterref[0].uid=" + rig.uid("cluster", "cl"),
                                "namespaces=ns1"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    @Test
    void aScheduleIsMadeChangedListedAndDeleted() {
        JsonObject made = rig.call(CreatePxBackupScheduleCommand.class, schedule("s1", "reclaimpolicy=Delete"));
        assertThat(text(made, "uid")).isEqualTo(rig.uid("backup_schedule", "s1"));
        assertThat(text(made, "schedulepolicyname")).isEqualTo("every-15");
        assertThat(made.get("suspend").getAsBoolean()).isFalse();
        rig.pass(200);

        JsonObject changed = rig.call(
                UpdatePxBackupScheduleCommand.class,
                "name=s1",
                "uid=" + text(made, "uid"),
                "suspend=true",
                "remark=while we move",
                "schedulepolicyref[0].name=daily",
                "schedulepolicyref[0].uid=" + rig.uid("schedule_policy", "daily"));
        assertThat(changed.get("suspend").getAsBoolean()).isTrue();
        assertThat(text(changed, "remark")).isEqualTo("while we move");
        assertThat(text(changed, "schedulepolicyname")).isEqualTo("daily");

        JsonObject kept =
                rig.call(UpdatePxBackupScheduleCommand.class, "name=s1", "labels[0].key=env", "labels[0].value=prod");
        assertThat(kept.get("suspend").getAsBoolean())
                .as("what is not said stays")
                .isTrue();

        JsonObject listed = rig.list(ListPxBackupSchedulesCommand.class).get(0).getAsJsonObject();
        assertThat(text(listed, "name")).isEqualTo("s1");
        assertThat(listed.getAsJsonArray("run")
                        .get(0)
                        .getAsJsonObject()
                        .get("status")
                        .getAsString())
                .isEqualTo("Success");
        assertThat(rig.list(ListPxBackupSchedulesCommand.class, "name=s1", "uid=" + text(made, "uid")))
                .hasSize(1);

        rig.call(DeletePxBackupScheduleCommand.class, "name=s1", "uid=" + text(made, "uid"), "deletebackups=true");
        assertThat(rig.lastQuery("DELETE", "/v1/backupschedule/default/s1")).contains("delete_backups=true");
        rig.pass(600);
        assertThat(rig.list(ListPxBackupSchedulesCommand.class)).isEmpty();
        assertThat(rig.list(ListPxBackupsCommand.class)).isEmpty();
    }

    @Test
    void everyParameterOfANewScheduleArrives() {
        rig.emulator().fault(Fault.on("POST", "/v1/backupschedule", Kind.STATUS).with("status", 400));
        assertThatThrownBy(() -> rig.call(CreatePxBackupScheduleCommand.class, schedule("s1", EVERYTHING.split("\\|"))))
                .isInstanceOf(ServerApiException.class);

        JsonObject sent = rig.lastBody("POST", "/v1/backupschedule");
        sent.getAsJsonObject("metadata").getAsJsonObject("labels").remove("cloudstackbackup-request");
        for (String ref : new String[] {"schedule_policy_ref", "backup_location_ref", "cluster_ref"}) {
            assertThat(sent.remove(ref).getAsJsonObject().keySet()).containsExactlyInAnyOrder("name", "uid");
        }
        assertThat(sent).isEqualTo(JsonParser.parseString("""
                        {"metadata": {"name": "s1", "org_id": "default", "labels": {"env": "prod"}, "owner": "someone",
                           "ownership": {"owner": "o", "groups": [{"id": "g", "access": "Write"}],
                             "collaborators": [{"id": "c", "access": "Read"}], "public": {"type": "Admin"}}},
                         "cluster": "cl", "pre_exec_rule_ref": {"name": "pre", "uid": "p"},
                         "post_exec_rule_ref": {"name": "post", "uid": "q"}, "pre_exec_rule": "pre",
                         "post_exec_rule": "post", "backup_location": "bl", "schedule_policy": "every-15",
                         "reclaim_policy": "Delete", "backup_type": "Normal", "namespaces": ["ns1"],
                         "label_selectors": {"app": "db"}, "resource_types": ["Service"],
                         "exclude_resource_types": ["Secret"],
                         "include_resources": [
                           {"name": "n", "namespace": "ns1", "group": "apps", "kind": "Deployment", "version": "v1"}],
                         "backup_object_type": {"type": "All"}, "ns_label_selectors": "env=a", "direct_kdmp": true,
                         "parallel_backup": true, "keep_cr_status": true,
                         "volume_snapshot_class_mapping": {"csi.example.com": "fast"},
                         "csi_snapshot_class_name": "slow", "volume_resource_only_policy_ref": {"name": "vro"}}
                        """));
    }

    @Test
    void everyParameterOfAnUpdateArrives() {
        rig.call(
                CreatePxBackupScheduleCommand.class,
                schedule(
                        "s1",
                        "resourcetypes=Service",
                        "excluderesourcetypes=Secret",
                        "directkdmp=true",
                        "keepcrstatus=true"));
        rig.emulator().fault(Fault.on("PUT", "/v1/backupschedule", Kind.STATUS).with("status", 400));
        assertThatThrownBy(() -> rig.call(
                        UpdatePxBackupScheduleCommand.class,
                        schedule("s1", (EVERYTHING + "|remark=r|suspend=true").split("\\|"))))
                .isInstanceOf(ServerApiException.class)
                .hasMessageContaining("400");
        JsonObject sent = rig.lastBody("PUT", "/v1/backupschedule");
        assertThat(sent.keySet())
                .containsExactlyInAnyOrder(
                        "metadata",
                        "cluster",
                        "pre_exec_rule_ref",
                        "post_exec_rule_ref",
                        "pre_exec_rule",
                        "post_exec_rule",
                        "backup_location",
                        "backup_location_ref",
                        "schedule_policy",
                        "schedule_policy_ref",
                        "reclaim_policy",
                        "namespaces",
                        "label_selectors",
                        "include_resources",
                        "ns_label_selectors",
                        "parallel_backup",
                        "skip_vm_auto_exec_rules",
                        "volume_snapshot_class_mapping",
                        "csi_snapshot_class_name",
                        "volume_resource_only_policy_ref",
                        "remark",
                        "suspend");
        assertThat(sent.getAsJsonObject("metadata").keySet())
                .containsExactlyInAnyOrder("name", "org_id", "labels", "owner", "ownership");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reclaimpolicy=Keep|Parameter reclaimpolicy is \"Keep\"; allowed is one of Invalid, Delete, Retain",
                "backupobjecttype=Pod|Parameter backupobjecttype is \"Pod\"; allowed is one of Invalid, All, VirtualMachine, NS, VM",
                "includeresources[0].name=n|Parameter includeresources[0].group is missing",
                "schedulepolicyref[0].nmae=x|Parameter schedulepolicyref.nmae",
                "volumesnapshotclassmapping[0].csi=fast|Parameter volumesnapshotclassmapping has an entry with csi",
            })
    void whatIsWrongIsNamedAndNothingIsSent(String parameters, String message) {
        assertThatThrownBy(() -> rig.call(CreatePxBackupScheduleCommand.class, schedule("s1", parameters.split(";"))))
                .isInstanceOfSatisfying(
                        ServerApiException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(ApiErrorCode.PARAM_ERROR))
                .hasMessageContaining(message);
        assertThat(rig.emulator().journal().count()).isZero();
    }

    @Test
    void whatCannotBeChangedIsRefusedByItsName() {
        rig.call(CreatePxBackupScheduleCommand.class, schedule("s1"));
        assertThatThrownBy(() -> rig.call(UpdatePxBackupScheduleCommand.class, "name=s1", "backuptype=Generic"))
                .hasMessageContaining("Parameter backuptype cannot be changed once a schedule is made; it is");
    }

    @Test
    void filtersOfAListArriveAndItIsPaged() {
        for (String name : new String[] {"s1", "s2", "s3", "t1"}) {
            rig.call(CreatePxBackupScheduleCommand.class, schedule(name));
        }
        JsonObject page = rig.call(ListPxBackupSchedulesCommand.class, "keyword=s", "page=2", "pagesize=2");
        assertThat(page.get("count").getAsInt()).isEqualTo(3);
        assertThat(page.getAsJsonArray("entries")).hasSize(1);

        rig.call(
                ListPxBackupSchedulesCommand.class,
                ("namefilter=s|clusternamefilter=c|status=Success|owners=o|maxobjects=1|objectindex=1"
                                + "|timerange[0].starttime=2026-11-20T00:00:00Z|timerange[0].endtime=2026-11-22T00:00:00Z"
                                + "|backuplocationref[0].name=bl|labels[0].key=a|labels[0].value=b"
                                + "|includedetailedresources=true|backupobjecttype=All|backuplocation=bl")
                        .split("\\|"));
        assertThat(rig.emulator().journal().entries("GET", "/v1/backupschedule/default"))
                .extracting(Journal.Entry::query)
                .anySatisfy(query -> assertThat(query)
                        .contains(
                                "enumerate_options.name_filter=s",
                                "enumerate_options.cluster_name_filter=c",
                                "enumerate_options.status=Success",
                                "enumerate_options.owners=o",
                                "enumerate_options.max_objects=1",
                                "enumerate_options.object_index=1",
                                "enumerate_options.time_range.start_time=",
                                "enumerate_options.time_range.end_time=",
                                "enumerate_options.include_detailed_resources=true",
                                "enumerate_options.backup_object_type=All",
                                "backup_location_ref.name=bl",
                                "backup_location=bl"));
        rig.call(ListPxBackupSchedulesCommand.class, "clusterref[0].name=cl", "clusterref[0].uid=u");
        assertThat(rig.lastQuery("GET", "/v1/backupschedule/default"))
                .contains("cluster_name_filter=cl", "cluster_uid_filter=u");
        assertThatThrownBy(() -> rig.call(
                        ListPxBackupSchedulesCommand.class,
                        "timerange[0].starttime=2026-11-22T00:00:00Z",
                        "timerange[0].endtime=2026-11-20T00:00:00Z"))
                .hasMessageContaining("Parameter timerange ends before it starts");
        assertThatThrownBy(() -> rig.call(ListPxBackupSchedulesCommand.class, "timerange[0].starttime=now"))
                .hasMessageContaining("Parameter timerange.starttime is \"now\"; allowed is a time such as");
    }

    @Test
    void policiesLocationsAndClustersAreListedWithoutSecrets() {
        JsonObject policy = rig.list(ListPxBackupSchedulePoliciesCommand.class, "keyword=DAILY")
                .get(0)
                .getAsJsonObject();
        assertThat(policy.getAsJsonObject("daily").toString()).contains("\"time\":\"02:00AM\"", "\"retain\":7");
        JsonObject interval = rig.list(ListPxBackupSchedulePoliciesCommand.class, "keyword=every")
                .get(0)
                .getAsJsonObject();
        assertThat(interval.getAsJsonObject("interval").get("minutes").getAsInt())
                .isEqualTo(15);

        JsonObject location =
                rig.list(ListPxBackupLocationsCommand.class).get(0).getAsJsonObject();
        assertThat(text(location, "uid")).isEqualTo(rig.uid("backup_location", "bl"));
        assertThat(text(location, "status")).isEqualTo("Valid");
        JsonObject cluster = rig.list(ListPxBackupClustersCommand.class).get(0).getAsJsonObject();
        assertThat(text(cluster, "status")).isEqualTo("Online");
        assertThat(text(cluster, "timezone")).isEqualTo("UTC");
        assertThat(location.toString() + cluster).doesNotContainIgnoringCase("kubeconfig", "encryption", "password");

        JsonObject second = rig.call(ListPxBackupSchedulePoliciesCommand.class, "page=2", "pagesize=1");
        assertThat(second.get("count").getAsInt()).isEqualTo(2);
        assertThat(second.getAsJsonArray("entries")).hasSize(1);
        assertThat(rig.list(ListPxBackupClustersCommand.class, "keyword=other")).isEmpty();
        rig.emulator().addOrganisation("second");
        assertThat(rig.list(ListPxBackupClustersCommand.class, "orgid=second"))
                .as("another organisation has its own")
                .isEmpty();
    }
}
