/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.cloudstackbackup.framework.usage.Stored;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code usage_backup}: intervals in which nothing of a {@link UsageKey} changed. The open one says how it is now. Written
 * under the lock of the root domain's counts, so by one transaction at a time.
 */
final class UsageRows {
    private static final String OPEN = "SELECT id, open_key, size, protected_size, backups, assigned, created"
            + " FROM usage_backup WHERE open_key IN (<keys>)";
    private static final String CLOSE =
            "UPDATE usage_backup SET removed = :at, open_key = NULL, backups = 0, assigned = FALSE WHERE id = :id";
    private static final String KEEP =
            "UPDATE usage_backup SET size = :size, protected_size = :whole, backups = :backups,"
                    + " assigned = :assigned WHERE id = :id";
    private static final String BEGIN = """
            INSERT INTO usage_backup (zone_id, account_id, domain_id, vm_id, backup_offering_id, size, protected_size, backups,
                                      assigned, open_key, created)
            VALUES (:zone, :account, :domain, :vm, :offering, :size, :whole, :backups, :assigned, :key, :at)""";

    private UsageRows() {}

    /** Ends intervals and begins others; at most four statements. */
    static void write(Handle handle, SortedMap<UsageKey, UsageChange> changes, Instant now) {
        Map<String, Interval> open = new HashMap<>();
        handle.createQuery(OPEN)
                .bindList("keys", changes.keySet().stream().map(UsageKey::text).toList())
                .map((row, context) -> Map.entry(
                        row.getString("open_key"),
                        new Interval(
                                row.getLong("id"),
                                new Stored(row.getLong("backups"), row.getLong("size"), row.getLong("protected_size")),
                                row.getBoolean("assigned"),
                                new Rows(row).instant("created"))))
                .forEach(entry -> open.put(entry.getKey(), entry.getValue()));
        PreparedBatch close = handle.prepareBatch(CLOSE);
        PreparedBatch keep = handle.prepareBatch(KEEP);
        PreparedBatch begin = handle.prepareBatch(BEGIN);
        changes.forEach((key, change) -> {
            Interval before = open.get(key.text());
            Interval after = Interval.after(before, change, now);
            if (before != null && after.continues(before)) {
                after.bind(keep).bind("id", before.id()).add();
                return;
            }
            if (before != null) {
                close.bind("id", before.id()).bind("at", after.created()).add();
            }
            if (after.isOpen()) {
                after.bind(begin)
                        .bind("zone", key.zoneId())
                        .bind("account", key.accountId())
                        .bind("domain", key.domainId())
                        .bind("vm", key.vmId())
                        .bind("offering", key.offeringId())
                        .bind("key", key.text())
                        .bind("at", after.created())
                        .add();
            }
        });
        for (PreparedBatch batch : new PreparedBatch[] {close, keep, begin}) {
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    /** How it is from an instant on. */
    private record Interval(long id, Stored stored, boolean assigned, Instant created) {
        /** A clock that is behind that of the node before adds no time and takes none away. */
        static Interval after(@Nullable Interval before, UsageChange change, Instant now) {
            Stored old = before == null ? Stored.NONE : before.stored;
            Stored sum = old.plus(change.stored());
            Instant at = before == null || before.created.isBefore(now) ? Database.stored(now) : before.created;
            Boolean assigned = change.assigned();
            return new Interval(
                    0,
                    new Stored(Math.max(0, sum.points()), Math.max(0, sum.bytes()), Math.max(0, sum.protectedBytes())),
                    assigned == null ? before != null && before.assigned : assigned,
                    at);
        }

        boolean isOpen() {
            return assigned || stored.points() > 0;
        }

        /** Whether the same row can say it: nothing that is billed has changed, or no time has passed. */
        boolean continues(Interval before) {
            boolean sameSizes = stored.bytes() == before.stored.bytes()
                    && stored.protectedBytes() == before.stored.protectedBytes();
            return isOpen() && (sameSizes || created.equals(before.created));
        }

        PreparedBatch bind(PreparedBatch batch) {
            return batch.bind("size", stored.bytes())
                    .bind("whole", stored.protectedBytes())
                    .bind("backups", stored.points())
                    .bind("assigned", assigned);
        }
    }
}
