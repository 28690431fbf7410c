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
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.api.ApiErrorCode;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.ServerApiException;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.http.Fault.Kind;
import org.cloudstackbackup.emulator.pxbackup.Mishap;
import org.cloudstackbackup.emulator.pxbackup.PxBackupOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupCommandsTest {
    private final CommandRig rig = new CommandRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private void refused(ApiErrorCode code, String text, Class<? extends BaseCmd> command, String... parameters) {
        assertThatThrownBy(() -> rig.call(command, parameters))
                .isInstanceOfSatisfying(
                        ServerApiException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    private static String[] create(String... more) {
        return Stream.concat(
                        Stream.of("name=b1", "backuplocationref[0].name=bl", "clusterref[0].name=cl", "namespaces=ns1"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void aNewBackupAnswersAtOnceWithItsUidAndStateAndTellsLaterThatItIsDone() {
        JsonObject made = rig.backup("b1", "vm1");

        assertThat(text(made, "uid")).isEqualTo(rig.uid("backup", "b1"));
        assertThat(text(made, "name")).isEqualTo("b1");
        assertThat(text(made, "status")).isIn("Pending", "InProgress");
        rig.pass(120);
        JsonObject done = rig.list(ListPxBackupsCommand.class, "name=b1", "uid=" + text(made, "uid"))
                .get(0)
                .getAsJsonObject();
        assertThat(text(done, "status")).isEqualTo("Success");
        assertThat(text(done, "clustername")).isEqualTo("cl");
        assertThat(text(done, "backuplocationname")).isEqualTo("bl");
        assertThat(text(done, "backupobjecttype")).isEqualTo("VirtualMachine");
        assertThat(done.get("totalsize").getAsLong()).isPositive();
        assertThat(done.getAsJsonArray("virtualmachine")
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString())
                .isEqualTo("vm1");
        assertThat(done.has("completed")).isTrue();
    }

    @Test
    void everyParameterOfANewBackupArrives() {
        rig.emulator().fault(Fault.on("POST", "/v1/backup", Kind.STATUS).with("status", 400));
        String parameters = "ownershipowner=o|ownershipgroups[0].id=g|ownershipgroups[0].access=Write"
                + "|ownershipcollaborators[0].id=c|ownershipcollaborators[0].access=Read|ownershippublic=Admin"
                + "|labels[0].key=env|labels[0].value=prod|labels[1].key=team|labels[1].value=a"
                + "|cluster=cl|preexecruleref[0].name=pre|postexecruleref[0].uid=post|backuptype=Generic"
                + "|labelselectors[0].key=app.kubernetes.io/name|labelselectors[0].value=db"
                + "|resourcetypes=Deployment,Service|excluderesourcetypes=Secret"
                + "|includeresources[0].name=n|includeresources[0].namespace=ns1|includeresources[0].group=apps"
                + "|includeresources[0].kind=Deployment|includeresources[0].version=v1"
                + "|backupobjecttype=All|nslabelselectors=env in (a,b)|directkdmp=true"
                + "|volumesnapshotclassmapping[0].key=csi.example.com|volumesnapshotclassmapping[0].value=fast"
                + "|csisnapshotclassname=slow|parallelbackup=true|keepcrstatus=true"
                + "|volumeresourceonlypolicyref[0].name=vro|orgid=default";

        assertThatThrownBy(() -> rig.call(CreatePxBackupCommand.class, create(parameters.split("\\|"))))
                .isInstanceOf(ServerApiException.class);

        JsonObject sent = rig.lastBody("POST", "/v1/backup");
        sent.getAsJsonObject("metadata").getAsJsonObject("labels").remove("cloudstackbackup-request");
        assertThat(sent).isEqualTo(JsonParser.parseString("""
                        {"metadata": {"name": "b1", "org_id": "default", "labels": {"env": "prod", "team": "a"},
                           "ownership": {"owner": "o", "groups": [{"id": "g", "access": "Write"}],
                             "collaborators": [{"id": "c", "access": "Read"}], "public": {"type": "Admin"}}},
                         "backup_location_ref": {"name": "bl"}, "cluster_ref": {"name": "cl"}, "cluster": "cl",
                         "pre_exec_rule_ref": {"name": "pre"}, "post_exec_rule_ref": {"uid": "post"},
                         "backup_type": "Generic", "namespaces": ["ns1"],
                         "label_selectors": {"app.kubernetes.io/name": "db"},
                         "resource_types": ["Deployment", "Service"], "exclude_resource_types": ["Secret"],
                         "include_resources": [
                           {"name": "n", "namespace": "ns1", "group": "apps", "kind": "Deployment", "version": "v1"}],
                         "backup_object_type": {"type": "All"}, "ns_label_selectors": "env in (a,b)",
                         "direct_kdmp": true, "volume_snapshot_class_mapping": {"csi.example.com": "fast"},
                         "csi_snapshot_class_name": "slow", "keep_cr_status": true,
                         "volume_resource_only_policy_ref": {"name": "vro"}}
                        """));
    }

    @Test
    void selectorsWithOperatorsAndMachinesWithoutFreezingArriveToo() {
        rig.call(CreatePxBackupCommand.class, create("advancedresourcelabelselector=env!=test,tier notin (x)"));
        assertThat(text(rig.lastBody("POST", "/v1/backup"), "advanced_resource_label_selector"))
                .isEqualTo("env!=test,tier notin (x)");
        rig.call(
                CreatePxBackupCommand.class,
                "name=b2",
                "backuplocationref[0].name=bl",
                "clusterref[0].name=cl",
                "namespaces=ns1",
                "backupobjecttype=VirtualMachine",
                "skipvmautoexecrules=true");
        assertThat(rig.lastBody("POST", "/v1/backup")
                        .get("skip_vm_auto_exec_rules")
                        .getAsBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backuptype=Full|Parameter backuptype is \"Full\"; allowed is one of Generic, Normal",
                "backupobjecttype=VM|Parameter backupobjecttype is \"VM\"; allowed is one of Invalid, All, VirtualMachine",
                "ownershipgroups[0].id=g|Parameter ownershipgroups[0].access is missing",
                "ownershippublic=All|Parameter ownershippublic is \"All\"; allowed is one of Read, Write, Admin",
                "labels[0].env=prod|Parameter labels has an entry with env; each has key and value",
                "labels[0].key=a b;labels[0].value=c|Parameter labels.a b",
                "nslabelselectors=a in b|Parameter nslabelselectors is",
                "includeresources[0].nmae=x|Parameter includeresources[0].nmae",
                "preexecruleref[0].name=a;preexecruleref[1].name=b|Parameter preexecruleref has 2 entries",
                "skipvmautoexecrules=true|Parameter skipvmautoexecrules belongs to backupobjecttype VirtualMachine only",
                "namespaces=a,a|Parameter namespaces names a twice",
                "labelselectors[0].key=a;labelselectors[0].value=b;advancedresourcelabelselector=c|"
                        + "Parameter advancedresourcelabelselector excludes labelselectors",
                "backupobjecttype=VirtualMachine;resourcetypes=Pod|Parameter resourcetypes must be empty",
                "name=a/b|Parameter name is",
            })
    void whatIsWrongIsNamedAndNothingIsSent(String parameters, String message) {
        refused(ApiErrorCode.PARAM_ERROR, message, CreatePxBackupCommand.class, create(parameters.split(";")));
        assertThat(rig.emulator().journal().count()).isZero();
    }

    @Test
    void aSecondBackupOfANameIsAConflict() {
        rig.backup("b1", "vm1");
        assertThatThrownBy(() -> rig.backup("b1", "vm1"))
                .isInstanceOfSatisfying(
                        ServerApiException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(ApiErrorCode.RESOURCE_IN_USE_ERROR))
                .hasMessageContaining("already exists");
        assertThat(rig.emulator().names("backup")).containsExactly("b1");
    }

    @Test
    void aLostAnswerMakesOneBackup() {
        rig.emulator().fault(Fault.on("POST", "/v1/backup", Kind.CUT_AFTER));
        JsonObject made = rig.backup("b1", "vm1");
        assertThat(text(made, "uid")).isEqualTo(rig.uid("backup", "b1"));
        assertThat(rig.emulator().names("backup")).containsExactly("b1");
    }

    @Test
    void anUpdateAnswersWithWhatIsThere() {
        JsonObject made = rig.finished("b1", "vm1");
        JsonObject changed = rig.call(
                UpdatePxBackupCommand.class,
                "name=b1",
                "uid=" + text(made, "uid"),
                "labels[0].key=env",
                "labels[0].value=prod",
                "ownershipgroups[0].id=ops",
                "ownershipgroups[0].access=Read");
        assertThat(changed.getAsJsonObject("labels").get("env").getAsString()).isEqualTo("prod");
        assertThat(changed.getAsJsonObject("ownership")
                        .getAsJsonArray("groups")
                        .get(0)
                        .toString())
                .contains("\"id\":\"ops\"", "\"access\":\"Read\"");
        refused(
                ApiErrorCode.PARAM_ERROR,
                "Parameter cloudcredentialref.nmae",
                UpdatePxBackupCommand.class,
                "name=b1",
                "cloudcredentialref[0].nmae=x");
    }

    @Test
    void theCredentialOfAnUpdateArrives() {
        rig.finished("b1", "vm1");
        rig.emulator().fault(Fault.on("PUT", "/v1/backup", Kind.STATUS).with("status", 400));
        refused(
                ApiErrorCode.PARAM_ERROR,
                "400",
                UpdatePxBackupCommand.class,
                "name=b1",
                "cloudcredentialref[0].name=cred",
                "cloudcredentialref[0].uid=u");
        assertThat(rig.lastBody("PUT", "/v1/backup").get("cloud_credential_ref"))
                .isEqualTo(JsonParser.parseString("{\"name\": \"cred\", \"uid\": \"u\"}"));
    }

    @Test
    void aShareReplacesTheOneBeforeAndNobodyHasToBeAskedFor() {
        JsonObject made = rig.finished("b1", "vm1");
        String uid = "uid=" + text(made, "uid");
        JsonObject shared = rig.call(
                UpdatePxBackupShareCommand.class,
                "name=b1",
                uid,
                "backupsharegroups[0].id=ops",
                "backupsharegroups[0].access=Restorable",
                "backupsharecollaborators[0].id=someone",
                "backupsharecollaborators[0].access=View");
        assertThat(shared.getAsJsonArray("sharegroups").toString()).contains("ops", "Restorable");
        assertThat(shared.getAsJsonArray("sharecollaborators").toString()).contains("someone", "View");

        refused(ApiErrorCode.PARAM_ERROR, "shareclear", UpdatePxBackupShareCommand.class, "name=b1", uid);
        refused(
                ApiErrorCode.PARAM_ERROR,
                "Parameter backupsharegroups[0].access is \"All\"; allowed is one of Invalid, View, Restorable, FullAccess",
                UpdatePxBackupShareCommand.class,
                "name=b1",
                uid,
                "backupsharegroups[0].id=ops",
                "backupsharegroups[0].access=All");

        JsonObject cleared = rig.call(UpdatePxBackupShareCommand.class, "name=b1", uid, "shareclear=true");
        assertThat(cleared.has("sharegroups") || cleared.has("sharecollaborators"))
                .isFalse();
    }

    @Test
    void aDeletedBackupGoesByAndBy() {
        JsonObject made = rig.finished("b1", "vm1");
        rig.call(
                DeletePxBackupCommand.class,
                "name=b1",
                "uid=" + text(made, "uid"),
                "clusterref[0].name=cl",
                "clusterref[0].uid=" + rig.uid("cluster", "cl"),
                "cluster=cl");
        assertThat(rig.lastQuery("DELETE", "/v1/backup/default/b1"))
                .contains("cluster_ref.name=cl", "cluster_ref.uid=", "cluster=cl");
        refused(ApiErrorCode.PARAM_ERROR, "Federated mode only", DeletePxBackupCommand.class, "name=b1", "force=true");
        rig.pass(600);
        assertThat(rig.list(ListPxBackupsCommand.class)).isEmpty();
        refused(ApiErrorCode.PARAM_ERROR, "not found", DeletePxBackupCommand.class, "name=b1");
    }

    @Test
    void resourcesTellTheStateOfEachMachineAndVolume() {
        rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", "vm2-root"));
        JsonObject made = rig.finished("b1", "vm1", "vm2");

        JsonObject all = rig.call(ListPxBackupResourcesCommand.class, "name=b1", "uid=" + text(made, "uid"));

        List<String> entries = all.getAsJsonArray("entries").asList().stream()
                .map(each -> each.getAsJsonObject())
                .filter(each -> !text(each, "type").equals("Resource"))
                .map(each -> text(each, "type") + " " + text(each, "name") + " " + text(each, "status"))
                .toList();
        assertThat(entries).contains("VirtualMachine vm1 Success", "Volume vm1-root Success");
        assertThat(entries).anyMatch(each -> each.startsWith("Volume vm2-root Failed"));
        JsonObject some =
                rig.call(ListPxBackupResourcesCommand.class, "name=b1", "keyword=VM1", "page=1", "pagesize=1");
        assertThat(some.getAsJsonArray("entries")).hasSize(1);
        assertThat(some.get("count").getAsInt()).isBetween(2, all.get("count").getAsInt() - 1);
        assertThat(rig.list(
                                ListPxBackupResourcesCommand.class,
                                "name=b1",
                                "filterstatus=Success",
                                "forceresync=true",
                                "syncnamespacesonly=false")
                        .toString())
                .doesNotContain("vm2-root");
    }

    @Test
    void aRetryIsANewBackupOfWhatFailed() {
        rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", "vm2-root"));
        JsonObject made = rig.finished("b1", "vm1", "vm2");
        JsonObject retry = rig.call(
                RetryPxBackupResourcesCommand.class,
                "name=b1",
                "uid=" + text(made, "uid"),
                "skipvmautoexecrules=true",
                "includeresources[0].name=vm2",
                "includeresources[0].namespace=ns1",
                "includeresources[0].group=kubevirt.io",
                "includeresources[0].kind=VirtualMachine",
                "includeresources[0].version=v1");
        assertThat(text(retry, "retryparentuid")).isEqualTo(text(made, "uid"));
        assertThat(rig.lastBody("PUT", "/v1/backup/retryBackupResources").toString())
                .contains("\"skip_vm_auto_exec_rules\":true", "\"name\":\"vm2\"");
    }

    @Test
    void anOldServerSaysWhatItLacks() {
        try (CommandRig old = new CommandRig(PxBackupOptions.forTests().withDialect("2.8"))) {
            assertThatThrownBy(() -> old.call(ListPxBackupsCommand.class, "sortoption[0].sortby=Name"))
                    .hasMessageContaining("Parameter sortoption needs PX-Backup 2.9 or newer; this server is 2.8");
            assertThatThrownBy(() -> old.call(DeletePxBackupCommand.class, "name=b1"))
                    .hasMessageContaining("Parameter uid is missing; this server is 2.8");
        }
    }

    @Test
    void aServerThatIsDownIsUnavailableAndTheTokenIsNeverTold() {
        rig.emulator()
                .fault(Fault.on("GET", "/v1/backup/.*", Kind.STATUS)
                        .with("status", 503)
                        .times(0));
        refused(ApiErrorCode.RESOURCE_UNAVAILABLE_ERROR, "503", ListPxBackupsCommand.class);
        rig.set("backup.plugin.pxbackup.token", "another-secret");
        assertThatThrownBy(() -> rig.call(ListPxBackupsCommand.class))
                .isInstanceOfSatisfying(ServerApiException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(ApiErrorCode.INTERNAL_ERROR);
                    assertThat(e.getMessage()).contains("401").doesNotContain("another-secret");
                });
        rig.set("backup.plugin.pxbackup.url", "");
        refused(ApiErrorCode.PARAM_ERROR, "backup.plugin.pxbackup.url", ListPxBackupsCommand.class);
    }
}
