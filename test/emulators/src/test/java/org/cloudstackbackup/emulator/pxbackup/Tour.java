/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import java.util.List;

/** Calls every operation of the newest line once, with as many fields as there are. */
final class Tour {
    private static final String META = "'metadata':{'name':'%s','org_id':'default'}";

    private Tour() {}

    static void everywhere(Rig rig) {
        server(rig.client());
        catalog(rig);
        places(rig);
        backups(rig);
        schedules(rig);
        restores(rig);
    }

    private static void server(Client client) {
        client.get("/v1/health").ok();
        client.get("/v1/version").ok();
        client.get("/v1/organization").ok();
        client.get("/v1/organization/default").ok();
    }

    private static void catalog(Rig rig) {
        Client client = rig.client();
        simple(
                client,
                "cloudcredential",
                "cloud_credential",
                "'cloud_credential':{'type':'AWS','aws_config':{'access_key':'a','secret_key':'s'}}");
        simple(
                client,
                "rule",
                "rule",
                "'rules_info':{'rules':[{'pod_selector':{'a':'b'},'container':'compute','actions':[{'value':'sync','background':true,'run_in_single_pod':true}]}]}");
        simple(
                client,
                "schedulepolicy",
                "schedule_policy",
                "'schedule_policy':{'daily':{'time':'03:04PM','retain':'5','incremental_count':{'count':3}},'weekly':{'day':'sunday,mon','time':'3:04am','retain':2,'bi_weekly':true},'monthly':{'relative_monthly_policy':{'day':'fri','weekly_index':'last','time':'01:00AM','retain':1}},'auto_delete':true}");
        simple(
                client,
                "volumeresourceonlypolicy",
                "volume_resource_only_policy",
                "'volume_resource_only_policy':{'volume_types':['Csi',3],'csi_drivers':['d'],'nfs_servers':['n']}");
        client.post(
                        "/v1/volumeresourceonlypolicy/default/enumerate",
                        "{'labels':{'a':'b'},'enumerate_options':{'volume_types':['Csi'],'generic_enumerate_options':{'max_objects':'5'}}}")
                .ok();
    }

    private static void simple(Client client, String path, String key, String info) {
        String base = "/v1/" + path;
        String uid = client.post(base, "{" + META.formatted("n1") + "," + info + "}")
                .ok()
                .at(key + ".metadata.uid");
        client.put(
                        base,
                        "{'metadata':{'name':'n1','org_id':'default','uid':'" + uid + "','labels':{'a':'b'}}," + info
                                + "}")
                .ok();
        client.put(
                        base + "/updateownership",
                        "{'org_id':'default','name':'n1','uid':'" + uid
                                + "','ownership':{'collaborators':[{'id':'u','access':'Read'}],'groups':[{'id':'g','access':2}],'public':{'type':'Read'}}}")
                .ok();
        client.get(base + "/default").ok();
        client.get(base + "/default/n1?uid=" + uid).ok();
        client.delete(base + "/default/n1?uid=" + uid).ok();
        client.get(base + "/default/n1?uid=" + uid).refused(404, 5);
    }

