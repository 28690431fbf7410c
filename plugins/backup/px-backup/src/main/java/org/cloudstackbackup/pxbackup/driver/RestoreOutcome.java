/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.driver;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudstackbackup.pxbackup.client.RestoreInfo;
import org.cloudstackbackup.pxbackup.client.RestoreObject;
import org.cloudstackbackup.pxbackup.client.RestoreState;
import org.cloudstackbackup.pxbackup.client.RestoredResource;
import org.cloudstackbackup.pxbackup.client.RestoredVolume;

/** What a restore that has ended came to. */
final class RestoreOutcome {
    private RestoreOutcome() {}

    /**
     * Why not everything came back; empty when it did. A partial success is one when only things beside the machine and its
     * volumes were left out.
     */
    static Optional<String> flaw(RestoreObject restore, Set<String> claims) {
        RestoreInfo info = restore.restoreInfo();
        List<RestoredVolume> volumes = info == null ? List.of() : info.volumes();
        for (RestoredVolume each : volumes) {
            boolean ended = each.state() == RestoreState.SUCCESS || each.state() == RestoreState.RETAINED;
            if (claims.contains(String.valueOf(each.pvc())) && !ended) {
                String reason = each.status() == null ? null : each.status().reason();
                return Optional.of(text(restore) + "; volume " + each.pvc() + " is "
                        + each.state().word() + (reason == null ? "" : ": " + reason));
            }
        }
        Set<String> missing = new HashSet<>(claims);
        missing.removeAll(claims(restore));
        if (!missing.isEmpty() || claims.isEmpty()) {
            return Optional.of(text(restore) + "; these volumes were not restored: " + missing);
        }
        List<String> kept = volumes.stream()
                .filter(each -> each.state() == RestoreState.RETAINED)
                .map(each -> String.valueOf(each.pvc()))
                .filter(claims::contains)
                .toList();
        if (!kept.isEmpty()) {
            return Optional.of(text(restore) + "; these volumes exist, were left as they are and are in the way: "
                    + String.join(", ", kept));
        }
        return machine(info).map(each -> text(restore) + "; virtual machine " + each.name() + " is " + each.state());
    }

    private static Optional<RestoredResource> machine(@org.jspecify.annotations.Nullable RestoreInfo info) {
        List<RestoredResource> resources = info == null ? List.of() : info.resources();
        return resources.stream()
                .filter(each -> "VirtualMachine".equals(each.kind()) && each.state() != RestoreState.SUCCESS)
                .findFirst();
    }

    static Set<String> claims(RestoreObject restore) {
        RestoreInfo info = restore.restoreInfo();
        List<RestoredVolume> volumes = info == null ? List.of() : info.volumes();
        return volumes.stream().map(each -> String.valueOf(each.pvc())).collect(Collectors.toSet());
    }

    static String text(RestoreObject restore) {
        RestoreInfo info = restore.restoreInfo();
        String raw =
                info == null || info.status() == null ? null : info.status().status();
        return "Restore " + restore.name() + " ended as " + (raw == null ? "Invalid" : raw) + " at PX-Backup"
                + (restore.reason().isEmpty() ? "" : ": " + restore.reason());
    }
}
