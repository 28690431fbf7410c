/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cloudstackbackup.framework.backup.BackedVolume;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.spi.RestorePointPage;

/** Brings the rows in line with one page of restore points after the other. Not safe for use by many threads. */
final class PageComparison {
    private static final Logger LOG = LogManager.getLogger(PageComparison.class);
    private static final int LONGEST_TEXT = 255;
    private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final SyncStore store;
    private final BackupStore backups;
    private final Adoption adoption;
    private final Defects defects;
    private final SyncRun run;

    PageComparison(SyncStore store, BackupStore backups, Adoption adoption, Defects defects, SyncRun run) {
        this.store = store;
        this.backups = backups;
        this.adoption = adoption;
        this.defects = defects;
        this.run = run;
    }

    void compare(RestorePointPage page) {
        run.fence().check();
        run.tally().page(page.points().size());
        Set<String> kept = new HashSet<>(page.unusable().keySet());
        page.incomplete().forEach(each -> kept.remove(each.id()));
        keep(kept);
        List<ListedPoint> usable = usable(page);
        // First what is busy, then the rows: an operation that ends in between has its row written, so that the row is
        // seen.
        Busy busy = store.busy(run.target(), run.listedFrom());
        for (int from = 0; from < usable.size(); from += BackupStore.LARGEST_BATCH) {
            compareChunk(usable.subList(from, Math.min(from + BackupStore.LARGEST_BATCH, usable.size())), busy);
        }
    }

    /** What the product has, though not as a good point, stays known: it can be deleted again, or gets well. */
    private void keep(Set<String> ids) {
        List<String> known = ids.stream().filter(PageComparison::encodable).toList();
        for (int from = 0; from < known.size(); from += BackupStore.LARGEST_BATCH) {
            List<String> some = known.subList(from, Math.min(from + BackupStore.LARGEST_BATCH, known.size()));
            store.rows(run.target(), some).forEach(row -> run.marks().add(row.id()));
        }
    }

    /** What can be kept in rows. The good ones come first: where they are younger, nobody need be told of the others. */
    private List<ListedPoint> usable(RestorePointPage page) {
        Map<String, ListedPoint> usable = new LinkedHashMap<>();
        page.points().stream().map(ListedPoint::of).filter(this::isUsable).forEach(each -> usable.put(each.id(), each));
        page.incomplete().stream()
                .map(ListedPoint::of)
                .filter(this::isUsable)
                .forEach(each -> usable.putIfAbsent(each.id(), each));
        return List.copyOf(usable.values());
    }

    private boolean isUsable(ListedPoint point) {
        Optional<String> problem = problemOf(point);
        problem.ifPresent(text -> run.tally().bad(point.vmUuid(), text));
        return problem.isEmpty();
    }

    private static Optional<String> problemOf(ListedPoint point) {
        String id = point.id();
        if (id.isBlank() || id.length() > LONGEST_TEXT || !encodable(id)) {
            return Optional.of("a restore point of VM " + point.vmName() + " has an id of " + id.length()
                    + " characters that cannot be kept; allowed are 1 to " + LONGEST_TEXT + " of Unicode");
        }
        if (point.type().length() > LONGEST_TEXT || !encodable(point.type())) {
            return Optional.of(
                    "restore point " + id + " has a type of " + point.type().length()
                            + " characters that cannot be kept; allowed are at most " + LONGEST_TEXT + " of Unicode");
        }
        if (point.created().isBefore(EARLIEST) || point.created().isAfter(LATEST)) {
            return Optional.of("restore point " + id + " was created at " + point.created() + ", which cannot be");
        }
        return Optional.empty();
    }

    private static boolean encodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private void compareChunk(List<ListedPoint> points, Busy busy) {
        run.fence().check();
        Map<String, List<SyncRow>> rows = rows(points);
        List<Correction> changed = new ArrayList<>();
        List<ListedPoint> strangers = new ArrayList<>();
        for (ListedPoint point : points) {
            List<SyncRow> known = rows.getOrDefault(point.id(), List.of());
            known.forEach(row -> compare(row, point, busy, changed));
            if (known.isEmpty()) {
                strangers.add(point);
            }
        }
        update(changed);
        if (!strangers.isEmpty()) {
            adopt(adoption.prepare(run, strangers));
        }
    }

    private Map<String, List<SyncRow>> rows(Collection<ListedPoint> points) {
        return store.rows(run.target(), points.stream().map(ListedPoint::id).toList()).stream()
                .collect(Collectors.groupingBy(SyncRow::externalId));
    }

    private void compare(SyncRow row, ListedPoint point, Busy busy, List<Correction> changed) {
        run.marks().add(row.id());
        if (row.contradicts(point)) {
            if (row.status() != BackupStatus.ERROR && point.isGood()) {
                run.tally()
                        .bad(
                                row.vmUuid(),
                                "restore point " + point.id() + " is of VM " + row.vmUuid() + " here, but of "
                                        + point.vmUuid() + " at the provider");
            }
        } else if (row.isOutdatedBy(point)) {
            if (busy.backups().contains(row.id())) {
                run.tally().left(1);
            } else {
                changed.add(new Correction(row, point));
            }
        }
    }

