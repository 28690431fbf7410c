/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminTest {
    private final PxBackupEmulator emulator = PxBackupEmulator.start(
            PxBackupOptions.forTests().withToken(Rig.TOKEN).withStart(Rig.START).withDemo());
    private final Client admin = new Client(emulator.adminUrl(), "").unchecked();
    private final Client api = new Client(emulator.url(), Rig.TOKEN);

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void theAdminApiIsOnItsOwnPortOnly() {
        assertThat(api.unchecked().get("/_emu/state").status()).isEqualTo(404);
        assertThat(admin.get("/v1/version").status()).isEqualTo(404);
        assertThat(admin.get("/_emu/state").ok().at("line")).isEqualTo("3.1.1");
    }

    @Test
    void theClockIsReadAndMoved() {
        assertThat(admin.get("/_emu/clock").ok().at("time")).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(admin.post("/_emu/clock", "{'advance':'PT90S'}").ok().at("time"))
                .isEqualTo("2026-11-21T08:01:30Z");
        assertThat(admin.post("/_emu/clock", "{'set':'2026-12-01T00:00:00Z'}")
                        .ok()
                        .at("time"))
                .isEqualTo("2026-12-01T00:00:00Z");
        admin.post("/_emu/clock", "{'set':'2026-11-01T00:00:00Z'}").refused(400, 3);
        admin.post("/_emu/clock", "{'advance':'soon'}").refused(400, 3);
        admin.post("/_emu/clock", "{'factor':-1}").refused(400, 3);
        assertThat(admin.post("/_emu/clock", "{'factor':1000}").ok().at("factor"))
                .isEqualTo("1000.0");
    }

    @Test
    void aSeedAddsWhatItNames() {
        admin.post(
                        "/_emu/seed",
                        "{'users':[{'name':'ann','password':'x','groups':['ops'],'roles':['px-backup-app.admin']}],"
                                + "'clusters':[{'name':'c2','timeZone':'Europe/Berlin','namespaces':[{'name':'empty','labels':{'a':'b'}}],"
                                + "'claims':[{'namespace':'n','name':'disk','size':1000000,'text':'first','provisioner':'csi.x','storageClass':'fast'}],"
                                + "'machines':[{'namespace':'n','name':'vm','claims':['disk'],'phase':'stopped','osName':'Windows','labels':{'l':'m'}}]}],"
                                + "'locations':[{'name':'locked','lockDays':7}],"
                                + "'policies':[{'name':'weekly','policy':{'weekly':{'day':'sun','time':'01:00AM'}}}],"
                                + "'backups':{'count':3,'cluster':'c2','location':'locked','prefix':'old','labels':{'k':'v'}}}")
                .ok();
        JsonObject claim = Tree.objects(admin.get("/_emu/inventory").ok().json(), "c2.claims")
                .get(0);
        assertThat(Tree.text(claim, "text")).isEqualTo("first");
        assertThat(Tree.text(claim, "storageClass")).isEqualTo("fast");
        assertThat(api.get("/v1/backup/default?enumerate_options.labels%5Bk%5D=v")
                        .ok()
                        .names("backups"))
                .containsExactly("old-000002", "old-000001", "old-000000");
        assertThat(api.get("/v1/schedulepolicy/default").ok().names("schedule_policies"))
                .contains("weekly");
        assertThat(api.as(emulator.issueToken("ann"))
                        .get("/v1/backup/default")
                        .ok()
                        .names("backups"))
                .isEmpty();
        admin.post("/_emu/seed", "{'policies':[{'name':'bad','policy':{}}]}").refused(400, 3);
    }

    @Test
    void aSeededBackupLooksLikeOneThatRan() {
        admin.post("/_emu/seed", "{'backups':{'count':2,'cluster':'demo-cluster','location':'demo-location'}}")
                .ok();
        String path = "/v1/backup/default/seeded-000001?uid=" + emulator.uid("backup", "seeded-000001");
        JsonObject info = Tree.object(api.get(path).ok().json(), "backup.backup_info");
        assertThat(Tree.text(info, "virtual_machines_total_count")).isEqualTo("1");
        assertThat(Tree.objects(info, "volumes"))
                .extracting(each -> Tree.text(each, "backup_id"))
                .hasSize(2)
                .allMatch(each -> each.startsWith("seeded-000001/"));
        assertThat(Tree.objects(info, "vm_resources.vms")).isNotEmpty();
    }

    @Test
    void seededBackupsCanBeRestored() {
        admin.post("/_emu/seed", "{'backups':{'count':2,'cluster':'demo-cluster','location':'demo-location'}}")
                .ok();
        api.post(
                        "/v1/restore",
                        "{'metadata':{'name':'r','org_id':'default'},'backup_ref':{'name':'seeded-000001'},'cluster_ref':{'name':'demo-cluster'},'namespace_mapping':{'demo':'copy'}}")
                .ok();
        emulator.advance(java.time.Duration.ofMinutes(1));
        assertThat(emulator.cluster("demo-cluster").machines()).hasSize(3);
    }

    @Test
    void theInventoryIsChanged() {
        admin.post(
                        "/_emu/inventory",
                        "{'cluster':'demo-cluster','write':{'namespace':'demo','claim':'web-1-root','text':'new','bytes':500}}")
                .ok();
        admin.post(
                        "/_emu/inventory",
                        "{'cluster':'demo-cluster','phase':{'namespace':'demo','machine':'web-1','phase':'stopped'}}")
                .ok();
        admin.post("/_emu/inventory", "{'cluster':'demo-cluster','remove':{'namespace':'demo','machine':'db-1'}}")
                .ok();
        admin.post("/_emu/inventory", "{'cluster':'demo-cluster','remove':{'namespace':'demo','claim':'db-1-root'}}")
                .ok();
        admin.post(
                        "/_emu/inventory",
                        "{'cluster':'demo-cluster','put':{'machines':[{'namespace':'extra','name':'new'}]}}")
                .ok();
        Client.Reply told = admin.get("/_emu/inventory").ok();
        assertThat(Tree.objects(told.json(), "demo-cluster.machines"))
                .extracting(each -> Tree.text(each, "name"))
                .containsExactly("web-1", "new");
        assertThat(Tree.text(Tree.objects(told.json(), "demo-cluster.machines").get(0), "phase"))
                .isEqualTo("STOPPED");
        assertThat(emulator.cluster("demo-cluster")
                        .claim("demo", "web-1-root")
                        .orElseThrow()
                        .content()
                        .version())
                .isEqualTo(2);
        assertThat(emulator.cluster("demo-cluster").claims()).hasSize(3);
        admin.post("/_emu/inventory", "{'cluster':'demo-cluster','remove':{'namespace':'demo'}}")
                .ok();
        assertThat(emulator.cluster("demo-cluster").claims()).isEmpty();
        admin.post("/_emu/inventory", "{'cluster':'none','write':{}}").refused(400, 3);
        admin.post("/_emu/inventory", "{'cluster':'demo-cluster','write':{'namespace':'a','claim':'b'}}")
                .refused(400, 3);
    }

    @Test
    void faultsAndMishapsAreSetAndCleared() {
        admin.post(
                        "/_emu/faults",
                        "{'kind':'status','method':'GET','path':'/v1/version','status':503,'retryafter':3,'times':0}")
                .ok();
        assertThat(api.get("/v1/version").refused(503, 14).response().headers().firstValue("Retry-After"))
                .hasValue("3");
        assertThat(Tree.objects(admin.get("/_emu/faults").ok().json(), "faults")
                        .get(0)
                        .get("matched")
                        .getAsInt())
                .isEqualTo(1);
        admin.delete("/_emu/faults").ok();
        api.get("/v1/version").ok();
        admin.post("/_emu/faults", "{'kind':'nonsense'}").refused(400, 3);
        admin.post("/_emu/mishaps", "{'kind':'stuck','name':'x.*','target':'Pending','times':0}")
                .ok();
        assertThat(admin.get("/_emu/mishaps").ok().text()).contains("stuck");
        admin.delete("/_emu/mishaps").ok();
        assertThat(Tree.objects(admin.get("/_emu/mishaps").ok().json(), "mishaps"))
                .isEmpty();
        admin.post("/_emu/mishaps", "{'kind':'nonsense'}").refused(400, 3);
    }

    @Test
    void statesAreSetAndObjectsRemoved() {
        admin.post("/_emu/state", "{'action':'status','kind':'cluster','name':'demo-cluster','status':'Offline'}")
                .ok();
        assertThat(Tree.text(
                        Tree.objects(api.get("/v1/cluster/default").json(), "clusters")
                                .get(0),
                        "clusterInfo.status.status"))
                .isEqualTo("Offline");
        admin.post("/_emu/state", "{'action':'remove','kind':'schedule_policy','name':'demo-daily'}")
                .ok();
        assertThat(api.get("/v1/schedulepolicy/default").names("schedule_policies"))
                .isEqualTo(List.of("demo-interval"));
        admin.post("/_emu/state", "{'action':'lose-data','name':'demo-location'}")
                .ok();
        admin.post("/_emu/state", "{'action':'explode'}").refused(400, 3);
        admin.post("/_emu/state", "{'action':'remove','kind':'planet','name':'x'}")
                .refused(400, 3);
    }

    @Test
    void aResetGoesBackToTheStart() {
        String uid = emulator.uid("cluster", "demo-cluster");
        String token = emulator.issueToken("admin");
        admin.post("/_emu/reset", "").ok();
        assertThat(emulator.uid("cluster", "demo-cluster")).isNotEqualTo(uid);
        api.as(token).get("/v1/version").refused(401, 16);
        assertThat(Tree.number(admin.get("/_emu/journal").ok().json(), "count")).isEqualTo(1);
        admin.delete("/_emu/journal").ok();
        assertThat(emulator.journal().count()).isZero();
    }

    @Test
    void theServerIsRestartedAndTokensExpire() {
        String token = emulator.issueToken("admin");
        admin.post("/_emu/restart", "{'downMillis':1}").ok();
        api.as(token).get("/v1/version").ok();
        admin.post("/_emu/tokens/expire", "").ok();
        api.as(token).get("/v1/version").refused(401, 16);
    }

    @Test
    void anUnknownCallIsToldWhatThereIs() {
        assertThat(admin.get("/_emu/nothing").status()).isEqualTo(404);
        assertThat(admin.get("/").text()).contains("/_emu/");
        admin.post("/_emu/seed", "not json").refused(400, 3);
    }

    @Test
    void placesAreValidatedAndClustersComeOnline() {
        api.post(
                        "/v1/backuplocation",
                        "{'metadata':{'name':'l','org_id':'default'},'backup_location':{'type':'NFS','path':'/x','nfs_config':{'server_addr':'n'}}}")
                .ok();
        api.post(
                        "/v1/backuplocation",
                        "{'metadata':{'name':'bad','org_id':'default'},'backup_location':{'type':'S3','path':'unreachable'}}")
                .ok();
        assertThat(api.get("/v1/backuplocation/default").names("backup_locations"))
                .as("hidden while it is validated")
                .containsExactly("demo-location");
        assertThat(api.get("/v1/backuplocation/default?include_validation_state=true")
                        .names("backup_locations"))
                .hasSize(3);
        api.post("/v1/cluster", "{'metadata':{'name':'c','org_id':'default'},'kubeconfig':'YQ=='}")
                .ok();
        assertThat(api.post("/v1/cluster", "{'metadata':{'name':'c','org_id':'default'},'kubeconfig':'YQ=='}")
                        .refused(409, 6)
                        .text())
                .contains("already exists with status: Online");
        assertThat(api.post(
                                "/v1/cluster",
                                "{'metadata':{'name':'d','org_id':'default'},'kubeconfig':'dW5yZWFjaGFibGU='}")
                        .refused(500, 2)
                        .text())
                .contains("failed to validate access to the cluster");
        assertThat(emulator.status("cluster", "c")).isEqualTo("Pending");
        emulator.advance(java.time.Duration.ofSeconds(2));
        assertThat(emulator.status("cluster", "c")).isEqualTo("Success");
        assertThat(emulator.status("backup_location", "l")).isEqualTo("Valid");
        assertThat(emulator.status("backup_location", "bad")).isEqualTo("ValidationFailed");
        emulator.advance(java.time.Duration.ofSeconds(2));
        assertThat(emulator.status("cluster", "c")).isEqualTo("Online");
        api.delete("/v1/backuplocation/default/l").ok();
        assertThat(emulator.status("backup_location", "l")).isEqualTo("DeletePending");
        emulator.advance(java.time.Duration.ofSeconds(3));
        assertThat(emulator.names("backup_location")).containsExactly("demo-location", "bad");
        api.delete("/v1/cluster/default/c").ok();
        emulator.advance(java.time.Duration.ofSeconds(3));
        assertThat(emulator.names("cluster")).containsExactly("demo-cluster");
    }

    @Test
    void metricsAreAsOldAsTheirLastRefresh() {
        admin.post("/_emu/seed", "{'backups':{'count':2,'cluster':'demo-cluster','location':'demo-location'}}")
                .ok();
        emulator.advance(java.time.Duration.ofSeconds(45));
        Client.Reply metrics = api.get("/v1/metrics/default").ok();
        assertThat(metrics.at("last_sync_time")).isEqualTo(String.valueOf(Rig.START.getEpochSecond() + 30));
        JsonObject stats = Tree.objects(metrics.json(), "stats").get(0);
        assertThat(Tree.number(stats, "total_backup_size")).isEqualTo(2 * 3 * Rig.GIBIBYTE);
        assertThat(Tree.text(stats, "num_namespaces")).isEqualTo("1");
    }
}
