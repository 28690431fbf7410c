/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.cloudstackbackup.store.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Fills a database that a server has started on once: 100 accounts, VMs, and backups spread evenly over them. */
final class Filling {
    private static final int ACCOUNTS = 100;
    private static final int VMS = 1_000;
    private static final int BATCH = 5_000;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final long FIRST_ID = 10_000;
    private static final int MARIADB_BATCH = 100_000;
    private static final String MANY = """
            INSERT INTO backups (uuid, name, vm_id, external_id, type, date, size, protected_size, status, backup_offering_id,
                                 account_id, domain_id, zone_id, backed_volumes, failure)
            SELECT UUID(), CONCAT('bench-vm-', q.seq %% 10000, '-', q.seq), 10000 + q.seq %% 10000, CONCAT('point-', q.seq),
                   'FULL', TIMESTAMPADD(MINUTE, q.seq, '2025-01-01'), 1000000 + q.seq, 1073741824,
                   IF(q.seq %% 50 = 7, 'Failed', 'BackedUp'), 10000, 10000 + q.seq %% 100, 1, 1,
                   CONCAT('[{"uuid":"', UUID(), '","type":"ROOT","size":1073741824,"path":"root","deviceId":0}]'),
                   IF(q.seq %% 50 = 7, 'The disk is full', NULL)
              FROM seq_%d_to_%d q""";

    private Filling() {}

    static void fill(String databaseUrl, int backups) {
        try (Database database = Database.open(databaseUrl, 2)) {
            database.jdbi().useTransaction(handle -> {
                accounts(handle);
                vms(handle);
                offering(handle);
                backups(handle, backups);
                handle.execute("UPDATE table_version SET version = version + 1 WHERE name = 'backups'");
            });
        }
    }

    private static void offering(Handle handle) {
        handle.execute(
                "INSERT INTO backup_offering (id, uuid, name, description, external_id, user_driven_backup, zone_id,"
                        + " provider, created) VALUES (?, ?, 'Bench', 'Bench', 'gold', TRUE, 1, 'dummy', ?)",
                FIRST_ID,
                UUID.randomUUID().toString(),
                FIRST);
    }

    private static void accounts(Handle handle) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO account (id, uuid, account_name, type, role_id, domain_id, created) VALUES (?, ?, ?, 0, 4, 1, ?)");
        for (int i = 0; i < ACCOUNTS; i++) {
            batch.add(FIRST_ID + i, UUID.randomUUID().toString(), "bench-" + i, FIRST);
        }
        batch.execute();
    }

    private static void vms(Handle handle) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO vm_instance (id, uuid, name, instance_name, state, vm_template_id, guest_os_id, service_offering_id,
                                         hypervisor_type, data_center_id, account_id, domain_id, backup_offering_id, created)
                SELECT ?, ?, ?, ?, 'Stopped', MIN(t.id), MIN(t.guest_os_id), MIN(s.id), 'Simulator', 1, ?, 1, ?, ?
                  FROM vm_template t, service_offering s""");
        for (int i = 0; i < VMS; i++) {
            batch.add(
                    FIRST_ID + i,
                    UUID.randomUUID().toString(),
                    "bench-vm-" + i,
                    "i-bench-" + i,
                    FIRST_ID + i % ACCOUNTS,
                    FIRST_ID,
                    FIRST);
        }
        batch.execute();
    }

    /** As {@link #fill} with 10,000 VMs, made by MariaDB itself out of its sequences: a million rows take seconds. */
    static void fillMariaDb(String databaseUrl, int backups) {
        try (Database database = Database.open(databaseUrl, 2)) {
            database.jdbi().useHandle(handle -> {
                accounts(handle);
                handle.execute("""
                        INSERT INTO vm_instance (id, uuid, name, instance_name, state, vm_template_id, guest_os_id,
                                                 service_offering_id, hypervisor_type, data_center_id, account_id, domain_id,
                                                 backup_offering_id, created)
                        SELECT 10000 + q.seq, UUID(), CONCAT('bench-vm-', q.seq), CONCAT('i-bench-', q.seq), 'Stopped', t.id,
                               t.guest_os_id, s.id, 'Simulator', 1, 10000 + q.seq % 100, 1, 10000, NOW()
                          FROM seq_0_to_9999 q, (SELECT MIN(id) AS id, MIN(guest_os_id) AS guest_os_id FROM vm_template) t,
                               (SELECT MIN(id) AS id FROM service_offering) s""");
                offering(handle);
                for (int from = 0; from < backups; from += MARIADB_BATCH) {
                    handle.execute(MANY.formatted(from, Math.min(backups, from + MARIADB_BATCH) - 1));
                }
                handle.execute("UPDATE table_version SET version = version + 1 WHERE name = 'backups'");
                handle.execute("ANALYZE TABLE backups, vm_instance");
            });
        }
    }

    private static void backups(Handle handle, int count) {
        for (int from = 0; from < count; from += BATCH) {
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO backups (uuid, name, vm_id, external_id, type, date, size, protected_size, status,
                                         backup_offering_id, account_id, domain_id, zone_id, backed_volumes)
                    VALUES (?, ?, ?, ?, 'FULL', ?, ?, 1073741824, 'BackedUp', ?, ?, 1, 1, ?)""");
            for (int i = from; i < Math.min(count, from + BATCH); i++) {
                int vm = i % VMS;
                batch.add(
                        UUID.randomUUID().toString(),
                        "bench-vm-" + vm + "-" + i,
                        FIRST_ID + vm,
                        "point-" + i,
                        FIRST.plus(Duration.ofMinutes(i)),
                        1_000_000L + i,
                        FIRST_ID,
                        FIRST_ID + vm % ACCOUNTS,
                        "[{\"uuid\":\"" + UUID.randomUUID()
                                + "\",\"type\":\"ROOT\",\"size\":1073741824,\"path\":\"root\",\"deviceId\":0}]");
            }
            batch.execute();
        }
    }
}