    private void update(List<Correction> changed) {
        oneByOneAfterFailure(
                changed,
                batch -> run.tally().updated(updateNow(batch)),
                each -> run.tally()
                        .bad(
                                each.point().vmUuid(),
                                "restore point " + each.point().id() + " could not be written"));
    }

    private int updateNow(List<Correction> batch) {
        Map<Long, ListedPoint> points = new HashMap<>();
        Map<Long, String> vms = new HashMap<>();
        for (Correction each : batch) {
            points.put(each.row().id(), each.point());
            String vmUuid = each.row().vmUuid();
            if (vmUuid != null) {
                vms.put(each.row().id(), vmUuid);
            }
        }
        return run.fence().write(() -> {
            List<Backup> locked = backups.lockAll(points.keySet());
            Busy busy = store.busy(run.target(), run.listedFrom());
            Set<Long> defective = new HashSet<>();
            List<Backup> corrected = new ArrayList<>();
            for (Backup backup : locked) {
                if (!busy.backups().contains(backup.id())) {
                    corrected(backup, requireNonNull(points.get(backup.id()))).ifPresent(corrected::add);
                }
                if (backup.status() == BackupStatus.ERROR) {
                    defective.add(backup.id());
                }
            }
            Set<Long> written = backups.updateAll(corrected);
            defects.mended(
                    run,
                    corrected.stream()
                            .filter(backup -> written.contains(backup.id())
                                    && defective.contains(backup.id())
                                    && backup.status() == BackupStatus.BACKED_UP)
                            .toList(),
                    vms);
            return written.size();
        });
    }

    /** The row after what the product tells; empty when it is to stay as it is. */
    private Optional<Backup> corrected(Backup backup, ListedPoint point) {
        Backup measured = backup.measured(point.type(), point.created(), point.sizeBytes(), point.protectedBytes());
        String flaw = point.flaw();
        if (backup.status() != BackupStatus.ERROR) {
            return flaw == null ? Optional.of(measured) : Optional.empty();
        }
        if (flaw != null) {
            return Optional.of(measured.defective(flaw));
        }
        // As for a backup that was made here: good with all the volumes that it is of, and not before.
        List<String> volumes = backup.volumes().stream().map(BackedVolume::uuid).toList();
        return Optional.of(
                point.holds(volumes) ? measured.whole(adoption.completed(backup.volumes(), point)) : measured);
    }

    private void adopt(List<Adoption.Candidate> candidates) {
        oneByOneAfterFailure(
                candidates,
                batch -> run.tally().adopted(adoptNow(batch)),
                candidate -> run.tally()
                        .bad(
                                candidate.point().vmUuid(),
                                "restore point " + candidate.point().id() + " could not be adopted"));
    }

    private int adoptNow(List<Adoption.Candidate> batch) {
        List<String> ids =
                batch.stream().map(candidate -> candidate.point().id()).toList();
        return run.fence().write(() -> {
            Busy busy = store.busy(run.target(), run.listedFrom());
            Set<String> known = store.rows(run.target(), ids).stream()
                    .map(SyncRow::externalId)
                    .collect(Collectors.toSet());
            Set<String> removed = store.removedSince(run.target(), ids, run.listedFrom());
            List<Adoption.Candidate> free = batch.stream()
                    .filter(candidate -> !known.contains(candidate.point().id())
                            && !removed.contains(candidate.point().id())
                            && !busy.mayClaim(
                                    candidate.vmId(), candidate.point().created(), SyncRun.CLOCKS_DIFFER))
                    .toList();
            run.tally().left(batch.size() - free.size());
            adoption.write(free).forEach(row -> run.marks().add(row.id()));
            return free.size();
        });
    }

    /** Writes all at once; when that fails, each by itself, so that one that cannot be written stops no other. */
    private <T> void oneByOneAfterFailure(List<T> items, Consumer<List<T>> write, Consumer<T> recordBad) {
        if (items.isEmpty()) {
            return;
        }
        try {
            write.accept(items);
            return;
        } catch (Fence.CutShort e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("{} rows could not be written together, each is written by itself", items.size(), e);
        }
        int failures = 0;
        for (T item : items) {
            try {
                write.accept(List.of(item));
            } catch (Fence.CutShort e) {
                throw e;
            } catch (RuntimeException e) {
                if (++failures >= SyncRun.MOST_FAILED_WRITES) {
                    throw e;
                }
                LOG.warn("A restore point could not be written: {}", item, e);
                recordBad.accept(item);
            }
        }
    }

    /** A row that is to say what the product tells. */
    private record Correction(SyncRow row, ListedPoint point) {}
}