    private static void places(Rig rig) {
        Client client = rig.client();
        String location =
                "'backup_location':{'type':'S3','path':'bucket','encryption_key':'k','s3_config':{'endpoint':'e','region':'r','disable_ssl':true,'sse_type':'SSE_S3'}}";
        String uid = client.post("/v1/backuplocation", "{" + META.formatted("l1") + "," + location + "}")
                .ok()
                .at("backup_location.metadata.uid");
        rig.pass(5);
        client.put(
                        "/v1/backuplocation",
                        "{'metadata':{'name':'l1','org_id':'default','uid':'" + uid + "'}," + location + "}")
                .ok();
        client.post("/v1/backuplocation/validate", "{'org_id':'default','name':'l1','uid':'" + uid + "'}")
                .ok();
        client.put(
                        "/v1/backuplocation/updateownership",
                        "{'org_id':'default','name':'l1','uid':'" + uid + "','ownership':{'public':{'type':'Read'}}}")
                .ok();
        client.get(
                        "/v1/backuplocation/default?include_validation_state=true&include_secrets=true&backup_location_enumerate_options.statuses=ValidationInProgress")
                .ok();
        client.get("/v1/backuplocation/default/l1?uid=" + uid + "&include_secrets=true")
                .ok();
        client.delete("/v1/backuplocation/default/l1?uid=" + uid).ok();
        String cluster = client.post(
                        "/v1/cluster",
                        "{" + META.formatted("c1")
                                + ",'kubeconfig':'YQ==','provider':'Rancher','px_config':{'access_token':'t'}}")
                .ok()
                .at("cluster.metadata.uid");
        client.put(
                        "/v1/cluster",
                        "{'metadata':{'name':'c1','org_id':'default','uid':'" + cluster + "'},'kubeconfig':'Yg=='}")
                .ok();
        client.put(
                        "/v1/cluster/updatebackupshare",
                        "{'org_id':'default','name':'c1','uid':'" + cluster
                                + "','add_backup_share':{'groups':[{'id':'g','access':'View'}]}}")
                .ok();
        client.patch(
                        "/v1/sharecluster",
                        "{'org_id':'default','cluster_ref':{'name':'c1','uid':'" + cluster
                                + "'},'users':['u'],'groups':['g'],'share_cluster_backups':true}")
                .ok();
        client.patch(
                        "/v1/unsharecluster",
                        "{'org_id':'default','cluster_ref':{'name':'c1','uid':'" + cluster + "'},'users':['u']}")
                .ok();
        client.get("/v1/cluster/default?include_secrets=true&cluster_enumerate_options.cluster_status=Online")
                .ok();
        client.post(
                        "/v1/cluster/default/enumerate",
                        "{'enumerate_options':{'name_filter':'c'},'cluster_enumerate_options':{'cluster_status':[1]}}")
                .ok();
        client.get("/v1/cluster/default/c1?uid=" + cluster + "&include_secrets=true")
                .ok();
        client.delete("/v1/cluster/default/c1?uid=" + cluster + "&delete_all_cluster_backups=true")
                .ok();
        client.get("/v1/resourceType/default?cluster_ref.name=cl").ok();
    }

    private static void backups(Rig rig) {
        Client client = rig.client();
        rig.emulator().mishap(Mishap.of(Mishap.Kind.FAIL_VOLUME, "b1", "vm2-data"));
        String more =
                "'volume_snapshot_class_mapping':{'d':'c'},'keep_cr_status':true,'direct_kdmp':true,'advanced_resource_label_selector':'a notin (b)'";
        client.post("/v1/backup", rig.body("b1", more, "vm1", "vm2")).ok();
        rig.pass(5);
        rig.inspect("b1").ok();
        rig.pass(60);
        String uid = rig.inspect("b1").ok().at("backup.metadata.uid");
        client.put(
                        "/v1/backup",
                        "{'metadata':{'name':'b1','org_id':'default','uid':'" + uid
                                + "','labels':{'x':'y'},'ownership':{'collaborators':[{'id':'u','access':'Write'}]}}}")
                .ok();
        client.put(
                        "/v1/backup/updatebackupshare",
                        "{'org_id':'default','name':'b1','uid':'" + uid
                                + "','backupshare':{'groups':[{'id':'g','access':'View'}],'collaborators':[{'id':'u','access':2}]}}")
                .ok();
        client.get("/v1/backup/default?enumerate_options.include_detailed_resources=true")
                .ok();
        client.post("/v1/backup/default/enumerate", "{'enumerate_options':{'include_detailed_resources':true}}")
                .ok();
        for (int i = 0; i < 3; i++) {
            client.post(
                            "/v1/backup/getbackupresourcedetails",
                            "{'org_id':'default','name':'b1','uid':'" + uid
                                    + "','filter':{'virtual_machine_filter':{'vm_name_pattern':'vm'},'status':['Success','Failed']}}")
                    .ok();
            rig.pass(2);
        }
        client.put(
                        "/v1/backup/retryBackupResources",
                        "{'org_id':'default','name':'b1','uid':'" + uid + "','include_resources':[" + Rig.vm("vm2")
                                + "]}")
                .ok();
        client.get("/v1/metrics/default").ok();
        client.post(
                        "/v1/backup",
                        "{" + META.formatted("all") + ",'backup_location_ref':" + rig.ref("backup_location", "bl")
                                + ",'cluster_ref':" + rig.ref("cluster", "cl") + ",'namespaces':['*'],'backup_type':1}")
                .ok();
        rig.pass(60);
        rig.inspect("all").ok();
        String all = rig.emulator().uid("backup", "all");
        for (int i = 0; i < 3; i++) {
            client.post("/v1/backup/getbackupresourcedetails", "{'org_id':'default','name':'all','uid':'" + all + "'}")
                    .ok();
            rig.pass(2);
        }
    }

