/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.cloudstackbackup.pxbackup.client.PxBackupException.Reason;
import org.cloudstackbackup.pxbackup.client.Table.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the two documents: which operation takes it, what it looks like, what is refused, where it is sent. */
class ParametersTest {
    private static final ServerLine NEWEST = new ServerLine(3, 1, 1);
    static final Map<Character, Operation> LETTERS = Map.of(
            'C', Operation.CREATE,
            'U', Operation.UPDATE,
            'D', Operation.DELETE,
            'I', Operation.INSPECT_ONE,
            'A', Operation.INSPECT_ALL,
            'S', Operation.UPDATE_BACKUP_SHARE,
            'G', Operation.GET_BACKUP_RESOURCE_DETAILS,
            'R', Operation.RETRY_BACKUP_RESOURCES);
    private static final Map<String, Object> REF = Map.of("name", "n", "uid", "u");
    private static final Map<String, Object> RESOURCE =
            Map.of("name", "n", "namespace", "ns", "group", "g", "kind", "k", "version", "v1");

    /** A good value for every parameter. */
    static Object good(String name) {
        return switch (name) {
            case "backup_type" -> "Generic";
            case "reclaim_policy", "replace_policy" -> "Delete";
            case "namespaces", "resource_types", "exclude_resource_types", "owners" -> List.of("one", "two");
            case "label_selectors", "labels" -> Map.of("env", "prod");
            case "volume_snapshot_class_mapping" -> Map.of("csi.example.com", "class");
            case "include_resources" -> List.of(RESOURCE);
            case "backup_object_type" -> Map.of("type", "VirtualMachine");
            case "ns_label_selectors", "advanced_resource_label_selector" -> "env in (a, b),!x,y!=z";
            case "ownership" ->
                Map.of(
                        "owner", "o",
                        "groups", List.of(Map.of("id", "g", "access", "Write")),
                        "collaborators", List.of(Map.of("id", "c", "access", "Read")),
                        "public", Map.of("type", "Admin"));
            case "backup_share" -> Map.of("groups", List.of(Map.of("id", "g", "access", "FullAccess")));
            case "max_objects", "object_index" -> 7;
            case "status" -> List.of("Success");
            case "sort_option" -> Map.of("sort_by", "Size", "sort_order", "Ascending");
            case "time_range" -> Map.of("start_time", "2026-11-21T08:00:00Z", "end_time", "2026-11-22T08:00:00+01:00");
            case "name_filter",
                    "cluster_name_filter",
                    "cluster_uid_filter",
                    "cluster",
                    "owner",
                    "uid",
                    "org_id",
                    "name",
                    "csi_snapshot_class_name" -> "text";
            default -> name.endsWith("_ref") ? REF : Boolean.TRUE;
        };
    }

    static Request read(Table table, Operation operation, String name, Object value) {
        Parameters parameters = Parameters.none();
        for (Table.Row row : table.rows()) {
            Object given = Boolean.TRUE.equals(isNeeded(table, row, operation)) ? listed(row.name(), operation) : null;
            parameters = parameters.with(row.name(), given);
        }
        return table.read(operation, parameters.with(name, value));
    }

    static Object listed(String name, Operation operation) {
        boolean list = operation == Operation.INSPECT_ALL
                && (name.equals("schedule_policy_ref") || name.equals("backup_schedule_ref"));
        return list ? List.of(REF) : good(name);
    }

