/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.acl.RoleType;
import org.apache.cloudstack.api.APICommand;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.Parameter;
import org.cloudstackbackup.pxbackup.client.Backups;
import org.cloudstackbackup.pxbackup.client.Operation;
import org.cloudstackbackup.pxbackup.client.Schedules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parameter of the product's two documents is a parameter of a command, by the same name without underscores. */
class CommandParametersTest {
    /** Parameters that are several here, as an API has no nested ones. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "ownership", List.of("ownershipowner", "ownershipgroups", "ownershipcollaborators", "ownershippublic"),
            "backup_share", List.of("backupsharecollaborators", "backupsharegroups", "shareclear"));

    /** Not in the documents, and not offered: calls for many schedules at once, filters of details, a uid for what is not yet. */
    private static final Set<String> LEFT_OUT = Set.of(
            "policy_ref",
            "include_objects",
            "exclude_objects",
            "include_filter",
            "exclude_filter",
            "cluster_scope",
            "bulk_uid_check_relaxation",
            "virtual_machine_filter",
            "namespace_filter");

    record Row(Class<? extends BaseCmd> command, List<String> documented) {
        @Override
        public String toString() {
            return command.getSimpleName();
        }
    }

    private static Row backup(Class<? extends BaseCmd> command, Operation... operations) {
        return new Row(
                command,
                Stream.of(operations)
                        .flatMap(each -> Backups.parameters(each).stream())
                        .distinct()
                        .toList());
    }

    private static Row schedule(Class<? extends BaseCmd> command, Operation... operations) {
        return new Row(
                command,
                Stream.of(operations)
                        .flatMap(each -> Schedules.parameters(each).stream())
                        .distinct()
                        .toList());
    }

    static List<Row> rows() {
        return List.of(
                backup(CreatePxBackupCommand.class, Operation.CREATE),
                backup(UpdatePxBackupCommand.class, Operation.UPDATE),
                backup(DeletePxBackupCommand.class, Operation.DELETE),
                backup(ListPxBackupsCommand.class, Operation.INSPECT_ALL, Operation.INSPECT_ONE),
                backup(UpdatePxBackupShareCommand.class, Operation.UPDATE_BACKUP_SHARE),
                backup(ListPxBackupResourcesCommand.class, Operation.GET_BACKUP_RESOURCE_DETAILS),
                backup(RetryPxBackupResourcesCommand.class, Operation.RETRY_BACKUP_RESOURCES),
                schedule(CreatePxBackupScheduleCommand.class, Operation.CREATE),
                schedule(UpdatePxBackupScheduleCommand.class, Operation.UPDATE),
                schedule(DeletePxBackupScheduleCommand.class, Operation.DELETE),
                schedule(ListPxBackupSchedulesCommand.class, Operation.INSPECT_ALL, Operation.INSPECT_ONE));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aCommandTakesWhatItsOperationTakes(Row row) throws ReflectiveOperationException {
        Set<String> expected = new TreeSet<>(Set.of("zoneid"));
        boolean deletes = row.command().equals(DeletePxBackupScheduleCommand.class);
        boolean creates = row.command().getSimpleName().startsWith("Create");
        row.documented().stream()
                .filter(each -> !LEFT_OUT.contains(each) && !(creates && each.equals("uid")))
                // Belongs to calls for many.
                .filter(each -> !(deletes && each.equals("backup_object_type")))
                .flatMap(each -> PARTS.getOrDefault(each, List.of(each.replace("_", ""))).stream())
                .forEach(expected::add);
        Set<String> actual = parameters(row.command()).stream()
                .map(Parameter::name)
                .filter(each ->
                        !Set.of("response", "keyword", "page", "pagesize").contains(each))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void everyCommandIsForAdminsAndDescribed() throws ReflectiveOperationException {
        for (Class<?> each : new PxBackupCommands().getCommands()) {
            APICommand command = each.getAnnotation(APICommand.class);
            assertThat(command).as(each.getName()).isNotNull();
            assertThat(each.getSimpleName()).isEqualToIgnoringCase(command.name() + "Command");
            assertThat(command.authorized()).as(command.name()).containsExactly(RoleType.Admin);
            assertThat(command.description()).as(command.name()).hasSizeGreaterThan(25);
            assertThat(parameters(each.asSubclass(BaseCmd.class)))
                    .as(command.name())
                    .allSatisfy(parameter -> assertThat(parameter.description())
                            .as(parameter.name())
                            .isNotBlank());
        }
        assertThat(new PxBackupCommands().getCommands()).hasSize(15);
    }

    private static List<Parameter> parameters(Class<? extends BaseCmd> command) throws ReflectiveOperationException {
        return command.getDeclaredConstructor().newInstance().getParamFields().stream()
                .map(each -> each.getAnnotation(Parameter.class))
                .toList();
    }
}
