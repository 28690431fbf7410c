/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {
    @ParameterizedTest
    @CsvSource({"2.8,2,8,4", "2.8.3,2,8,3", "2.9,2,9,0", "2.10,2,10,0", "2.11,2,11,0", "3.0,3,0,0", "3.1,3,1,1"})
    void theVersionIsTold(String dialect, String major, String minor, String patch) {
        try (Rig rig = Rig.of(dialect)) {
            Client.Reply reply = rig.client().unchecked().get("/v1/version").ok();
            assertThat(List.of(reply.at("version.major"), reply.at("version.minor"), reply.at("version.patch")))
                    .containsExactly(major, minor, patch);
        }
    }

    /** The table of paths that changed, with an x where the line has the path. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /v1/schedulepolicy/default/every-15/POLICY                 | xx---",
                "GET    | /v1/schedulepolicy/default/every-15?uid=POLICY             | --xxx",
                "GET    | /v1/backuplocation/default/bl/LOCATION                     | xx---",
                "GET    | /v1/backuplocation/default/bl?uid=LOCATION                 | --xxx",
                "GET    | /v1/cluster/default/cl/CLUSTER                             | xx---",
                "GET    | /v1/cluster/default/cl?uid=CLUSTER                         | --xxx",
                "GET    | /v1/rule/default/none/x                                    | xx---",
                "GET    | /v1/cloudcredential/default/none?uid=x                     | --xxx",
                "DELETE | /v1/cloudcredential/default/none/x                         | xx---",
                "DELETE | /v1/rule/default/none?uid=x                                | --xxx",
                "DELETE | /v1/schedulepolicy/default/none/x                          | xx---",
                "DELETE | /v1/backuplocation/default/none?uid=x                      | --xxx",
                "DELETE | /v1/cluster/default/none?uid=x                             | xxxxx",
                "DELETE | /v1/backupschedule/default/none?uid=x                      | x-xxx",
                "DELETE | /v1/backupschedule/default/none/x                          | -x---",
                "POST   | /v1/backupschedule/default/delete                          | -xxxx",
                "GET    | /v1/volumeresourceonlypolicy/default                       | -xxxx",
                "GET    | /v1/volumeresourceonlypolicy/default/none/x                | -x---",
                "DELETE | /v1/volumeresourceonlypolicy/default/none?uid=x            | --xxx",
                "POST   | /v1/volumeresourceonlypolicy/default/enumerate             | ---xx",
                "POST   | /v1/backup/default/enumerate                               | -xxxx",
                "POST   | /v1/backupschedule/default/enumerate                       | -xxxx",
                "POST   | /v1/cluster/default/enumerate                              | ----x",
                "GET    | /v1/backup/getbackupresourcedetails/default/none/x         | -x---",
                "GET    | /v1/backup/getbackupresourcedetails/default/none?uid=x     | --x--",
                "POST   | /v1/backup/getbackupresourcedetails                        | ---xx",
                "PUT    | /v1/backup/retryBackupResources                            | -xxxx",
                "GET    | /v1/backup/default/none?uid=x                              | xxxxx",
                "DELETE | /v1/backup/default/none?uid=x                              | xxxxx",
                "GET    | /v1/restore/default/none                                   | xxxxx",
                "GET    | /v1/backupschedule/default/none?uid=x                      | xxxxx",
                "GET    | /v1/resourceType/default?cluster_ref.name=cl               | xxxxx"
            })
    void eachLineServesItsOwnPaths(String method, String path, String lines) {
        List<String> dialects = List.of("2.8", "2.9", "2.10", "2.11", "3.0");
        for (int i = 0; i < dialects.size(); i++) {
            try (Rig rig = Rig.of(dialects.get(i))) {
                String filled = path.replace("POLICY", rig.emulator().uid("schedule_policy", "every-15"))
                        .replace("LOCATION", rig.emulator().uid("backup_location", "bl"))
                        .replace("CLUSTER", rig.emulator().uid("cluster", "cl"));
                Client.Reply reply = rig.client()
                        .unchecked()
                        .call(method, filled, method.equals("GET") || method.equals("DELETE") ? "" : "{}");
                boolean plain = reply.text().equals("Not Found") || reply.text().equals("Method Not Allowed");
                assertThat(!plain)
                        .as("%s %s in %s: %s", method, filled, dialects.get(i), reply.text())
                        .isEqualTo(lines.charAt(i) == 'x');
            }
        }
    }

    @Test
    void anUnknownPathOrMethodIsRefusedInPlainText() {
        try (Rig rig = Rig.of("3.1")) {
            Client client = rig.client().unchecked();
            assertThat(client.get("/v1/nothing").text()).isEqualTo("Not Found");
            assertThat(client.get("/v1/nothing").status()).isEqualTo(404);
            assertThat(client.delete("/v1/backup").status()).isEqualTo(405);
            assertThat(client.delete("/v1/backup").text()).isEqualTo("Method Not Allowed");
            assertThat(client.get("/v1/backup/default/a:b").text()).isEqualTo("Not Found");
            assertThat(client.get("/v1/restore/default/a%2Fb").status())
                    .as("a slash splits")
                    .isEqualTo(501);
        }
    }

    @Test
    void lenientRoutingServesAllPathsAtOnce() {
        try (Rig rig = new Rig(PxBackupOptions.forTests().withDialect("3.1").withLenience(true, true))) {
            Client client = rig.client().unchecked();
            String uid = rig.emulator().uid("schedule_policy", "every-15");
            client.get("/v1/schedulepolicy/default/every-15/" + uid).ok();
            client.get("/v1/schedulepolicy/default/every-15?uid=" + uid).ok();
            client.post("/v1/backup/default/enumerate", "{'enumerate_options':{'max_objects':'None'}}")
                    .ok();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8", "2.9", "2.10", "2.11", "3.0", "3.1"})
    void everyLineAnswersWithinTheContractAndHidesWhatCameLater(String dialect) {
        try (Rig rig = Rig.of(dialect)) {
            rig.finished("b1", "vm1");
            rig.schedule("gold", "").ok();
            rig.pass(60);
            Client.Reply backup = rig.inspect("b1").ok();
            boolean from9 = !dialect.equals("2.8");
            boolean from11 = from9 && !dialect.equals("2.9") && !dialect.equals("2.10");
            assertThat(backup.has("backup.backup_info.virtual_machines")).isEqualTo(from9);
            assertThat(backup.has("backup.backup_info.vm_resources")).isEqualTo(from11);
            assertThat(backup.has("backup.backup_info.resources")).isEqualTo(!from11);
            assertThat(backup.has("backup.metadata.last_update_time_in_sec")).isEqualTo(from11);
            Client.Reply list = rig.client().get("/v1/backuplocation/default").ok();
            assertThat(list.has("complete")).isEqualTo(from11);
            Client.Reply clusters = rig.client().get("/v1/cluster/default").ok();
            assertThat(clusters.has("total_count")).isEqualTo(dialect.startsWith("3"));
            assertThat(Tree.has(Tree.objects(clusters.json(), "clusters").get(0), "clusterInfo.time_zone"))
                    .isEqualTo(from9);
        }
    }

    @Test
    void anOlderLineIgnoresOptionsItDoesNotKnow() {
        try (Rig rig = Rig.of("2.8")) {
            rig.finished("b1", "vm1");
            rig.finished("b2", "vm2");
            String query =
                    "/v1/backup/default?enumerate_options.sort_option.sortBy.type=Name&enumerate_options.resource_info.name=vm1";
            assertThat(rig.client().get(query).ok().names("backups")).containsExactly("b2", "b1");
        }
    }

    @Test
    void olderLinesWantTheUid() {
        try (Rig old = Rig.of("2.9");
                Rig newer = Rig.of("2.10")) {
            old.backup("b1", "vm1").ok();
            newer.backup("b1", "vm1").ok();
            old.client().get("/v1/backup/default/b1").refused(400, 3);
            newer.client().get("/v1/backup/default/b1").ok();
        }
    }

    @Test
    void aDetailsCallIsAnsweredAtOnceByOlderLines() {
        try (Rig rig = Rig.of("2.9")) {
            rig.finished("b1", "vm1", "vm2");
            Client.Reply details = rig.client()
                    .get("/v1/backup/getbackupresourcedetails/default/b1/"
                            + rig.emulator().uid("backup", "b1"))
                    .ok();
            assertThat(Tree.objects(details.json(), "backup.resource_details.virtual_machine_list.virtual_machines"))
                    .hasSize(2);
            assertThat(details.has("backup.resources_sync_status_info")).isFalse();
        }
    }

    @Test
    void aFormPostStandsForAnotherMethod() throws Exception {
        try (Rig rig = Rig.of("3.1")) {
            var request = java.net.http.HttpRequest.newBuilder(
                            java.net.URI.create(rig.emulator().url() + "/v1/backup/default/none"))
                    .header("Authorization", "bearer " + Rig.TOKEN)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("uid=x"))
                    .build();
            var answer = java.net.http.HttpClient.newHttpClient()
                    .send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("object not found");
        }
    }
}
