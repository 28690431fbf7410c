/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.store;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.cloudstackbackup.framework.Page;
import org.cloudstackbackup.framework.PageRequest;
import org.cloudstackbackup.framework.backup.BackedVolume;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupListing;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.identity.Owner;
import org.cloudstackbackup.framework.identity.OwnerScope;
import org.cloudstackbackup.framework.inventory.Vm;
import org.cloudstackbackup.store.KeptListings.Kept;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Backups in tables {@code backups} and {@code backup_details}. Safe for use by many threads.
 *
 * <p>Counting a large listing costs more than showing a page of it, so counts are kept until the number in {@code
 * table_version}, which every write of this store raises in its own transaction, has changed.
 */
public final class JdbcBackupStore implements BackupStore {
    private static final String COLUMNS = """
            b.id, b.uuid, b.name, b.description, b.vm_id, b.external_id, b.type, b.date, b.size, b.protected_size, b.status,
            b.backup_offering_id, b.account_id, b.domain_id, b.zone_id, b.backed_volumes, b.backup_schedule_id,
            b.update_count, b.failure, b.removed, d.path AS domain_path""";
    private static final String SELECT =
            "SELECT " + COLUMNS + " FROM backups b JOIN domain d ON d.id = b.domain_id WHERE ";
    private static final String INSERT = """
            INSERT INTO backups (uuid, name, description, vm_id, external_id, type, date, size, protected_size, status,
                                 backup_offering_id, account_id, domain_id, zone_id, backed_volumes, backup_schedule_id, failure)
            VALUES (:uuid, :name, :description, :vm, :externalId, :type, :date, :size, :protected, :status, :offering,
                    :account, :domain, :zone, :volumes, :schedule, :failure)""";
    private static final String INSERT_MANY = """
            INSERT INTO backups (uuid, name, description, vm_id, external_id, type, date, size, protected_size, status,
                                 backup_offering_id, account_id, domain_id, zone_id, backed_volumes, backup_schedule_id, failure)
            VALUES""";
    private static final List<String> INSERTED = List.of(
            "uuid",
            "name",
            "description",
            "vm",
            "externalId",
            "type",
            "date",
            "size",
            "protected",
            "status",
            "offering",
            "account",
            "domain",
            "zone",
            "volumes",
            "schedule",
            "failure");
    // Only ever of a row that was read with this version and without removal, which raises the version. Without a
    // condition on
    // the removal, for which MariaDB would take another index than the primary key, and deadlock with those that do
    // not.
    private static final String UPDATE = """
            UPDATE backups
               SET name = :name, description = :description, external_id = :externalId, type = :type, date = :date,
                   size = :size, protected_size = :protected, status = :status, backed_volumes = :volumes,
                   backup_schedule_id = :schedule, failure = :failure, update_count = update_count + 1
             WHERE id = :id AND update_count = :version""";
    private static final String INSERT_DETAIL =
            "INSERT INTO backup_details (backup_id, name, value) VALUES (:id, :name, :value)";
    private static final String LIST_AROUND = """
            SELECT %s, d.uuid AS domain_uuid, d.name AS domain_name, a.uuid AS account_uuid, a.account_name,
                   p.uuid AS project_uuid, p.name AS project_name,
                   z.uuid AS zone_uuid, z.name AS zone_name, o.uuid AS offering_uuid, o.name AS offering_name, o.provider,
                   v.uuid AS vm_uuid, v.name AS vm_name, v.state AS vm_state, v.removed AS vm_removed,
                   v.backup_offering_id AS vm_offering_id, s.uuid AS schedule_uuid, s.schedule_type
              FROM (SELECT b.id FROM backups b %s%s ORDER BY b.id LIMIT :limit OFFSET :offset) page
              JOIN backups b ON b.id = page.id
              JOIN domain d ON d.id = b.domain_id
              JOIN account a ON a.id = b.account_id
              LEFT JOIN projects p ON p.project_account_id = a.id
              JOIN data_center z ON z.id = b.zone_id
              JOIN backup_offering o ON o.id = b.backup_offering_id
              LEFT JOIN vm_instance v ON v.id = b.vm_id
              LEFT JOIN backup_schedule s ON s.id = b.backup_schedule_id
             ORDER BY b.id""";
    private static final String KEYWORD_JOIN = "LEFT JOIN vm_instance w ON w.id = b.vm_id";
    private static final String PROVIDER =
            "b.backup_offering_id IN (SELECT p.id FROM backup_offering p WHERE p.provider = :provider)";
    private static final String SCHEDULED =
            "b.backup_schedule_id IN (SELECT c.id FROM backup_schedule c WHERE c.schedule_type = :interval)";
    /** Binds the interval only so that it is not left over. */
    private static final String UNSCHEDULED = "(b.backup_schedule_id IS NULL OR NOT EXISTS"
            + " (SELECT 1 FROM backup_schedule c WHERE c.id = b.backup_schedule_id AND c.schedule_type > :interval))";

