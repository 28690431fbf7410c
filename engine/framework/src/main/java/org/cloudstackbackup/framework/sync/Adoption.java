/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.sync;

import static java.util.Objects.requireNonNull;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cloudstackbackup.framework.backup.BackedVolume;
import org.cloudstackbackup.framework.backup.Backup;
import org.cloudstackbackup.framework.backup.BackupStatus;
import org.cloudstackbackup.framework.backup.BackupStore;
import org.cloudstackbackup.framework.backup.BackupStore.NewBackup;
import org.cloudstackbackup.framework.backup.VmDetails;
import org.cloudstackbackup.framework.event.Events;
import org.cloudstackbackup.framework.event.Events.Level;
import org.cloudstackbackup.framework.event.Events.NewEvent;
import org.cloudstackbackup.framework.event.Events.State;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.cloudstackbackup.framework.sync.SyncStore.VolumeFacts;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of what was made outside, by the product's own policy or by somebody at its console: of restore points, and in {@code
 * Error} of incomplete ones.
 */
final class Adoption {
    static final String EVENT = "BACKUP.CREATE";
    static final long SYSTEM_USER = 1;
    private static final int LONGEST_NAME = 255;

    private final SyncStore store;
    private final BackupStore backups;
    private final VmDetails details;
    private final Events events;
    private final Defects defects;

    Adoption(SyncStore store, BackupStore backups, VmDetails details, Events events, Defects defects) {
        this.store = store;
        this.backups = backups;
        this.details = details;
        this.events = events;
        this.defects = defects;
    }

    /** What can be adopted of the points; the others are counted. Outside a transaction. */
    List<Candidate> prepare(SyncRun run, List<ListedPoint> points) {
        Map<String, SyncVm> vms = vms(run, points);
        List<SyncOffering> offerings = store.offerings(run.target());
        List<ListedPoint> placed = new ArrayList<>();
        List<Long> offeringIds = new ArrayList<>();
        for (ListedPoint point : points) {
            SyncVm vm = point.vmUuid() == null ? null : vms.get(point.vmUuid());
            if (vm == null) {
                run.tally().unknown();
                continue;
            }
            Optional<Long> offering = offeringFor(point, vm, offerings);
            if (offering.isEmpty()) {
                run.tally().unplaced();
                continue;
            }
            placed.add(point);
            offeringIds.add(offering.get());
        }
        return candidates(run, placed, offeringIds, vms);
    }

    private Map<String, SyncVm> vms(SyncRun run, List<ListedPoint> points) {
        Set<String> uuids = new HashSet<>();
        for (ListedPoint point : points) {
            if (point.vmUuid() != null) {
                uuids.add(point.vmUuid());
            }
        }
        return uuids.isEmpty() ? Map.of() : store.vms(run.target().zoneId(), uuids);
    }

    /** The offering that the point names, else the VM's own, if it is of this provider. */
    private static Optional<Long> offeringFor(ListedPoint point, SyncVm vm, List<SyncOffering> offerings) {
        Optional<SyncOffering> own = offerings.stream()
                .filter(offering -> vm.offeringId() != null && offering.id() == vm.offeringId())
                .findFirst();
        String named = point.offeringExternalId();
        if (named != null
                && own.filter(offering -> offering.externalId().equals(named)).isEmpty()) {
            Optional<SyncOffering> fitting = offerings.stream()
                    .filter(offering -> offering.externalId().equals(named))
                    .max(Comparator.comparing((SyncOffering offering) -> !offering.removed())
                            .thenComparing(SyncOffering::id));
            return fitting.or(() -> own).map(SyncOffering::id);
        }
        return own.map(SyncOffering::id);
    }

