/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.capacity;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.inventory.Zone;
import org.cloudstackbackup.framework.sync.SyncCounts;
import org.cloudstackbackup.framework.sync.SyncState;
import org.jspecify.annotations.Nullable;

/** How the comparison of a zone's backups with one provider stands. */
@SuppressWarnings("UnusedVariable")
public final class BackupSyncResponse extends BaseResponse {
    @SerializedName("zoneid")
    @Param(description = "id of the zone")
    private @Nullable String zoneId;

    @SerializedName("zonename")
    @Param(description = "name of the zone")
    private @Nullable String zoneName;

    @SerializedName("provider")
    @Param(description = "name of the backup provider")
    private @Nullable String provider;

    @SerializedName("running")
    @Param(description = "whether a server compares now; the counts are then those so far")
    private @Nullable Boolean running;

    @SerializedName("started")
    @Param(description = "when the last comparison began")
    private @Nullable Date started;

    @SerializedName("ended")
    @Param(description = "when the last comparison ended")
    private @Nullable Date ended;

    @SerializedName("duration")
    @Param(description = "milliseconds that the last comparison took; missing while one runs")
    private @Nullable Long duration;

    @SerializedName("succeeded")
    @Param(description = "when the last comparison ended that read the provider completely")
    private @Nullable Date succeeded;

    @SerializedName("outcome")
    @Param(description = "Complete, Partial or Failed; missing before the first end")
    private @Nullable String outcome;

    @SerializedName("error")
    @Param(description = "why it failed, or what was left out")
    private @Nullable String error;

    @SerializedName("pages")
    @Param(description = "calls for restore points")
    private long pages;

    @SerializedName("points")
    @Param(description = "restore points in them")
    private long points;

    @SerializedName("adopted")
    @Param(description = "backups added for restore points that were made outside")
    private long adopted;

    @SerializedName("updated")
    @Param(description = "backups whose size, type or date was corrected")
    private long updated;

    @SerializedName("removed")
    @Param(description = "backups removed since their restore points are gone")
    private long removed;

    @SerializedName("missing")
    @Param(description = "backups whose restore points are missing, awaiting confirmation")
    private long missing;

    @SerializedName("unknown")
    @Param(description = "restore points of VMs that the zone does not know")
    private long unknown;

    @SerializedName("unplaced")
    @Param(description = "restore points of known VMs that no backup offering fits")
    private long unplaced;

    @SerializedName("left")
    @Param(description = "restore points left to an operation that works on them")
    private long left;

    @SerializedName("bad")
    @Param(description = "restore points that could not be compared or written")
    private long bad;

    BackupSyncResponse(SyncState state, Zone zone) {
        setObjectName("backupsync");
        this.zoneId = zone.uuid();
        this.zoneName = zone.name();
        this.provider = state.target().provider();
        this.running = state.holder() != null;
        this.started = date(state.started());
        this.ended = date(state.ended());
        this.duration = duration(state);
        this.succeeded = date(state.succeeded());
        this.outcome = state.lastOutcome().map(BackupSyncResponse::word).orElse(null);
        this.error = state.error();
        SyncCounts counts = state.counts();
        this.pages = counts.pages();
        this.points = counts.points();
        this.adopted = counts.adopted();
        this.updated = counts.updated();
        this.removed = counts.removed();
        this.missing = counts.missing();
        this.unknown = counts.unknown();
        this.unplaced = counts.unplaced();
        this.left = counts.left();
        this.bad = counts.bad();
    }

    private static String word(SyncState.Outcome outcome) {
        return outcome.name().charAt(0) + outcome.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long duration(SyncState state) {
        Instant from = state.started();
        Instant to = state.ended();
        return from == null || to == null || to.isBefore(from)
                ? null
                : Duration.between(from, to).toMillis();
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }
}
