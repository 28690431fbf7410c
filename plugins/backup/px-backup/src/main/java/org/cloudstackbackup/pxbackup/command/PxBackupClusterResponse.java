/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.cloudstackbackup.pxbackup.client.ClusterInfo;
import org.cloudstackbackup.pxbackup.client.ClusterObject;
import org.jspecify.annotations.Nullable;

/** A cluster that may be backed up. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupClusterResponse extends PxBackupObjectResponse {
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
        super("pxbackupcluster", cluster.metadata());
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
