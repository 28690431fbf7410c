/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.lang.ref.WeakReference;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.cloudstackbackup.pxbackup.client.BackupObject;
import org.cloudstackbackup.pxbackup.client.BackupScheduleObject;
import org.cloudstackbackup.pxbackup.client.BackupState;
import org.cloudstackbackup.pxbackup.client.ObjectRef;
import org.cloudstackbackup.pxbackup.client.Parameters;
import org.cloudstackbackup.pxbackup.client.PxBackupClient;
import org.cloudstackbackup.pxbackup.client.ServerLine;
import org.cloudstackbackup.spi.ErrorKind;
import org.cloudstackbackup.spi.IncompletePoint;
import org.cloudstackbackup.spi.ProviderException;
import org.cloudstackbackup.spi.RestorePoint;
import org.cloudstackbackup.spi.RestorePointPage;
import org.jspecify.annotations.Nullable;

/**
 * Lists the restore points of a zone, page by page, oldest first.
 *
 * <p>A page begins where the one before ended, by time and uid of its last backup, not by a count: what is made or deleted
 * meanwhile shifts nothing.
 */
final class PointListing {
    private static final int MORE = 50;
    private static final int LONGEST_CURSOR = 200;

    private static final Comparator<BackupObject> BY_AGE =
            Comparator.comparing(Points::created).thenComparing(BackupObject::uid);

    /** Lines that cannot sort are read as a whole at the first page; the next ones are read from here. */
    private static final Duration YOUTH = Duration.ofMinutes(5);

    private final Product product;
    private final StorageCount storage;
    private final Executor afterYouth;
    private @Nullable Whole whole;

