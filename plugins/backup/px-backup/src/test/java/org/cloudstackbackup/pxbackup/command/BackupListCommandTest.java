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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupListCommandTest {
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

    @Test
    void listsArePagedAndCounted() {
        rig.emulator().addBackups("cl", "bl", "old", 10);

        JsonObject second = rig.call(ListPxBackupsCommand.class, "page=2", "pagesize=4");
        assertThat(second.get("count").getAsInt()).isEqualTo(10);
        assertThat(second.getAsJsonArray("entries")).hasSize(4);
        List<String> all = names("pagesize=-1");
        assertThat(all).hasSize(10).doesNotHaveDuplicates();
        assertThat(Stream.of(1, 2, 3).flatMap(page -> names("page=" + page, "pagesize=4").stream()))
                .containsExactlyElementsOf(all);
        JsonObject past = rig.call(ListPxBackupsCommand.class, "page=9", "pagesize=4");
        assertThat(past.get("count").getAsInt()).isEqualTo(10);
        assertThat(past.getAsJsonArray("entries")).isEmpty();
    }

    @Test
    void aBoundedListIsPagedWithinItsBounds() {
        rig.emulator().addBackups("cl", "bl", "old", 10);
        List<String> all = names("pagesize=-1");

        JsonObject bounded = rig.call(ListPxBackupsCommand.class, "maxobjects=5", "objectindex=2", "pagesize=-1");
        assertThat(bounded.get("count").getAsInt()).isEqualTo(5);
        assertThat(names("maxobjects=5", "objectindex=2", "page=2", "pagesize=3"))
                .isEqualTo(all.subList(5, 7));
        assertThat(names("maxobjects=5", "page=3", "pagesize=3")).isEmpty();
        refused(ApiErrorCode.PARAM_ERROR, "Parameter maxobjects is 0", ListPxBackupsCommand.class, "maxobjects=0");
        refused(ApiErrorCode.PARAM_ERROR, "Parameter objectindex", ListPxBackupsCommand.class, "objectindex=-1");
    }

    @Test
    void filtersOfAListArrive() {
        String schedule = "schedulepolicyref[0].name=p|schedulepolicyref[0].uid=u|backupscheduleref[0].name=s";
        rig.call(
                ListPxBackupsCommand.class,
                (schedule + "|namefilter=n|clusternamefilter=c|clusteruidfilter=cu|backupobjecttype=VirtualMachine"
                                + "|includedetailedresources=true|labels[0].key=a|labels[0].value=b|owners=o1,o2"
                                + "|status=Success,Failed|sortoption[0].sortby=Size|sortoption[0].sortorder=Ascending"
                                + "|timerange[0].starttime=2026-11-20T00:00:00Z|timerange[0].endtime=2026-11-22T00:00:00Z"
                                + "|resourceinfo[0].name=vm1|resourceinfo[0].kind=VirtualMachine|vmvolumename=v"
                                + "|excludefailedresource=true|maxobjects=7")
                        .split("\\|"));
        JsonObject options =
                rig.lastBody("POST", "/v1/backup/default/enumerate").getAsJsonObject("enumerate_options");
        assertThat(options).isEqualTo(JsonParser.parseString("""
                        {"name_filter": "n", "cluster_name_filter": "c", "cluster_uid_filter": "cu",
                         "backup_object_type": "VirtualMachine", "include_detailed_resources": true,
                         "labels": {"a": "b"}, "owners": ["o1", "o2"], "status": ["Success", "Failed"],
                         "schedule_policy_ref": [{"name": "p", "uid": "u"}], "backup_schedule_ref": [{"name": "s"}],
                         "sort_option": {"sortBy": {"type": "Size"}, "sortOrder": {"type": "Ascending"}},
                         "time_range": {"start_time": "2026-11-20T00:00:00Z", "end_time": "2026-11-22T00:00:00Z"},
                         "resource_info": {"name": "vm1", "kind": "VirtualMachine"}, "vm_volume_name": "v",
                         "exclude_failed_resource": true, "max_objects": "3"}
                        """));
    }

    @Test
    void keywordFiltersByName() {
        rig.emulator().addBackups("cl", "bl", "old", 2);
        rig.emulator().addBackups("cl", "bl", "new", 3);
        assertThat(names("keyword=new")).hasSize(3);
        refused(ApiErrorCode.PARAM_ERROR, "namefilter", ListPxBackupsCommand.class, "keyword=a", "namefilter=b");
    }

    @Test
    void oneBackupIsNamedWithoutFiltersAndAnUnknownOneIsSaidToBe() {
        rig.finished("b1", "vm1");
        refused(
                ApiErrorCode.PARAM_ERROR,
                "Parameter clusternamefilter does not belong to INSPECT_ONE",
                ListPxBackupsCommand.class,
                "name=b1",
                "clusternamefilter=cl");
        refused(ApiErrorCode.PARAM_ERROR, "uid needs name", ListPxBackupsCommand.class, "uid=u");
        refused(ApiErrorCode.PARAM_ERROR, "object not found", ListPxBackupsCommand.class, "name=other");
        refused(
                ApiErrorCode.PARAM_ERROR,
                "Parameter status[0] is \"Done\"; allowed is one of",
                ListPxBackupsCommand.class,
                "status=Done");
    }

    private List<String> names(String... parameters) {
        return rig.list(ListPxBackupsCommand.class, parameters).asList().stream()
                .map(each -> text(each.getAsJsonObject(), "name"))
                .toList();
    }
}