    private static final String KEYWORD =
            "(LOWER(b.name) LIKE :keyword ESCAPE '!' OR LOWER(w.name) LIKE :keyword ESCAPE '!')";

    private static final String LANDMARKS = """
            SELECT numbered.id, numbered.n
              FROM (SELECT b.id AS id, ROW_NUMBER() OVER (ORDER BY b.id) AS n FROM backups b %s) numbered
             WHERE MOD(numbered.n, :step) = 1 OR numbered.n = :rows
             ORDER BY numbered.id""";

    // By primary key alone: a lock that is found by another index meets changes of that index from the other side.
    private static final String ENTRY = "SELECT " + LedgerEntry.COLUMNS + " FROM backups b WHERE ";

    private final Database database;
    private final Jdbi jdbi;
    private final Clock clock;
    private final CountRows counts = new CountRows();
    private final KeptListings kept = new KeptListings();

    /** With the system's clock. */
    public JdbcBackupStore(Database database) {
        this(database, Clock.systemUTC());
    }

    /** @param clock for the history of what was stored when */
    public JdbcBackupStore(Database database, Clock clock) {
        this.clock = clock;
        this.database = database;
        this.jdbi = database.jdbi();
    }

    @Override
    public Backup add(Backup backup, Map<String, String> details) {
        return writing((handle, ledger) -> {
            long id = handle.createUpdate(INSERT)
                    .bindMap(unchangeable(backup))
                    .bindMap(changeable(backup))
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            insertDetails(handle, id, details);
            ledger.added(LedgerEntry.of(backup));
            return find(id).orElseThrow(() -> new IllegalStateException("Backup " + id + " vanished"));
        });
    }

    @Override
    public Optional<Backup> find(long id) {
        return one("b.removed IS NULL AND b.id = :key", id);
    }

    @Override
    public Optional<Backup> findByUuid(String uuid) {
        return one("b.uuid = :key", uuid);
    }

    @Override
    public Optional<Backup> lock(long id) {
        Optional<Long> locked = jdbi.withHandle(
                handle -> handle.createQuery("SELECT id FROM backups WHERE id = :id AND removed IS NULL FOR UPDATE")
                        .bind("id", id)
                        .mapTo(Long.class)
                        .findOne());
        return locked.flatMap(this::find);
    }

    @Override
    public List<Backup> lockAll(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbi.withHandle(handle -> {
            List<Long> locked = handle.createQuery(
                            "SELECT id FROM backups WHERE id IN (<ids>) AND removed IS NULL ORDER BY id FOR UPDATE")
                    .bindList("ids", ids)
                    .mapTo(Long.class)
                    .list();
            return locked.isEmpty()
                    ? List.<Backup>of()
                    : handle.createQuery(SELECT + "b.id IN (<ids>) ORDER BY b.id")
                            .bindList("ids", locked)
                            .map(JdbcBackupStore::backup)
                            .list();
        });
    }

