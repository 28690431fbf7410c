/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

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

    /** Followed by the volume's uuid; the value is {@code <device id>.<claim>}. */
    private static final String VOLUME = "acs-v-";

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
                labels.put(VOLUME + volume.uuid(), volume.deviceId() + "." + claim.name());
            }
        }
        return labels;
    }

    static Map<String, String> with(Map<String, String> labels, String key, String value) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(key, value);
        return more;
    }

    /** The labels with others put over them, and without the volumes whose claims are others' now. */
    static Map<String, String> renewed(Map<String, String> labels, Map<String, String> over) {
        Set<String> claims = volumes(over).stream().map(Named::claim).collect(Collectors.toSet());
        Map<String, String> renewed = new HashMap<>(labels);
        for (Named each : volumes(labels)) {
            if (claims.contains(each.claim())) {
                renewed.remove(VOLUME + each.uuid());
            }
        }
        renewed.putAll(over);
        return renewed;
    }

    /** The volumes that the labels name, by device id. */
    static List<Named> volumes(Map<String, String> labels) {
        List<Named> volumes = new ArrayList<>();
        labels.forEach((key, value) -> {
            int dot = value.indexOf('.');
            if (key.startsWith(VOLUME) && dot > 0) {
                device(value.substring(0, dot))
                        .ifPresent(device -> volumes.add(
                                new Named(key.substring(VOLUME.length()), value.substring(dot + 1), device)));
            }
        });
        volumes.sort(Comparator.comparingLong(Named::deviceId).thenComparing(Named::uuid));
        return volumes;
    }

    /** Somebody else may have changed the label; such a volume is not known by it. */
    private static Optional<Long> device(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    static boolean isPurpose(@Nullable Map<String, String> labels, String purpose) {
        return labels != null && purpose.equals(labels.get(PURPOSE));
    }

    /** A volume of CloudStack and the claim it is. */
    record Named(String uuid, String claim, long deviceId) {}
}
