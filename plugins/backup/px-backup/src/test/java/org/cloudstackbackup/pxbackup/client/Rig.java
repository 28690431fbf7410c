/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cloudstackbackup.emulator.http.Fault;
import org.cloudstackbackup.emulator.http.Fault.Kind;
import org.cloudstackbackup.emulator.kubevirt.Claim;
import org.cloudstackbackup.emulator.kubevirt.KubeCluster;
import org.cloudstackbackup.emulator.kubevirt.VirtualMachine;
import org.cloudstackbackup.emulator.pxbackup.PxBackupEmulator;
import org.cloudstackbackup.emulator.pxbackup.PxBackupOptions;
import org.cloudstackbackup.pxbackup.client.PxBackupConfig.Limits;

/** A server with a cluster of two machines, a location and a policy, and a client for it. A pause of the client is noted, not made. */
final class Rig implements AutoCloseable {
    static final String TOKEN = "static-token-of-the-test";
    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    static final Limits LIMITS = Limits.STANDARD
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20))
            .withPageSize(3);

    private final PxBackupEmulator emulator;
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final PxBackupClient client;

    Rig(PxBackupOptions options) {
        this.emulator = PxBackupEmulator.start(options.withToken(TOKEN).withStart(START));
        this.client =
                client(PxBackupConfig.of(emulator.url(), Login.token(TOKEN)).withLimits(LIMITS));
        KubeCluster cluster = emulator.addCluster("cl", "UTC");
        for (String vm : List.of("vm1", "vm2")) {
            cluster.put(Claim.of("ns1", vm + "-root", 1L << 30, "root of " + vm));
            cluster.put(Claim.of("ns1", vm + "-data", 2L << 30, "data of " + vm));
            cluster.put(VirtualMachine.of("ns1", vm, vm + "-root", vm + "-data"));
        }
        emulator.addLocation("bl", 0);
        emulator.addPolicy("every-15", "{\"interval\":{\"minutes\":15,\"retain\":3}}");
    }

    static Rig of(String dialect) {
        return new Rig(PxBackupOptions.forTests().withDialect(dialect));
    }

    /** A client whose pauses pass on the server's clock. */
    PxBackupClient client(PxBackupConfig config) {
        return new PxBackupClient(config, clock(), length -> {
            pauses.add(length);
            emulator.advance(length);
        });
    }

    /** The server's clock, for the age of tokens. */
    Clock clock() {
        return new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return emulator.clock().instant();
            }
        };
    }

    PxBackupEmulator emulator() {
        return emulator;
    }

    PxBackupClient client() {
        return client;
    }

    List<Duration> pauses() {
        return pauses;
    }

    void pass(int seconds) {
        emulator.advance(Duration.ofSeconds(seconds));
    }

    Fault fault(String method, String path, Kind kind) {
        return Fault.on(method, path, kind);
    }

    ObjectRef ref(String kind, String name) {
        return new ObjectRef(name, emulator.uid(kind, name));
    }

    /** What creates a backup of machines. */
    Parameters machines(String name, String... vms) {
        return Parameters.none()
                .with("name", name)
                .with("backup_location_ref", ref("backup_location", "bl"))
                .with("cluster_ref", ref("cluster", "cl"))
                .with("namespaces", List.of("ns1"))
                .with("backup_object_type", Map.of("type", "VirtualMachine"))
                .with(
                        "include_resources",
                        List.of(vms).stream()
                                .map(each -> ResourceInfo.virtualMachine("ns1", each))
                                .toList());
    }

    Parameters schedule(String name, String... vms) {
        return machines(name, vms).with("schedule_policy_ref", ref("schedule_policy", "every-15"));
    }

    /** A backup of machines that has ended. */
    BackupObject finished(String name, String... vms) {
        BackupObject made = client.backups().create(machines(name, vms));
        pass(120);
        return client.backups().inspectOne(of(made));
    }

    static Parameters of(BackupObject backup) {
        return Parameters.of(backup.name(), backup.uid());
    }

    static Parameters of(BackupScheduleObject schedule) {
        return Parameters.of(schedule.name(), schedule.uid());
    }

    @Override
    public void close() {
        client.close();
        emulator.close();
    }
}
