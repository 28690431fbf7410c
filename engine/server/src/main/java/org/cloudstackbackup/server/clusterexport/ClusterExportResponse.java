/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import java.util.List;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.clusterexport.service.ExportedRun;
import org.cloudstackbackup.framework.cluster.BackupCluster;

/** One export of a cluster. */
@SuppressWarnings("UnusedVariable")
public final class ClusterExportResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the export, unique for its cluster; later ones are greater")
    private final String id;

    @SerializedName("clusterid")
    @Param(description = "id of the cluster")
    private final String clusterId;

    @SerializedName("clustername")
    @Param(description = "name of the cluster")
    private final String clusterName;

    @SerializedName("outcome")
    @Param(description = "complete, or partial when something is missing; problem says what")
    private final String outcome;

    @SerializedName("started")
    @Param(description = "when it began")
    private final Date started;

    @SerializedName("ended")
    @Param(description = "when it ended")
    private final Date ended;

    @SerializedName("objects")
    @Param(description = "objects that can be restored from it")
    private final long objects;

    @SerializedName("namespaces")
    @Param(description = "namespaces of these")
    private final long namespaces;

    @SerializedName("uploaded")
    @Param(description = "objects that were new or changed")
    private final long uploaded;

    @SerializedName("unchanged")
    @Param(description = "objects that an earlier export had stored already")
    private final long unchanged;

    @SerializedName("skipped")
    @Param(description = "objects that the settings leave out")
    private final long skipped;

    @SerializedName("failed")
    @Param(description = "objects that could not be stored")
    private final long failed;

    @SerializedName("vanished")
    @Param(description = "objects of the export before that are gone")
    private final long vanished;

    @SerializedName("problem")
    @Param(description = "what is missing, at most 100 entries")
    private final List<String> problems;

    ClusterExportResponse(BackupCluster cluster, ExportedRun run) {
        super("clusterexport");
        id = run.id();
        clusterId = cluster.uuid();
        clusterName = cluster.name();
        outcome = run.outcome();
        started = Date.from(run.started());
        ended = Date.from(run.ended());
        objects = run.objects();
        namespaces = run.namespaces();
        uploaded = run.uploaded();
        unchanged = run.unchanged();
        skipped = run.skipped();
        failed = run.failed();
        vanished = run.vanished();
        problems = run.problems();
    }
}
