/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.clusterexport;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.clusterexport.service.Restored;

/** What a restore did. */
@SuppressWarnings("UnusedVariable")
public final class ClusterRestoreResponse extends BaseResponse {
    @SerializedName("exportid")
    @Param(description = "id of the export that was restored")
    private final String exportId;

    @SerializedName("clusterid")
    @Param(description = "id of the cluster that was exported")
    private final String clusterId;

    @SerializedName("targetclusterid")
    @Param(description = "id of the cluster that was written to")
    private final String targetClusterId;

    @SerializedName("dryrun")
    @Param(description = "whether nothing was written")
    private final boolean dryRun;

    @SerializedName("success")
    @Param(description = "whether no object failed")
    private final boolean success;

    @SerializedName("counts")
    @Param(description = "objects by what was done with them")
    private final Map<String, Long> counts;

    @SerializedName("object")
    @Param(
            description = "what was done with each object, failures first, at most 500",
            responseObject = RestoredObjectResponse.class)
    private final List<RestoredObjectResponse> objects;

    @SerializedName("report")
    @Param(description = "key of the whole report in the bucket; empty for a dry run")
    private final String report;

    ClusterRestoreResponse(ClusterExports.Restore restore, boolean dryRun) {
        super("clusterrestore");
        Restored restored = restore.restored();
        exportId = restored.run();
        clusterId = restore.cluster().uuid();
        targetClusterId = restore.target().uuid();
        this.dryRun = dryRun;
        success = restored.fine();
        counts = new TreeMap<>(restored.counts());
        objects = restored.objects().stream().map(RestoredObjectResponse::new).toList();
        report = restored.report();
    }
}
