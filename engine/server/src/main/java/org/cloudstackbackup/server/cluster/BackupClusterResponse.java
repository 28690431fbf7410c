/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.cluster;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.cluster.BackupCluster;
import org.jspecify.annotations.Nullable;

/** A registered cluster, without its kubeconfig. */
@SuppressWarnings("UnusedVariable")
public final class BackupClusterResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the cluster")
    private final String id;

    @SerializedName("name")
    @Param(description = "name of the cluster")
    private final String name;

    @SerializedName("folder")
    @Param(description = "folder of its exports in the bucket: the name it was added with")
    private final String folder;

    @SerializedName("zoneid")
    @Param(description = "id of the zone whose settings say where its exports go")
    private final String zoneId;

    @SerializedName("zonename")
    @Param(description = "name of that zone")
    private final String zoneName;

    @SerializedName("server")
    @Param(description = "address of its API server")
    private final String server;

    @SerializedName("context")
    @Param(description = "context of the kubeconfig; missing for its current one")
    private final @Nullable String context;

    @SerializedName("created")
    @Param(description = "when it was added")
    private final Date created;

    @SerializedName("updated")
    @Param(description = "when its name or kubeconfig was last changed")
    private final Date updated;

    BackupClusterResponse(BackupCluster cluster) {
        super("backupcluster");
        id = cluster.uuid();
        name = cluster.name();
        folder = cluster.folder();
        zoneId = cluster.zoneUuid();
        zoneName = cluster.zoneName();
        server = cluster.server();
        context = cluster.context();
        created = Date.from(cluster.created());
        updated = Date.from(cluster.updated());
    }
}
