/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.spi.VmRef;
import org.cloudstackbackup.spi.VolumeRef;
import org.jspecify.annotations.Nullable;

/** What the driver writes on its objects: the product has no other place for what CloudStack calls things. */
final class Labels {
    static final String VM = "acs-vm";
    static final String ZONE = "acs-zone";
    static final String OFFERING = "acs-offering";
    static final String OPERATION = "acs-operation";
    static final String PURPOSE = "acs-purpose";

    /** Where a restore writes; on the copy that is made before it. */
    static final String TARGET = "acs-target-namespace";

    static final String BACKUP = "backup";
    static final String SCHEDULE = "schedule";
    static final String RESTORE = "restore";

    /** The purpose of a copy of what a restore overwrites; it is no restore point. */
    static final String SAFETY = "safety";

    /** In seconds since 1970: backups of a schedule made later hold all volumes that are not {@link #FORMER}. */
    private static final String SINCE = "acs-volumes-since";

    /** Followed by the volume's uuid; the value is {@code <device id>.<claim>}, or the device id alone for a long claim. */
    private static final String VOLUME = "acs-v-";

    /** As {@link #VOLUME}, for one that the VM has no more, while older backups have it. */
    private static final String FORMER = "acs-f-";

    /** A claim's name may have 253 characters, a label's value 63; the rest goes to further labels, {@code <key>.1} and so on. */
    private static final int LONGEST = 63;

    /** Around each part of a long name: a value must begin and end with a letter or digit. */
    private static final String FENCE = "x";

    /** The product's clock and ours may differ by so much. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private Labels() {}

    /**
     * What tells whose an object is, and which volume of CloudStack each claim is. A claim outside the machine's namespace is left
     * out: it is in no backup, and the label could be taken for a claim of that name that is.
     */
    static Map<String, String> of(String purpose, String zoneUuid, VmRef vm) {
        Map<String, String> labels = new HashMap<>();
        labels.put(PURPOSE, purpose);
        labels.put(ZONE, zoneUuid);
        labels.put(VM, vm.uuid());
        Machine machine = Machine.of(vm);
        for (VolumeRef volume : vm.volumes()) {
            Machine.ClaimName claim = machine.claimOf(volume);
            if (machine.holds(claim)) {
                put(labels, VOLUME, new Named(volume.uuid(), claim.name(), volume.deviceId()));
            }
        }
        return labels;
    }

    static Map<String, String> with(Map<String, String> labels, String key, String value) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(key, value);
        return more;
    }

    private static void put(Map<String, String> labels, String prefix, Named volume) {
        String key = prefix + volume.uuid();
        String value = volume.deviceId() + "." + volume.claim();
        if (value.length() <= LONGEST) {
            labels.put(key, value);
            return;
        }
        labels.put(key, String.valueOf(volume.deviceId()));
        int step = LONGEST - 2 * FENCE.length();
        for (int from = 0, part = 1; from < volume.claim().length(); from += step, part++) {
            int to = Math.min(from + step, volume.claim().length());
            labels.put(key + "." + part, FENCE + volume.claim().substring(from, to) + FENCE);
        }
    }

    /** The labels with the names of these volumes. */
    static Map<String, String> with(Map<String, String> labels, List<Named> volumes) {
        Map<String, String> more = new HashMap<>(labels);
        volumes.forEach(each -> put(more, VOLUME, each));
        return more;
    }

    /** Labels of a schedule that is about to be made: each of its backups holds all the volumes in them. */
    static Map<String, String> fromTheBeginning(Map<String, String> labels) {
        return with(labels, SINCE, "0");
    }

    /**
     * The labels of a schedule with others put over them. Volumes that the VM has no more become former ones, unless their
     * claims are others' now.
     */
    static Map<String, String> renewed(Map<String, String> labels, Map<String, String> over, Instant now) {
        List<Named> current = named(over, VOLUME);
        Set<String> claims = current.stream().map(Named::claim).collect(Collectors.toSet());
        Map<String, String> renewed = new HashMap<>(labels);
        renewed.keySet().removeIf(key -> key.startsWith(VOLUME) || key.startsWith(FORMER));
        volumes(labels).stream()
                .filter(each -> !claims.contains(each.claim()))
                .forEach(each -> put(renewed, FORMER, each));
        renewed.putAll(over);
        if (!renewed.containsKey(SINCE) || !current.equals(named(labels, VOLUME))) {
            renewed.put(SINCE, String.valueOf(now.getEpochSecond()));
        }
        return renewed;
    }

    /** The volumes that the labels name, former ones too, by device id. */
    static List<Named> volumes(Map<String, String> labels) {
        List<Named> volumes = new ArrayList<>(named(labels, VOLUME));
        volumes.addAll(named(labels, FORMER));
        volumes.sort(Named.BY_DEVICE);
        return volumes;
    }

    /**
     * The volumes that a backup must hold; none when that is not known.
     *
     * @param labels the backup's own, or those of the schedule that made it
     */
    static List<Named> expected(Map<String, String> labels, Instant created) {
        if (labels.containsKey(OPERATION)) {
            return volumes(labels);
        }
        String since = labels.getOrDefault(SINCE, "");
        boolean known = since.matches("[0-9]{1,12}")
                && !created.isBefore(
                        Instant.ofEpochSecond(Long.parseLong(since)).plus(SKEW));
        return known ? named(labels, VOLUME) : List.of();
    }

    private static List<Named> named(Map<String, String> labels, String prefix) {
        List<Named> volumes = new ArrayList<>();
        labels.forEach((key, value) -> {
            if (key.startsWith(prefix) && key.indexOf('.') < 0) {
                int dot = value.indexOf('.');
                String claim = dot < 0 ? joined(labels, key) : value.substring(dot + 1);
                device(dot < 0 ? value : value.substring(0, dot))
                        .filter(device -> !claim.isEmpty())
                        .ifPresent(device -> volumes.add(new Named(key.substring(prefix.length()), claim, device)));
            }
        });
        volumes.sort(Named.BY_DEVICE);
        return volumes;
    }

    private static String joined(Map<String, String> labels, String key) {
        var claim = new StringBuilder();
        for (int part = 1; ; part++) {
            String piece = labels.get(key + "." + part);
            if (piece == null || piece.length() <= 2 * FENCE.length()) {
                return claim.toString();
            }
            claim.append(piece, FENCE.length(), piece.length() - FENCE.length());
        }
    }

    /** Somebody else may have changed the label; such a volume is not known by it. */
    private static Optional<Long> device(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    static boolean isPurpose(@Nullable Map<String, String> labels, String purpose) {
        return labels != null && purpose.equals(labels.get(PURPOSE));
    }

    /** A volume of CloudStack and the claim it is. */
    record Named(String uuid, String claim, long deviceId) {
        private static final Comparator<Named> BY_DEVICE =
                Comparator.comparingLong(Named::deviceId).thenComparing(Named::uuid);
    }
}