    private static void schedules(Rig rig) {
        Client client = rig.client();
        rig.schedule("s1", "'parallel_backup':true").ok();
        rig.schedule("s2", "'reclaim_policy':1").ok();
        rig.pass(3600);
        String uid = rig.emulator().uid("backup_schedule", "s1");
        client.put(
                        "/v1/backupschedule",
                        "{'metadata':{'name':'s1','org_id':'default','uid':'" + uid
                                + "'},'suspend':true,'remark':'r','namespaces':['ns1']}")
                .ok();
        client.get("/v1/backupschedule/default?backup_location_ref.name=bl").ok();
        client.post("/v1/backupschedule/default/enumerate", "{'enumerate_options':{'status':['Suspending']}}")
                .ok();
        client.get("/v1/backupschedule/default/s1?uid=" + uid).ok();
        client.get("/v1/backup/default").ok();
        client.get("/v1/schedulepolicy/default").ok();
        client.delete("/v1/backupschedule/default/s1?uid=" + uid).ok();
        client.post(
                        "/v1/backupschedule/default/delete",
                        "{'include_filter':'s','backup_object_type':{'type':'VM'},'cluster_scope':{'all_clusters':true}}")
                .ok();
    }

    private static void restores(Rig rig) {
        Client client = rig.client();
        rig.restore(
                        "r1",
                        "b1",
                        "'replace_policy':'Retain','namespace_mapping':{'ns1':'other'},'storage_class_mapping':{'a':'b'},'backup_object_type':{'type':'VirtualMachine'}")
                .ok();
        rig.restore(
                        "r2",
                        "b1",
                        "'replace_policy':1,'virtual_machine_restore_options':{'skip_mac_masking':true},'filter':{'virtual_machine_filter':{'include_vms':[{'name':'vm1','namespace':'ns1'}]}}")
                .ok();
        rig.restore(
                        "r3",
                        "b1",
                        "'is_sfr':true,'file_level_restore_info':{'virtual_machine_name':'vm1','volume_name':'v','restore_files':[{'source_path':'/a','destination_path':'/b'}]}")
                .ok();
        for (int i = 0; i < 30; i++) {
            client.get("/v1/restore/default").ok();
            rig.pass(1);
        }
        for (String name : List.of("r1", "r2", "r3")) {
            String uid = rig.emulator().uid("restore", name);
            client.get("/v1/restore/default/" + name + "?uid=" + uid).ok();
            client.put(
                            "/v1/restore",
                            "{'metadata':{'name':'" + name + "','org_id':'default','uid':'" + uid
                                    + "','labels':{'a':'b'}}}")
                    .ok();
            client.delete("/v1/restore/default/" + name + "?uid=" + uid).ok();
        }
        String backup = rig.emulator().uid("backup", "b1");
        client.delete("/v1/backup/default/b1?uid=" + backup + "&cluster_ref.name=cl")
                .ok();
    }
}
