/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import java.util.Map;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.pxbackup.client.ClusterInfo;
import org.cloudstackbackup.pxbackup.client.ClusterObject;
import org.cloudstackbackup.pxbackup.client.Metadata;
import org.jspecify.annotations.Nullable;

/** A cluster that may be backed up. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupClusterResponse extends BaseResponse {
    @SerializedName("uid")
    @Param(description = "uid")
    private @Nullable String uid;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("orgid")
    @Param(description = "organisation")
    private @Nullable String orgId;

    @SerializedName("created")
    @Param(description = "when it was made")
    private @Nullable Date created;

    @SerializedName("lastupdated")
    @Param(description = "when it was changed last")
    private @Nullable Date lastUpdated;

    @SerializedName("labels")
    @Param(description = "labels")
    private @Nullable Map<String, String> labels;

    @SerializedName("ownership")
    @Param(description = "to whom it belongs", responseObject = OwnershipResponse.class)
    private @Nullable OwnershipResponse ownership;

    @SerializedName("status")
    @Param(description = "Online, Offline, Pending, Failed, ...")
    private @Nullable String status;

    @SerializedName("reason")
    @Param(description = "why it is in that state")
    private @Nullable String reason;

    @SerializedName("provider")
    @Param(description = "kind of cloud")
    private @Nullable String provider;

    @SerializedName("kubernetesversion")
    @Param(description = "version of Kubernetes")
    private @Nullable String kubernetesVersion;

    @SerializedName("storkversion")
    @Param(description = "version of the data mover")
    private @Nullable String storkVersion;

    @SerializedName("timezone")
    @Param(description = "zone that times of day of policies are in")
    private @Nullable String timeZone;

    @SerializedName("cloudcredentialname")
    @Param(description = "credential; its secrets are not read")
    private @Nullable String cloudCredentialName;

    PxBackupClusterResponse(ClusterObject cluster) {
        super("pxbackupcluster");
        Metadata metadata = cluster.metadata();
        if (metadata != null) {
            uid = metadata.uid();
            name = metadata.name();
            orgId = metadata.orgId();
            created = Shown.date(metadata.createTime());
            lastUpdated = Shown.date(metadata.lastUpdateTime());
            labels = Shown.map(metadata.labels());
            ownership = OwnershipResponse.of(metadata);
        }
        ClusterInfo info = cluster.clusterInfo();
        if (info != null) {
            status = Shown.status(info.status());
            reason = Shown.reason(info.status());
            provider = info.provider();
            kubernetesVersion = info.k8sVersion();
            storkVersion = info.storkVersion();
            timeZone = info.timeZone();
            cloudCredentialName = Shown.either(Shown.name(info.cloudCredentialRef()), info.cloudCredential());
        }
    }
}