    PointListing(Product product, StorageCount storage) {
        this(product, storage, CompletableFuture.delayedExecutor(YOUTH.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** @param afterYouth runs what it is given when that long has passed */
    PointListing(Product product, StorageCount storage, Executor afterYouth) {
        this.product = product;
        this.storage = storage;
        this.afterYouth = afterYouth;
    }

    RestorePointPage page(@Nullable String cursor, int limit) {
        if (limit < 1) {
            throw new ProviderException(ErrorKind.USER, "limit", "A page of " + limit + " restore points is none");
        }
        Optional<Cursor> from = cursor == null ? Optional.empty() : Optional.of(Cursor.of(cursor));
        ObjectId cluster = product.site().cluster();
        List<BackupObject> rest = after(from, limit);
        List<BackupObject> page = rest.subList(0, Math.min(limit, rest.size()));
        String next = rest.size() > limit ? Cursor.behind(page.get(limit - 1)).toString() : null;
        storage.page(cursor, page, next, product.zone().clock().instant());
        return told(page, cluster, next);
    }

    /**
     * More backups behind the cursor than the limit, or all there are; in order. Of all clusters, since a cluster that is
     * registered again has another uid than its backups tell; and in all states, since a host forgets what a list lacks: also
     * one that is being deleted, or in a state of a later server line, is there.
     */
    private List<BackupObject> after(Optional<Cursor> from, int limit) {
        if (!isSorting(product.client())) {
            return ofWhole(from, limit);
        }
        Parameters search = Parameters.none();
        if (from.isPresent()) {
            Instant start = from.get().created().minus(Duration.ofSeconds(1));
            search = search.with("time_range", Map.of("start_time", start.toString()));
        }
        Parameters sorted =
                search.with("sort_option", Map.of("sort_by", "CreationTimestamp", "sort_order", "Ascending"));
        for (long most = (long) limit + MORE; ; most *= 2) {
            List<BackupObject> read = product.client().backups().inspectAll(sorted.with("max_objects", most));
            boolean whole = read.size() < most;
            List<BackupObject> rest = behind(from, whole ? read : withoutLastInstant(read));
            if (whole || rest.size() > limit) {
                return rest;
            }
        }
    }

    private synchronized List<BackupObject> ofWhole(Optional<Cursor> from, int limit) {
        Instant now = product.zone().clock().instant();
        Whole present = whole;
        if (from.isEmpty()
                || present == null
                || now.isBefore(present.read())
                || !now.isBefore(present.read().plus(YOUTH))) {
            present = new Whole(now, product.client().backups().inspectAll(Parameters.none()));
        }
        List<BackupObject> rest = behind(from, present.backups());
        if (rest.size() <= limit) {
            whole = null;
        } else if (whole != present) {
            whole = present;
            var kept = new WeakReference<>(present);
            afterYouth.execute(() -> forget(kept));
        }
        return rest;
    }

    /** Who asked for the first page may never ask for the last one. */
    private synchronized void forget(WeakReference<Whole> old) {
        if (whole != null && old.refersTo(whole)) {
            whole = null;
        }
    }

    synchronized boolean isHolding() {
        return whole != null;
    }

    private static boolean isSorting(PxBackupClient client) {
        ServerLine line = client.line();
        return line.has(2, 9);
    }

    /** Others of the same instant may follow, in an order that only the server knows. */
    private static List<BackupObject> withoutLastInstant(List<BackupObject> read) {
        Instant last = read.stream()
                .map(Points::created)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return read.stream().filter(each -> Points.created(each).isBefore(last)).toList();
    }

    private static List<BackupObject> behind(Optional<Cursor> from, List<BackupObject> read) {
        return read.stream()
                .filter(each -> from.isEmpty() || from.get().isBefore(each))
                .sorted(BY_AGE)
                .toList();
    }

    private RestorePointPage told(List<BackupObject> backups, ObjectId cluster, @Nullable String next) {
        Map<String, Map<String, String>> schedules = new HashMap<>();
        if (backups.stream().anyMatch(each -> isUnnamed(each) && scheduleOf(each) != null)) {
            for (BackupScheduleObject each : product.client().schedules().inspectAll(Parameters.none())) {
                schedules.put(each.uid(), Product.labels(each));
            }
        }
        List<RestorePoint> points = new ArrayList<>();
        Map<String, String> unusable = new HashMap<>();
        List<IncompletePoint> incomplete = new ArrayList<>();
        for (BackupObject each : backups) {
            Optional<Map<String, String>> names = names(each, schedules, cluster);
            Optional<Contents.Flaw> flaw = names.flatMap(known -> flaw(each, known));
            if (names.isPresent() && flaw.isPresent()) {
                unusable.put(Points.id(each), flaw.get().text());
                incomplete(each, names.get(), flaw.get()).ifPresent(incomplete::add);
            } else {
                names.ifPresent(known -> points.add(Points.point(each, known)));
            }
        }
        return new RestorePointPage(points, next, unusable, incomplete);
    }

    /**
     * A backup by schedule that has ended and is no good; nobody else tells of it. One on request is told of by its operation, and
     * one of a schedule that is gone is of a VM that nobody knows.
     */
    private static Optional<IncompletePoint> incomplete(
            BackupObject backup, Map<String, String> names, Contents.Flaw flaw) {
        boolean told = names.containsKey(Labels.OPERATION) || !names.containsKey(Labels.VM);
        return told || !backup.state().isEnd() ? Optional.empty() : Optional.of(Points.incomplete(backup, names, flaw));
    }

    /** The product tells of a missing backup as soon as it cannot read the bucket; the backup may well be there. */
    private static Optional<Contents.Flaw> flaw(BackupObject backup, Map<String, String> names) {
        Contents contents = Contents.of(backup);
        List<Labels.Named> expected = Labels.expected(names, Points.created(backup));
        return backup.state() == BackupState.CLOUD_BACKUP_MISSING
                ? contents.contentFlaw(expected)
                : contents.flaw(expected);
    }

    /** What CloudStack calls VM and volumes; empty for a backup that is not of this zone or not the driver's. */
    private Optional<Map<String, String>> names(
            BackupObject backup, Map<String, Map<String, String>> schedules, ObjectId cluster) {
        Map<String, String> own = Contents.labels(backup);
        if (!isUnnamed(backup)) {
            boolean listed = Labels.isPurpose(own, Labels.BACKUP)
                    && product.zone().uuid().equals(own.get(Labels.ZONE));
            return listed ? Optional.of(own) : Optional.empty();
        }
        ObjectRef schedule = scheduleOf(backup);
        if (schedule == null || schedule.uid() == null) {
            return Optional.empty();
        }
        Map<String, String> told = schedules.get(schedule.uid());
        if (told == null) {
            // Somebody deleted the schedule at the product: whose VM it was is not known any more, but the backup is
            // there.
            boolean ours = schedule.name() != null
                    && Names.SCHEDULE.matcher(schedule.name()).matches()
                    && isOf(cluster, backup);
            return ours ? Optional.of(Map.of()) : Optional.empty();
        }
        boolean listed =
                Labels.isPurpose(told, Labels.SCHEDULE) && product.zone().uuid().equals(told.get(Labels.ZONE));
        return listed ? Optional.of(told) : Optional.empty();
    }

    /** No label tells the zone: the cluster's name or uid must do. */
    private static boolean isOf(ObjectId cluster, BackupObject backup) {
        ObjectRef ref = backup.backupInfo() == null ? null : backup.backupInfo().clusterRef();
        return ref == null || cluster.name().equals(ref.name()) || cluster.uid().equals(ref.uid());
    }

    private static boolean isUnnamed(BackupObject backup) {
        return !Contents.labels(backup).containsKey(Labels.VM);
    }

    private static @Nullable ObjectRef scheduleOf(BackupObject backup) {
        return backup.backupInfo() == null ? null : backup.backupInfo().backupSchedule();
    }

    /** All backups, as they were at some instant; held while somebody reads page after page. */
    private record Whole(Instant read, List<BackupObject> backups) {}

    /** The last backup of a page. */
    private record Cursor(Instant created, String uid) {
        static Cursor of(String text) {
            int slash = text.indexOf('/');
            if (slash > 0
                    && text.length() <= LONGEST_CURSOR
                    && text.substring(slash + 1).matches("[A-Za-z0-9-]+")) {
                try {
                    return new Cursor(Instant.parse(text.substring(0, slash)), text.substring(slash + 1));
                } catch (DateTimeException e) {
                    throw refused(e);
                }
            }
            throw refused(null);
        }

        private static ProviderException refused(@Nullable Exception cause) {
            return new ProviderException(
                    ErrorKind.USER, "cursor", "The cursor of the page is not one that this driver has given", cause);
        }

        static Cursor behind(BackupObject backup) {
            return new Cursor(Points.created(backup), backup.uid());
        }

        boolean isBefore(BackupObject backup) {
            int age = created.compareTo(Points.created(backup));
            return age < 0 || (age == 0 && uid.compareTo(backup.uid()) < 0);
        }

        @Override
        public String toString() {
            return created + "/" + uid;
        }
    }
}