    private List<Candidate> candidates(
            SyncRun run, List<ListedPoint> points, List<Long> offeringIds, Map<String, SyncVm> vms) {
        if (points.isEmpty()) {
            return List.of();
        }
        Map<String, VolumeFacts> volumes = volumeFacts(points);
        Map<Long, Map<String, String>> described = details.of(points.stream()
                .map(point ->
                        requireNonNull(vms.get(String.valueOf(point.vmUuid()))).id())
                .collect(Collectors.toSet()));
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            ListedPoint point = points.get(i);
            SyncVm vm = requireNonNull(vms.get(String.valueOf(point.vmUuid())));
            Backup row = new Backup(
                    0,
                    UUID.randomUUID().toString(),
                    nameOf(vm, point),
                    null,
                    vm.id(),
                    point.id(),
                    point.type(),
                    point.created(),
                    point.sizeBytes(),
                    point.protectedBytes(),
                    point.isGood() ? BackupStatus.BACKED_UP : BackupStatus.ERROR,
                    offeringIds.get(i),
                    vm.owner(),
                    run.target().zoneId(),
                    point.volumes().stream()
                            .map(volume -> backed(volume, volumes.get(volume.uuid())))
                            .toList(),
                    null,
                    point.flaw(),
                    0,
                    null);
            candidates.add(new Candidate(
                    point,
                    vm,
                    new NewBackup(row, described.getOrDefault(vm.id(), Map.of())),
                    run.target().provider()));
        }
        return candidates;
    }

    private Map<String, VolumeFacts> volumeFacts(List<ListedPoint> points) {
        List<String> uuids = points.stream()
                .flatMap(point -> point.volumes().stream())
                .map(VolumeRef::uuid)
                .distinct()
                .toList();
        Map<String, VolumeFacts> facts = new HashMap<>();
        for (int from = 0; from < uuids.size(); from += BackupStore.LARGEST_BATCH) {
            Collection<String> chunk = uuids.subList(from, Math.min(from + BackupStore.LARGEST_BATCH, uuids.size()));
            facts.putAll(store.volumes(chunk));
        }
        return facts;
    }

    /** The point's volumes, each as it was known when it has a size there. */
    List<BackedVolume> completed(List<BackedVolume> known, ListedPoint point) {
        Map<String, BackedVolume> sized = known.stream()
                .filter(volume -> volume.size() > 0)
                .collect(Collectors.toMap(BackedVolume::uuid, volume -> volume, (one, two) -> one));
        Map<String, VolumeFacts> facts =
                store.volumes(point.volumes().stream().map(VolumeRef::uuid).toList());
        return point.volumes().stream()
                .map(volume -> sized.getOrDefault(volume.uuid(), backed(volume, facts.get(volume.uuid()))))
                .toList();
    }

    private static BackedVolume backed(VolumeRef volume, @Nullable VolumeFacts facts) {
        return new BackedVolume(
                volume.uuid(),
                volume.root() ? VolumeType.ROOT : VolumeType.DATADISK,
                volume.sizeBytes(),
                volume.path(),
                volume.deviceId(),
                facts == null ? null : facts.diskOfferingUuid(),
                facts == null ? null : facts.minIops(),
                facts == null ? null : facts.maxIops());
    }

    private static String nameOf(SyncVm vm, ListedPoint point) {
        String name = vm.name() + "-" + point.created().truncatedTo(ChronoUnit.SECONDS);
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** Adds the rows and their events. Inside a transaction. */
    List<Backup> write(List<Candidate> candidates) {
        List<Backup> added =
                backups.addAll(candidates.stream().map(Candidate::row).toList());
        List<NewEvent> told = new ArrayList<>();
        for (int i = 0; i < added.size(); i++) {
            Candidate candidate = candidates.get(i);
            requireKept(candidate.point(), added.get(i));
            told.add(event(candidate, added.get(i)));
        }
        events.recordAll(told);
        defects.added(candidates, added);
        return added;
    }

    /** A database that changes an id on the way would have the point adopted again and again. */
    private static void requireKept(ListedPoint point, Backup row) {
        if (!point.id().equals(row.externalId())) {
            throw new IllegalStateException(
                    "The database keeps restore point id " + point.id() + " as " + row.externalId());
        }
    }

    private static NewEvent event(Candidate candidate, Backup row) {
        SyncVm vm = candidate.vm();
        String flaw = candidate.point().flaw();
        return new NewEvent(
                EVENT,
                State.Completed,
                flaw == null ? Level.INFO : Level.ERROR,
                "Found backup " + candidate.row().backup().name() + " of VM " + vm.name() + ", which provider "
                        + candidate.provider() + " made outside"
                        + (flaw == null ? "" : " and which is no whole backup: " + flaw),
                SYSTEM_USER,
                vm.owner(),
                "Backup",
                row.id(),
                row.uuid(),
                row.name(),
                null);
    }

    /** A point with the row it is to have. */
    record Candidate(ListedPoint point, SyncVm vm, NewBackup row, String provider) {
        long vmId() {
            return vm.id();
        }
    }
}
