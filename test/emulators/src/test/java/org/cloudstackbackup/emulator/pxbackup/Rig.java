/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.emulator.pxbackup;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;

/** A server with a cluster of two machines, a location and an interval policy, and a client for it. */
final class Rig implements AutoCloseable {
    static final String TOKEN = "static-token";
    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    static final long GIBIBYTE = 1L << 30;

    private final PxBackupEmulator emulator;
    private final Client client;
    private final KubeCluster cluster;

    Rig(PxBackupOptions options) {
        this.emulator = PxBackupEmulator.start(options.withToken(TOKEN).withStart(START));
        this.client = new Client(emulator.url(), TOKEN);
        this.cluster = emulator.addCluster("cl", "UTC");
        for (String vm : new String[] {"vm1", "vm2"}) {
            cluster.put(Claim.of("ns1", vm + "-root", 10 * GIBIBYTE, "root of " + vm));
            cluster.put(Claim.of("ns1", vm + "-data", 20 * GIBIBYTE, "data of " + vm));
            cluster.put(VirtualMachine.of("ns1", vm, vm + "-root", vm + "-data"));
        }
        emulator.addLocation("bl", 0);
        emulator.addPolicy(
                "every-15", "{\"interval\":{\"minutes\":15,\"retain\":3,\"incremental_count\":{\"count\":2}}}");
    }

    static Rig of(String dialect) {
        return new Rig(PxBackupOptions.forTests().withDialect(dialect));
    }

    PxBackupEmulator emulator() {
        return emulator;
    }

    Client client() {
        return client;
    }

    KubeCluster cluster() {
        return cluster;
    }

    void pass(int seconds) {
        emulator.advance(Duration.ofSeconds(seconds));
    }

    String ref(String kind, String name) {
        return "{'name':'%s','uid':'%s'}".formatted(name, emulator.uid(kind, name));
    }

    static String vm(String name) {
        return "{'name':'%s','namespace':'ns1','group':'kubevirt.io','kind':'VirtualMachine','version':'v1'}"
                .formatted(name);
    }

    static String claim(String name) {
        return "{'name':'%s','namespace':'ns1','group':'core','kind':'PersistentVolumeClaim','version':'v1'}"
                .formatted(name);
    }

    /** The create body of a backup or schedule of machines, with more members. */
    String body(String name, String more, String... vms) {
        String[] resources = java.util.Arrays.stream(vms).map(Rig::vm).toArray(String[]::new);
        return ("{'metadata':{'name':'%s','org_id':'default','labels':{'acs-vm':'%s'}},'backup_location_ref':%s,"
                        + "'cluster_ref':%s,'cluster':'cl','namespaces':['ns1'],"
                        + "'backup_object_type':{'type':'VirtualMachine'},'backup_type':'Normal',"
                        + "'include_resources':[%s]%s}")
                .formatted(
                        name,
                        String.join("-", vms),
                        ref("backup_location", "bl"),
                        ref("cluster", "cl"),
                        String.join(",", resources),
                        more.isEmpty() ? "" : "," + more);
    }

    /** Creates a backup of machines. */
    Client.Reply backup(String name, String... vms) {
        return client.post("/v1/backup", body(name, "", vms));
    }

    /** Creates a backup of machines and waits for its end. */
    JsonObject finished(String name, String... vms) {
        backup(name, vms).ok();
        pass(60);
        return Tree.object(inspect(name).json(), "backup.backup_info");
    }

    Client.Reply inspect(String backup) {
        return client.get("/v1/backup/default/" + backup + "?uid=" + emulator.uid("backup", backup));
    }

    String status(String backup) {
        return inspect(backup).at("backup.backup_info.status.status");
    }

    Client.Reply schedule(String name, String more) {
        String policy = "'schedule_policy_ref':" + ref("schedule_policy", "every-15");
        return client.post("/v1/backupschedule", body(name, policy + (more.isEmpty() ? "" : "," + more), "vm1"));
    }

    Client.Reply restore(String name, String backup, String more) {
        String body = ("{'metadata':{'name':'%s','org_id':'default'},'backup_ref':%s,'backup':'%s','cluster_ref':%s,"
                        + "'cluster':'cl'%s}")
                .formatted(name, ref("backup", backup), backup, ref("cluster", "cl"), more.isEmpty() ? "" : "," + more);
        return client.post("/v1/restore", body);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        emulator.close();
    }
}