    private static boolean isNeeded(Table table, Table.Row row, Operation operation) {
        if (!row.operations().contains(operation)) {
            return false;
        }
        try {
            table.read(operation, Parameters.none());
            return false;
        } catch (PxBackupException e) {
            return List.of(
                            "name",
                            "backup_location_ref",
                            "cluster_ref",
                            "schedule_policy_ref",
                            "backup_share",
                            "backup_ref")
                    .contains(row.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "name,CUDISGR",
        "org_id,CUDIASGR",
        "uid,CUDISGR",
        "backup_location_ref,C",
        "cluster_ref,CD",
        "cluster,CD",
        "pre_exec_rule_ref,C",
        "post_exec_rule_ref,C",
        "backup_type,C",
        "namespaces,C",
        "label_selectors,C",
        "resource_types,C",
        "exclude_resource_types,C",
        "include_resources,CR",
        "backup_object_type,CA",
        "ns_label_selectors,C",
        "direct_kdmp,C",
        "skip_vm_auto_exec_rules,CR",
        "volume_snapshot_class_mapping,C",
        "parallel_backup,C",
        "keep_cr_status,C",
        "advanced_resource_label_selector,C",
        "volume_resource_only_policy_ref,C",
        "cloud_credential_ref,U",
        "labels,CUA",
        "ownership,CU",
        "backup_share,S",
        "max_objects,A",
        "name_filter,A",
        "cluster_name_filter,A",
        "cluster_uid_filter,A",
        "include_detailed_resources,A",
        "owners,A",
        "status,A",
        "schedule_policy_ref,A",
        "backup_schedule_ref,A",
        "sort_option,A"
    })
    void everyParameterOfTheBackupDocumentIsTakenWhereItBelongs(String name, String letters) {
        check(Tables.BACKUPS, name, letters);
    }

    @ParameterizedTest
    @CsvSource({
        "name,CUDIA",
        "org_id,CUDIA",
        "uid,CUDI",
        "owner,CU",
        "reclaim_policy,CU",
        "backup_type,CU",
        "suspend,CU",
        "direct_kdmp,CU",
        "skip_vm_auto_exec_rules,CU",
        "parallel_backup,CU",
        "keep_cr_status,CU",
        "advanced_resource_label_selector,CU",
        "namespaces,CU",
        "resource_types,CU",
        "exclude_resource_types,CU",
        "label_selectors,CU",
        "ns_label_selectors,CU",
        "include_resources,CU",
        "schedule_policy_ref,CU",
        "backup_location_ref,CUA",
        "cluster_ref,CUA",
        "pre_exec_rule_ref,CU",
        "post_exec_rule_ref,CU",
        "backup_object_type,CUDA",
        "volume_snapshot_class_mapping,CU",
        "csi_snapshot_class_name,CU",
        "ownership,CU",
        "labels,CUA",
        "max_objects,A",
        "name_filter,A",
        "status,A",
        "cluster_name_filter,A",
        "object_index,A",
        "owners,A",
        "time_range,A"
    })
    void everyParameterOfTheScheduleDocumentIsTakenWhereItBelongs(String name, String letters) {
        check(Tables.SCHEDULES, name, letters);
    }

    private static void check(Table table, String name, String letters) {
        TreeSet<Operation> expected = new TreeSet<>();
        letters.chars().forEach(each -> expected.add(LETTERS.get((char) each)));
        Table.Row row = table.rows().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(row.operations()).containsExactlyInAnyOrderElementsOf(expected);
        for (Operation operation : expected) {
            Object value =
                    name.equals("schedule_policy_ref") && table == Tables.SCHEDULES ? REF : listed(name, operation);
            assertThat(read(table, operation, name, value).has(name)).isTrue();
            Object wrong = value instanceof String && !name.equals("backup_type") && !name.equals("reclaim_policy")
                    ? Map.of("no", "text")
                    : "no such thing!";
            if (!name.equals("owners") && !name.endsWith("namespaces") && !name.endsWith("resource_types")) {
                assertThatThrownBy(() -> read(table, operation, name, wrong))
                        .isInstanceOfSatisfying(PxBackupException.class, e -> {
                            assertThat(e.reason()).isEqualTo(Reason.PARAMETER);
                            assertThat(e)
                                    .hasMessageContaining("Parameter " + name)
                                    .hasMessageContaining("allowed is");
                        });
            }
        }
        for (Operation other : Operation.values()) {
            if (!expected.contains(other) && LETTERS.containsValue(other)) {
                assertThatThrownBy(() -> table.read(other, Parameters.none().with(name, listed(name, other))))
                        .isInstanceOf(PxBackupException.class)
                        .hasMessageContaining("Parameter " + name + " does not belong to " + other);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backup_type | 'Fast' | is \"Fast\"; allowed is one of Generic, Normal",
                "direct_kdmp | 'yes' | allowed is true or false",
                "name | 'a/b' | without / : ? # %",
                "name | 'a:b' | without / : ? # %",
                "advanced_resource_label_selector | 'a b c' | allowed is a label selector",
                "ns_label_selectors | 'a in b' | allowed is a label selector",
                "volume_resource_only_policy_ref | 'x' | allowed is an object with name, uid",
                "token | 'secret' | is a setting of the connection",
                "naem | 'x' | is unknown; CREATE takes"
            })
    void aWrongTextIsNamedWithWhatIsAllowed(String name, String value, String problem) {
        assertThatThrownBy(() -> Tables.BACKUPS.read(
                        Operation.CREATE, Parameters.none().with("name", "n").with(name, value)))
                .hasMessageContaining("Parameter " + name)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels", "label_selectors"})
    void labelsHaveTheirSyntax(String name) {
        for (Table table : List.of(Tables.BACKUPS, Tables.SCHEDULES)) {
            assertThatThrownBy(() -> read(table, Operation.CREATE, name, Map.of("not a key", "x")))
                    .hasMessageContaining("Parameter " + name + ".not a key");
            assertThatThrownBy(() -> read(table, Operation.CREATE, name, Map.of("key", "no value!")))
                    .hasMessageContaining("Parameter " + name + ".key is \"no value!\"; allowed is a label");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"schedule_policy_ref", "backup_schedule_ref"})
    void aFilterByReferencesNeedsTheirNames(String name) {
        assertThatThrownBy(() -> read(Tables.BACKUPS, Operation.INSPECT_ALL, name, List.of(Map.of("uid", "u"))))
                .hasMessageContaining("Parameter " + name + "[0].name is missing");
    }

    @Test
    void callersCanAskForTheNames() {
        assertThat(Backups.parameters(Operation.UPDATE_BACKUP_SHARE))
                .containsExactly("backup_share", "name", "org_id", "uid");
        assertThat(Schedules.parameters(Operation.INSPECT_ONE)).containsExactly("name", "org_id", "uid");
        assertThat(Restores.parameters(Operation.RETRY_BACKUP_RESOURCES)).isEmpty();
    }

    @Test
    void nestedValuesAreNamedByTheirPath() {
        Map<Parameters, String> wrong = Map.of(
                Parameters.none().with("backup_share", Map.of("groups", List.of(Map.of("id", "g", "access", "Own")))),
                "Parameter backup_share.groups[0].access is \"Own\"; allowed is one of Invalid, View, Restorable, FullAccess",
                Parameters.none().with("backup_share", Map.of("collaborators", List.of(Map.of("access", "View")))),
                "Parameter backup_share.collaborators[0].id is missing",
                Parameters.none().with("backup_share", Map.of("users", List.of())),
                "Parameter backup_share.users is unknown; backup_share has collaborators, groups");
        wrong.forEach((parameters, message) -> assertThatThrownBy(
                        () -> Tables.BACKUPS.read(Operation.UPDATE_BACKUP_SHARE, parameters))
                .hasMessage(message));
        assertThatThrownBy(() -> Tables.SCHEDULES.read(
                        Operation.CREATE,
                        Parameters.none().with("include_resources", List.of(Map.of("name", "n", "kind", "k")))))
                .hasMessage("Parameter include_resources[0].group is missing");
        assertThatThrownBy(() -> Tables.SCHEDULES.read(
                        Operation.INSPECT_ALL,
                        Parameters.none().with("enumerate_options", Map.of("max_objects", "None"))))
                .hasMessageStartingWith("Parameter enumerate_options.max_objects is \"None\"");
        assertThatThrownBy(() ->
                        Tables.BACKUPS.read(Operation.CREATE, Parameters.none().with("namespaces", List.of("a", "a"))))
                .hasMessage("Parameter namespaces names a twice");
        assertThatThrownBy(() -> Tables.BACKUPS.read(
                        Operation.CREATE, Parameters.none().with("labels", Map.of("not a key", "x"))))
                .hasMessageContaining("Parameter labels.not a key");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE",
        "UPDATE",
        "DELETE",
        "INSPECT_ONE",
        "UPDATE_BACKUP_SHARE",
        "GET_BACKUP_RESOURCE_DETAILS",
        "RETRY_BACKUP_RESOURCES"
    })
    void whatIsNeededIsNamedWhenItIsMissing(Operation operation) {
        assertThatThrownBy(() -> Tables.BACKUPS.read(operation, Parameters.none()))
                .hasMessage("Parameter name is missing; " + operation + " needs it");
    }

    @Test
    void creationNeedsLocationAndClusterAndSchedulesAPolicy() {
        Parameters named = Parameters.none().with("name", "n");
        assertThatThrownBy(() -> Tables.BACKUPS.read(Operation.CREATE, named))
                .hasMessageContaining("backup_location_ref is missing");
        assertThatThrownBy(() -> Tables.BACKUPS.read(Operation.CREATE, named.with("backup_location_ref", REF)))
                .hasMessageContaining("cluster_ref is missing");
        assertThatThrownBy(() -> Tables.SCHEDULES.read(Operation.CREATE, named))
                .hasMessageContaining("schedule_policy_ref is missing");
        assertThatThrownBy(() -> Tables.BACKUPS.read(Operation.UPDATE_BACKUP_SHARE, named))
                .hasMessageContaining("backup_share is missing");
    }

    @Test
    void defaultsAndPlacesAreThoseOfTheDocument() {
        Request request = Tables.BACKUPS.read(
                Operation.CREATE,
                Parameters.none()
                        .with("name", "n")
                        .with("backup_location_ref", REF)
                        .with("cluster_ref", REF)
                        .with("labels", Map.of("env", "prod"))
                        .with("ownership", good("ownership"))
                        .with("backup_object_type", good("backup_object_type")));
        ObjectNode body = request.body(NEWEST);
        assertThat(body.path("backup_type").asText()).isEqualTo("Normal");
        assertThat(body.at("/metadata/labels/env").asText()).isEqualTo("prod");
        assertThat(body.at("/metadata/ownership/public/type").asText()).isEqualTo("Admin");
        assertThat(body.at("/backup_object_type/type").asText()).isEqualTo("VirtualMachine");
        Request list = Tables.BACKUPS.read(
                Operation.INSPECT_ALL,
                Parameters.none()
                        .with("labels", Map.of("env", "prod"))
                        .with("status", List.of("Success", "Failed"))
                        .with("time_range", good("time_range")));
        assertThat(Query.of(list.body(NEWEST)).split("[?&]"))
                .contains(
                        "enumerate_options.labels%5Benv%5D=prod",
                        "enumerate_options.status=Success",
                        "enumerate_options.status=Failed",
                        "enumerate_options.time_range.end_time=2026-11-22T07%3A00%3A00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resource_types | must be empty for backup_object_type VirtualMachine",
                "pre_exec_rule_ref | needs skip_vm_auto_exec_rules true",
                "post_exec_rule_ref | needs skip_vm_auto_exec_rules true",
            })
    void whatMachinesDoNotGoWithIsRefused(String name, String problem) {
        Parameters machines = Parameters.none()
                .with("name", "n")
                .with("backup_location_ref", REF)
                .with("cluster_ref", REF)
                .with("backup_object_type", "VirtualMachine")
                .with(name, good(name));
        assertThatThrownBy(() -> Selection.check(Tables.BACKUPS.read(Operation.CREATE, machines)))
                .hasMessageContaining("Parameter " + name + " " + problem);
    }

    @Test
    void aBackupOfNamespacesNeedsThemAndHasNoOptionsOfMachines() {
        Parameters plain = Parameters.none()
                .with("name", "n")
                .with("backup_location_ref", REF)
                .with("cluster_ref", REF);
        assertThatThrownBy(() -> Selection.check(Tables.BACKUPS.read(Operation.CREATE, plain)))
                .hasMessageContaining("Parameter namespaces is missing");
        Parameters namespaces = plain.with("namespaces", List.of("*"));
        Selection.check(Tables.BACKUPS.read(Operation.CREATE, namespaces));
        assertThatThrownBy(() -> Selection.check(
                        Tables.BACKUPS.read(Operation.CREATE, namespaces.with("skip_vm_auto_exec_rules", true))))
                .hasMessageContaining("belongs to backup_object_type VirtualMachine only");
        assertThatThrownBy(() -> Selection.check(Tables.BACKUPS.read(
                        Operation.CREATE,
                        namespaces
                                .with("label_selectors", Map.of("a", "b"))
                                .with("advanced_resource_label_selector", "a=b"))))
                .hasMessageContaining("excludes label_selectors");
        assertThatThrownBy(() -> Listing.check(Tables.BACKUPS.read(
                        Operation.INSPECT_ALL,
                        Parameters.none()
                                .with(
                                        "time_range",
                                        Map.of(
                                                "start_time",
                                                "2026-11-22T00:00:00Z",
                                                "end_time",
                                                "2026-11-21T00:00:00Z")))))
                .hasMessage("Parameter time_range ends before it starts");
    }

    @Test
    void wordsOfStatesAreThoseOfTheWire() {
        assertThat(Arrays.stream(BackupState.values()).map(State::word))
                .contains("CloudBackupMissing", "DeletePending", "PartialSuccess");
        for (BackupState each : BackupState.values()) {
            assertThat(BackupState.of(each.word())).isEqualTo(each);
        }
        assertThat(BackupState.of("SomethingNew")).isEqualTo(BackupState.UNKNOWN);
        assertThat(BackupState.of(null)).isEqualTo(BackupState.INVALID);
        assertThat(ScheduleState.of("Suspending")).isEqualTo(ScheduleState.SUSPENDING);
        assertThat(RestoreState.of("Retained".toUpperCase(Locale.ROOT))).isEqualTo(RestoreState.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "px.example.com:10001,http://px.example.com:10001",
        "https://px.example.com/,https://px.example.com",
        "http://px.example.com/api//,http://px.example.com/api"
    })
    void addressesFollowTheOfficialClient(String given, String meant) {
        assertThat(PxBackupConfig.of(given, Login.token("x")).apiUrl()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"''", "ftp://px", "http://user:secret@px", "http://px?x=1", "http://", "'http://p x'"})
    void otherAddressesAreRefused(String given) {
        assertThatThrownBy(() -> PxBackupConfig.of(given, Login.token("x")))
                .isInstanceOfSatisfying(
                        PxBackupException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SETTINGS))
                .hasMessageContaining("api_url")
                .hasMessageNotContaining("secret");
    }
}
