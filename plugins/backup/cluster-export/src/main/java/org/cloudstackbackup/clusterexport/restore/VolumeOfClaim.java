/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.restore;

import java.util.Map;
import org.cloudstackbackup.clusterexport.call.CallFailed;
import org.cloudstackbackup.clusterexport.call.ErrorClass;
import org.cloudstackbackup.clusterexport.content.JsonTree;
import org.jspecify.annotations.Nullable;

/** The volume that a claim names. */
final class VolumeOfClaim {
    private VolumeOfClaim() {}

    /**
     * Takes the volume from a claim if another claim has it: it would wait for ever, as a copy beside its original would. Returns what the report
     * has to say, empty when the claim is as it was.
     */
    static String release(Map<String, @Nullable Object> claim, ObjectWriter writer) {
        Map<String, @Nullable Object> spec = JsonTree.map(claim, "spec");
        String volume = JsonTree.text(spec, "volumeName");
        if (volume.isEmpty()) {
            return "";
        }
        Map<String, @Nullable Object> holder = holder(volume, writer);
        String holderName = JsonTree.text(holder, "namespace") + "/" + JsonTree.text(holder, "name");
        Map<String, @Nullable Object> metadata = JsonTree.map(claim, "metadata");
        String name = JsonTree.text(metadata, "namespace") + "/" + JsonTree.text(metadata, "name");
        if (holder.isEmpty() || holderName.equals(name)) {
            return "";
        }
        spec.remove("volumeName");
        return "without its volume " + volume + ", which the claim " + holderName + " has";
    }

    /** The claim that a volume is kept for; nothing when there is none, or no such volume, or it may not be seen. */
    private static Map<String, @Nullable Object> holder(String volume, ObjectWriter writer) {
        try {
            return writer.get("/api/v1/persistentvolumes/" + ObjectWriter.segment(volume))
                    .map(live -> JsonTree.map(JsonTree.map(live, "spec"), "claimRef"))
                    .orElse(Map.of());
        } catch (CallFailed e) {
            if (e.errorClass() == ErrorClass.FORBIDDEN) {
                return Map.of();
            }
            throw e;
        }
    }
}
