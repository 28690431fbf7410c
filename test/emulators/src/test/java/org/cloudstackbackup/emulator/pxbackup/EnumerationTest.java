/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnumerationTest {
    private final Rig rig = Rig.of("3.1");

    @BeforeAll
    void someBackups() {
        rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b2", ".*"));
        rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b5", "vm2-data"));
        rig.finished("b1", "vm1");
        rig.finished("b2", "vm1");
        rig.finished("b3", "vm2");
        rig.client()
                .post(
                        "/v1/backup",
                        "{'metadata':{'name':'all','org_id':'default'},'backup_location_ref':{'name':'bl'},"
                                + "'cluster_ref':{'name':'cl'},'namespaces':['ns1']}")
                .ok();
        rig.pass(60);
        rig.finished("b5", "vm1", "vm2");
        rig.schedule("gold", "").ok();
        rig.pass(30);
        rig.backup("running", "vm1").ok();
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    private List<String> get(String option) {
        String query = option.isEmpty() ? "" : "?enumerate_options." + option;
        return sorted(rig.client().get("/v1/backup/default" + query).ok().names("backups"));
    }

    private List<String> post(String options) {
        return sorted(rig.client()
                .post("/v1/backup/default/enumerate", "{'enumerate_options':{" + options + "}}")
                .ok()
                .names("backups"));
    }

    private static List<String> sorted(List<String> names) {
        return names.stream()
                .map(each -> each.startsWith("gold") ? "gold" : each)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_objects=0|all b1 b2 b3 b5 gold running",
                "name_filter=unn|running",
                "name_filter=B1|",
                "cluster_name_filter=c|all b1 b2 b3 b5 gold running",
                "cluster_name_filter=other|",
                "cluster_uid_filter=nope|",
                "status=Success|all b1 b3 gold",
                "status=Failed&enumerate_options.status=PartialSuccess|b2 b5",
                "status=Pending|running",
                "owners=id-of-admin|all b1 b2 b3 b5 gold running",
                "owners=nobody|",
                "backup_object_type=VirtualMachine|b1 b2 b3 b5 gold running",
                "backup_object_type=All|all",
                "labels%5Bacs-vm%5D=vm1|b1 b2 running",
                "labels%5Bacs-vm%5D=vm1&enumerate_options.labels%5Bx%5D=y|",
                "time_range.start_time=2026-11-21T08:02:00Z|all b3 b5 gold running",
                "time_range.end_time=2026-11-21T08:01:00Z|b1 b2",
                "resource_info.name=vm1&enumerate_options.resource_info.kind=VirtualMachine|all b1 b2 b5 gold",
                "resource_info.name=vm1&enumerate_options.resource_info.kind=VirtualMachine&enumerate_options.exclude_failed_resource=true|all b1 b5 gold",
                "resource_info.name=vm2&enumerate_options.vm_volume_name=vm2-root|all b3 b5",
                "resource_info.name=vm1&enumerate_options.vm_volume_name=vm2-root|",
                "resource_info.name=vm1&enumerate_options.resource_info.namespace=ns2|",
                "resource_info.name=vm1&enumerate_options.resource_info.group=kubevirt.io&enumerate_options.resource_info.version=v1|all b1 b2 b5 gold"
            })
    void aQueryFilters(String option, String expected) {
        assertThat(String.join(" ", get(option))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'backup_schedule_ref':[{'name':'gold'}]|gold",
                "'backup_schedule_ref':[{'name':'silver'},{'name':'gold'}]|gold",
                "'backup_schedule_ref':[{'name':'gold','uid':'other'}]|",
                "'schedule_policy_ref':[{'name':'every-15'}]|gold",
                "'volume_resource_only_policy_ref':[{'name':'v'}]|",
                "'labels':{'acs-vm':'vm2'}|b3",
                "'resource_info':{'kind':'PersistentVolumeClaim','name':'vm2-data'}|all b3 b5",
                "'status':['Failed']|b2",
                "'name_filter':'unn','status':['Pending'],'backup_object_type':'VirtualMachine'|running"
            })
    void aBodyFilters(String options, String expected) {
        assertThat(String.join(" ", post(options))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void resourcesAreToldOnlyWhenWanted() {
        String list = "/v1/backup/default?enumerate_options.name_filter=b1";
        assertThat(rig.client().get(list).text()).doesNotContain("vm_resources");
        assertThat(rig.client()
                        .get(list + "&enumerate_options.include_detailed_resources=true")
                        .text())
                .contains("vm_resources");
    }

    @ParameterizedTest
    @CsvSource({
        "Name,Ascending,all b1 b2 b3 b5 gold running",
        "Name,Descending,running gold b5 b3 b2 b1 all",
        "CreationTimestamp,Ascending,b1 b2 b3 all b5 gold running",
        "Invalid,Invalid,running gold b5 all b3 b2 b1"
    })
    void aListIsSorted(String by, String order, String expected) {
        String body = "{'enumerate_options':{'sort_option':{'sortBy':{'type':'%s'},'sortOrder':{'type':'%s'}}}}"
                .formatted(by, order);
        List<String> names =
                rig.client().post("/v1/backup/default/enumerate", body).ok().names("backups");
        assertThat(names.stream().map(each -> each.startsWith("gold") ? "gold" : each))
                .containsExactly(expected.split(" "));
    }

    @Test
    void sizeAndLastUpdateSortToo() {
        String body = "{'enumerate_options':{'sort_option':{'sortBy':{'type':'%s'},'sortOrder':{'type':-1}}}}";
        assertThat(rig.client()
                        .post("/v1/backup/default/enumerate", body.formatted("Size"))
                        .ok()
                        .names("backups")
                        .get(0))
                .isEqualTo("all");
        assertThat(rig.client()
                        .post("/v1/backup/default/enumerate", body.formatted("LastUpdateTimestamp"))
                        .ok()
                        .names("backups"))
                .startsWith("running");
        assertThat(rig.client()
                        .post("/v1/backup/default/enumerate", body.formatted("ClusterName"))
                        .ok()
                        .names("backups"))
                .hasSize(7);
    }

    @Test
    void pagesJoinToTheWholeList() {
        List<String> whole = rig.client().get("/v1/backup/default").ok().names("backups");
        List<String> joined = new ArrayList<>();
        boolean complete = false;
        while (!complete) {
            Client.Reply page = rig.client()
                    .get("/v1/backup/default?enumerate_options.max_objects=3&enumerate_options.object_index="
                            + joined.size())
                    .ok();
            assertThat(page.at("total_count")).isEqualTo("7");
            joined.addAll(page.names("backups"));
            complete = page.has("complete");
        }
        assertThat(joined).isEqualTo(whole).hasSize(7);
        Client.Reply beyond = rig.client()
                .get("/v1/backup/default?enumerate_options.object_index=100")
                .ok();
        assertThat(beyond.has("backups")).isFalse();
        assertThat(beyond.has("complete")).isTrue();
    }

    @Test
    void anEmptyListHasNoKey() {
        assertThat(rig.client().get("/v1/restore/default").ok().text()).isEqualTo("{\"complete\":true}");
        assertThat(rig.client().get("/v1/rule/default").ok().text()).isEqualTo("{}");
    }

    @Test
    void whatTheOfficialClientGetsWrongIsRefusedByAStrictServer() {
        Client client = rig.client().unchecked();
        client.post("/v1/backup/default/enumerate", "{'enumerate_options':{'max_objects':'None'}}")
                .refused(400, 3);
        client.get("/v1/backup/default?enumerate_options.labels=a").refused(400, 3);
        client.get("/v1/backuplocation/default?cloud_credential_ref=a").refused(400, 3);
        assertThat(client.get("/v1/backup/default?backup_object_type=VirtualMachine&max_objects=1")
                        .ok()
                        .names("backups"))
                .hasSize(7);
        client.get("/v1/backup/nowhere").refused(404, 5);
    }

    @Test
    void manyBackupsAreListedPageByPage() {
        try (Rig large = Rig.of("3.1")) {
            large.emulator().addBackups("cl", "bl", "many", 2_000);
            List<String> uids = new ArrayList<>();
            IntStream.range(0, 10)
                    .forEach(page -> Tree.objects(
                                    large.client()
                                            .unchecked()
                                            .get(String.format(
                                                    Locale.ROOT,
                                                    "/v1/backup/default?enumerate_options.max_objects=200&enumerate_options.object_index=%d",
                                                    page * 200))
                                            .ok()
                                            .json(),
                                    "backups")
                            .forEach(each -> uids.add(Tree.text(each, "metadata.uid"))));
            assertThat(uids).hasSize(2_000).doesNotHaveDuplicates();
        }
    }

    @Test
    void aFilterIsDecoded() {
        String name = URLEncoder.encode("b 1&", StandardCharsets.UTF_8);
        assertThat(get("name_filter=" + name)).isEmpty();
    }
}