    @Override
    public Optional<Backup> update(Backup changed) {
        return database.inTransaction(() -> jdbi.withHandle(handle -> {
            // Of the same version as the row that is then replaced, so it is that row.
            Optional<LedgerEntry> before = handle.createQuery(ENTRY + "b.id = :id")
                    .bind("id", changed.id())
                    .map(LedgerEntry::read)
                    .findOne()
                    .filter(row -> !row.isRemoved() && row.version() == changed.version());
            if (before.isEmpty()) {
                return Optional.empty();
            }
            int updated = handle.createUpdate(UPDATE)
                    .bind("id", changed.id())
                    .bind("version", changed.version())
                    .bindMap(changeable(changed))
                    .execute();
            if (updated == 0) {
                return Optional.empty();
            }
            ledger().changed(before.get(), LedgerEntry.of(changed));
            return find(changed.id());
        }));
    }

    @Override
    public void replaceDetails(long id, Map<String, String> details) {
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM backup_details WHERE backup_id = ?", id);
            insertDetails(handle, id, details);
        });
    }

    @Override
    public boolean remove(long id, Instant at) {
        return database.inTransaction(() -> jdbi.withHandle(handle -> {
            Optional<LedgerEntry> before = handle.createQuery(ENTRY + "b.id = :id FOR UPDATE")
                    .bind("id", id)
                    .map(LedgerEntry::read)
                    .findOne()
                    .filter(row -> !row.isRemoved());
            if (before.isEmpty()) {
                return false;
            }
            handle.execute(
                    "UPDATE backups SET removed = ?, status = ?, update_count = update_count + 1 WHERE id = ?",
                    at,
                    BackupStatus.REMOVED.wireName(),
                    id);
            ledger().removed(before.get());
            return true;
        }));
    }

    @Override
    public List<Backup> addAll(List<NewBackup> rows) {
        requireBatch(rows);
        if (rows.isEmpty()) {
            return List.of();
        }
        return writing((handle, ledger) -> {
            ManyRows.insert(
                    handle,
                    INSERT_MANY,
                    "(" + String.join(", ", Collections.nCopies(INSERTED.size(), "?")) + ")",
                    rows.stream().map(row -> inserted(row.backup())).toList());
            // Read back by uuid, since drivers differ in what they tell of the keys that a batch made.
            Map<String, Backup> added = handle
                    .createQuery(SELECT + "b.uuid IN (<uuids>)")
                    .bindList(
                            "uuids",
                            rows.stream().map(row -> row.backup().uuid()).toList())
                    .map(JdbcBackupStore::backup)
                    .stream()
                    .collect(Collectors.toMap(Backup::uuid, Function.identity()));
            List<Backup> inOrder = rows.stream()
                    .map(row -> requireNonNull(added.get(row.backup().uuid()), "an added row vanished"))
                    .toList();
            insertAllDetails(handle, rows, inOrder);
            inOrder.forEach(row -> ledger.added(LedgerEntry.of(row)));
            return inOrder;
        });
    }

    @Override
    public Set<Long> updateAll(List<Backup> changed) {
        requireBatch(changed);
        return database.inTransaction(() -> jdbi.withHandle(handle -> {
            Map<Long, LedgerEntry> current = lockCurrent(handle, changed);
            if (!current.isEmpty()) {
                PreparedBatch batch = handle.prepareBatch(UPDATE);
                changed.forEach(backup -> {
                    LedgerEntry before = current.get(backup.id());
                    if (before != null) {
                        batch.bind("id", backup.id())
                                .bind("version", backup.version())
                                .bindMap(changeable(backup))
                                .add();
                        ledger().changed(before, LedgerEntry.of(backup));
                    }
                });
                batch.execute();
            }
            return current.keySet();
        }));
    }

    @Override
    public Set<Long> removeAll(List<Backup> seen, Instant at) {
        requireBatch(seen);
        return database.inTransaction(() -> jdbi.withHandle(handle -> {
            Map<Long, LedgerEntry> current = lockCurrent(handle, seen);
            if (!current.isEmpty()) {
                handle.createUpdate(
                                "UPDATE backups SET removed = :at, status = :status, update_count = update_count + 1"
                                        + " WHERE id IN (<ids>)")
                        .bind("at", at)
                        .bind("status", BackupStatus.REMOVED.wireName())
                        .bindList("ids", current.keySet())
                        .execute();
                current.values().forEach(ledger()::removed);
            }
            return current.keySet();
        }));
    }

    /** Locks rows, always in the order of their ids, and tells which are still as they were read. */
    private static Map<Long, LedgerEntry> lockCurrent(Handle handle, List<Backup> seen) {
        if (seen.isEmpty()) {
            return Map.of();
        }
        Map<Long, Long> versions = seen.stream().collect(Collectors.toMap(Backup::id, Backup::version));
        Map<Long, LedgerEntry> current = new TreeMap<>();
        handle.createQuery(ENTRY + "b.id IN (<ids>) ORDER BY b.id FOR UPDATE")
                .bindList("ids", versions.keySet())
                .map(LedgerEntry::read)
                .forEach(row -> {
                    if (!row.isRemoved() && Long.valueOf(row.version()).equals(versions.get(row.id()))) {
                        current.put(row.id(), row);
                    }
                });
        return current;
    }

    /** A transaction that adds rows. */
    private <T> T writing(BiFunction<Handle, BackupLedger, T> body) {
        return database.inTransaction(() -> jdbi.withHandle(handle -> body.apply(handle, ledger())));
    }

    /** Of the open transaction, which is to change rows: asking for it raises the table's version. */
    private BackupLedger ledger() {
        return database.atEnd(BackupLedger.class, () -> new BackupLedger(jdbi, counts, clock));
    }

    private static void requireBatch(List<?> rows) {
        if (rows.size() > LARGEST_BATCH) {
            throw new IllegalArgumentException("At most " + LARGEST_BATCH + " rows at once, got " + rows.size());
        }
    }

    @Override
    public void protectionChanged(Vm vm, long offeringId, boolean begins) {
        UsageKey key = new UsageKey(vm.owner().accountId(), vm.owner().domainId(), vm.zoneId(), vm.id(), offeringId);
        database.run(() -> ledger().assigned(key, begins));
    }

    @Override
    public Map<String, String> details(long id) {
        return jdbi.withHandle(handle -> detailsOf(handle, List.of(id)).getOrDefault(id, Map.of()));
    }

    @Override
    public List<Backup> ofVm(long vmId, long offeringId) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT
                        + "b.vm_id = :vm AND b.backup_offering_id = :offering AND b.removed IS NULL ORDER BY b.id")
                .bind("vm", vmId)
                .bind("offering", offeringId)
                .map(JdbcBackupStore::backup)
                .list());
    }

    @Override
    public boolean knowsPoint(long zoneId, String provider, String externalId) {
        return !ofPoint(zoneId, provider, externalId).isEmpty();
    }

    @Override
    public List<Backup> ofPoint(long zoneId, String provider, String externalId) {
        List<Backup> alike = jdbi.withHandle(handle -> handle.createQuery(SELECT
                        + "b.external_id = :key AND b.zone_id = :zone AND b.removed IS NULL AND b.backup_offering_id IN"
                        + " (SELECT o.id FROM backup_offering o WHERE o.provider = :provider) ORDER BY b.id")
                .bind("key", externalId)
                .bind("zone", zoneId)
                .bind("provider", provider)
                .map(JdbcBackupStore::backup)
                .list());
        // MariaDB takes letters of both cases, and spaces at the end, for the same.
        return alike.stream()
                .filter(backup -> externalId.equals(backup.externalId()))
                .toList();
    }

    @Override
    public boolean existsForVm(long vmId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT id FROM backups WHERE vm_id = :vm AND removed IS NULL LIMIT 1")
                        .bind("vm", vmId)
                        .mapTo(Long.class)
                        .findOne())
                .isPresent();
    }

    @Override
    public List<Backup> forgotten(Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "b.removed IS NULL AND b.status = :status"
                        + " AND b.date < :before AND NOT EXISTS (SELECT 1 FROM backup_operation p"
                        + " WHERE p.backup_id = b.id AND p.ended IS NULL)"
                        + " AND NOT EXISTS (SELECT 1 FROM async_job j WHERE j.removed IS NULL"
                        + " AND j.instance_type = 'Backup' AND j.instance_id = b.id) ORDER BY b.id LIMIT 100")
                .bind("status", BackupStatus.ALLOCATED.wireName())
                .bind("before", before)
                .map(JdbcBackupStore::backup)
                .list());
    }

    @Override
    public List<Backup> strays() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "b.removed IS NULL AND b.status IN (<busy>)"
                        + " AND NOT EXISTS (SELECT 1 FROM backup_operation p"
                        + " WHERE p.backup_id = b.id AND p.ended IS NULL) ORDER BY b.id LIMIT 100")
                .bindList(
                        "busy",
                        BackupStatus.QUEUED.wireName(),
                        BackupStatus.BACKING_UP.wireName(),
                        BackupStatus.RESTORING.wireName())
                .map(JdbcBackupStore::backup)
                .list());
    }

    @Override
    public Page<BackupListing> list(Filter filter, OwnerScope scope, PageRequest page, boolean withDetails) {
        Conditions conditions = conditions(filter, scope);
        String join = filter.keyword() == null ? "" : KEYWORD_JOIN;
        return jdbi.withHandle(handle -> {
            ListingKey key = new ListingKey(filter, scope);
            Kept known = count(handle, key, conditions, join);
            if (page.offset() >= known.rows()) {
                return new Page<>(List.of(), known.rows());
            }
            long offset = page.offset() - skipped(handle, key, known, page, conditions);
            List<BackupListing> rows = handle.createQuery(LIST_AROUND.formatted(COLUMNS, join, conditions.where()))
                    .bindMap(conditions.bindings())
                    .bind("limit", page.limit())
                    .bind("offset", offset)
                    .map(JdbcBackupStore::listing)
                    .list();
            return new Page<>(withDetails ? detailed(handle, rows) : rows, known.rows());
        });
    }

    /** Narrows the conditions to the landmarks around the page, and returns how many rows that leaves out. */
    private long skipped(Handle handle, ListingKey key, Kept known, PageRequest page, Conditions conditions) {
        // Rows of late dates lie behind all others: even their first page is deep.
        History history = key.filter().history();
        boolean deep = page.offset() >= 2L * KeptListings.STEP || history.from() != null || history.before() != null;
        if (known.version() < 0 || !deep) {
            return 0;
        }
        if (!known.askedDeep()) {
            kept.keep(key, known.deep());
            return 0;
        }
        long[] landmarks = known.landmarks();
        if (landmarks == null) {
            landmarks = landmarks(handle, known.rows(), conditions);
            kept.keep(key, known.with(landmarks));
        }
        if (landmarks.length == 1) {
            // Every row was removed since they were counted.
            return 0;
        }
        int landmark = (int) Math.min(page.offset() / KeptListings.STEP, landmarks.length - 2L);
        conditions.andIf(landmarks[landmark], "b.id >= :landmark", "landmark");
        // Where the page must have ended: without it everything behind the landmark may be read and sorted.
        long behind = landmark + 1L + ((long) page.limit() + KeptListings.STEP - 1) / KeptListings.STEP;
        conditions.andIf(landmarks[(int) Math.min(behind, landmarks.length - 1L)], "b.id < :behind", "behind");
        return (long) landmark * KeptListings.STEP;
    }

    /** The ids of every {@link KeptListings#STEP}th row, from the first, and at last one behind that of the last row. */
    private static long[] landmarks(Handle handle, long rows, Conditions conditions) {
        List<Map.Entry<Long, Long>> found = handle.createQuery(LANDMARKS.formatted(conditions.where()))
                .bindMap(conditions.bindings())
                .bind("step", KeptListings.STEP)
                .bind("rows", rows)
                .map((row, context) -> Map.entry(row.getLong("n"), row.getLong("id")))
                .list();
        // When rows were removed since they were counted, the last is not known; nobody uses what is kept then.
        long end = found.stream()
                .filter(row -> row.getKey() == rows)
                .mapToLong(row -> row.getValue() + 1)
                .findAny()
                .orElse(Long.MAX_VALUE);
        LongStream steps = found.stream()
                .filter(row -> row.getKey() % KeptListings.STEP == 1)
                .mapToLong(Map.Entry::getValue);
        return LongStream.concat(steps, LongStream.of(end)).toArray();
    }

    private static Conditions conditions(Filter filter, OwnerScope scope) {
        String keyword = filter.keyword();
        BackupStore.History history = filter.history();
        BackupStatus status = history.status();
        return new Conditions()
                .and(status == BackupStatus.REMOVED ? "b.removed IS NOT NULL" : "b.removed IS NULL")
                .andIf(status == null ? null : status.wireName(), "b.status = :status", "status")
                .andIf(history.provider(), PROVIDER, "provider")
                .andIf(history.scheduleId(), "b.backup_schedule_id = :schedule", "schedule")
                .andIf(
                        history.interval(),
                        Objects.equals(history.interval(), History.MANUAL) ? UNSCHEDULED : SCHEDULED,
                        "interval")
                .andIf(history.from(), "b.date >= :from", "from")
                .andIf(history.before(), "b.date < :before", "before")
                .and(OwnerScopeSql.of(scope, "b"))
                .andIf(filter.id(), "b.id = :id", "id")
                .andIf(filter.vmId(), "b.vm_id = :vm", "vm")
                .andIf(filter.zoneId(), "b.zone_id = :zone", "zone")
                .andIf(filter.offeringId(), "b.backup_offering_id = :offering", "offering")
                .andIf(filter.name(), "b.name = :name", "name")
                .andIf(
                        keyword == null ? null : OwnerScopeSql.containing(keyword.toLowerCase(Locale.ROOT)),
                        KEYWORD,
                        "keyword");
    }

    /**
     * One statement when the count is kept, two otherwise. Counted anew are keywords and intervals, since the names of VMs and
     * the schedules have no version, and within transactions, whose changes may be taken back; such a count has a version below 0.
     */
    private Kept count(Handle handle, ListingKey key, Conditions conditions, String join) {
        boolean keep = key.filter().keyword() == null
                && key.filter().history().interval() == null
                && !handle.isInTransaction();
        long version = keep
                ? handle.createQuery("SELECT version FROM table_version WHERE name = 'backups'")
                        .mapTo(Long.class)
                        .one()
                : -1;
        Optional<Kept> before = keep ? kept.find(key, version) : Optional.empty();
        if (before.isPresent()) {
            return before.get();
        }
        long rows = handle.createQuery("SELECT COUNT(*) FROM backups b " + join + conditions.where())
                .bindMap(conditions.bindings())
                .mapTo(Long.class)
                .one();
        Kept counted = Kept.counted(version, rows);
        if (keep) {
            kept.keep(key, counted);
        }
        return counted;
    }

    private static List<BackupListing> detailed(Handle handle, List<BackupListing> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<Long, Map<String, String>> details =
                detailsOf(handle, rows.stream().map(row -> row.backup().id()).toList());
        return rows.stream()
                .map(row -> row.with(details.getOrDefault(row.backup().id(), Map.of())))
                .toList();
    }

    private static Map<Long, Map<String, String>> detailsOf(Handle handle, List<Long> ids) {
        Map<Long, Map<String, String>> details = new HashMap<>();
        handle.createQuery("SELECT backup_id, name, value FROM backup_details WHERE backup_id IN (<ids>)")
                .bindList("ids", ids)
                .map((row, context) -> details.computeIfAbsent(row.getLong("backup_id"), id -> new HashMap<>())
                        .put(row.getString("name"), row.getString("value")))
                .forEach(previous -> {});
        return details;
    }

    private static void insertDetails(Handle handle, long id, Map<String, String> details) {
        if (details.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT_DETAIL);
        details.forEach((name, value) -> addDetail(batch, id, name, value));
        batch.execute();
    }

    private static void insertAllDetails(Handle handle, List<NewBackup> rows, List<Backup> added) {
        PreparedBatch batch = handle.prepareBatch(INSERT_DETAIL);
        for (int i = 0; i < rows.size(); i++) {
            long id = added.get(i).id();
            rows.get(i).details().forEach((name, value) -> addDetail(batch, id, name, value));
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void addDetail(PreparedBatch batch, long id, String name, String value) {
        batch.bind("id", id).bind("name", name).bind("value", value).add();
    }

    private static Map<String, Object> unchangeable(Backup backup) {
        return Map.of(
                "uuid", backup.uuid(),
                "vm", backup.vmId(),
                "offering", backup.offeringId(),
                "account", backup.owner().accountId(),
                "domain", backup.owner().domainId(),
                "zone", backup.zoneId());
    }

    private static List<@Nullable Object> inserted(Backup backup) {
        Map<String, Object> values = changeable(backup);
        values.putAll(unchangeable(backup));
        return INSERTED.stream().<@Nullable Object>map(values::get).toList();
    }

    private static Map<String, Object> changeable(Backup backup) {
        Map<String, Object> values = new HashMap<>();
        values.put("name", backup.name());
        values.put("description", backup.description());
        values.put("externalId", backup.externalId());
        values.put("type", backup.type());
        values.put("date", backup.date());
        values.put("size", backup.sizeBytes());
        values.put("protected", backup.protectedBytes());
        values.put("status", backup.status().wireName());
        values.put("volumes", BackedVolume.toJson(backup.volumes()));
        values.put("schedule", backup.scheduleId());
        values.put("failure", backup.failure());
        return values;
    }

    private Optional<Backup> one(String condition, Object key) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + condition)
                .bindMap(Map.of("key", key))
                .map(JdbcBackupStore::backup)
                .findOne());
    }

    private static BackupListing listing(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        String state = row.getString("vm_state");
        return new BackupListing(
                backup(row, context),
                row.getString("vm_uuid"),
                row.getString("vm_name"),
                rows.maybeLong("vm_offering_id"),
                state == null || state.equals("Expunging") || rows.maybeInstant("vm_removed") != null,
                row.getString("offering_uuid"),
                row.getString("offering_name"),
                row.getString("provider"),
                row.getString("account_uuid"),
                row.getString("account_name"),
                row.getString("project_uuid"),
                row.getString("project_name"),
                row.getString("domain_uuid"),
                row.getString("domain_name"),
                row.getString("zone_uuid"),
                row.getString("zone_name"),
                row.getString("schedule_uuid"),
                rows.maybeInt("schedule_type"),
                Map.of());
    }

    private static Backup backup(ResultSet row, StatementContext context) throws SQLException {
        Rows rows = new Rows(row);
        String status = row.getString("status");
        return new Backup(
                row.getLong("id"),
                row.getString("uuid"),
                row.getString("name"),
                row.getString("description"),
                row.getLong("vm_id"),
                row.getString("external_id"),
                row.getString("type"),
                rows.instant("date"),
                rows.maybeLong("size"),
                rows.maybeLong("protected_size"),
                BackupStatus.ofWireName(status)
                        .orElseThrow(() -> new IllegalStateException("Unknown backup status " + status)),
                row.getLong("backup_offering_id"),
                new Owner(row.getLong("account_id"), row.getLong("domain_id"), row.getString("domain_path")),
                row.getLong("zone_id"),
                BackedVolume.fromJson(row.getString("backed_volumes")),
                rows.maybeLong("backup_schedule_id"),
                row.getString("failure"),
                row.getLong("update_count"),
                rows.maybeInstant("removed"));
    }

    private record ListingKey(Filter filter, OwnerScope scope) {}
}
