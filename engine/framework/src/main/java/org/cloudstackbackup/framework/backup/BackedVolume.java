/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.framework.backup;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import java.util.List;
import org.cloudstackbackup.framework.inventory.VolumeType;
import org.jspecify.annotations.Nullable;

/**
 * A volume as it was when it was backed up. The names of the parts are those of CloudStack's JSON.
 *
 * @param size virtual size in bytes
 * @param diskOfferingId uuid of the disk offering
 */
public record BackedVolume(
        String uuid,
        VolumeType type,
        long size,
        @Nullable String path,
        @Nullable Long deviceId,
        @Nullable String diskOfferingId,
        @Nullable Long minIops,
        @Nullable Long maxIops) {
    private static final Gson GSON = new Gson();

    public BackedVolume {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(type, "type is null");
    }

    /** As CloudStack stores and shows it: a JSON array. */
    public static String toJson(List<BackedVolume> volumes) {
        return GSON.toJson(volumes);
    }

    /** What {@link #toJson} wrote. */
    public static List<BackedVolume> fromJson(@Nullable String json) {
        return json == null || json.isEmpty() ? List.of() : List.of(GSON.fromJson(json, BackedVolume[].class));
    }
}
