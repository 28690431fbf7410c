/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.cloudstackbackup.pxbackup.client.BackupLocationInfo;
import org.cloudstackbackup.pxbackup.client.BackupLocationObject;
import org.cloudstackbackup.pxbackup.client.NfsConfig;
import org.cloudstackbackup.pxbackup.client.S3Config;
import org.jspecify.annotations.Nullable;

/** A place where backups may be kept. */
@SuppressWarnings("UnusedVariable")
public final class PxBackupLocationResponse extends PxBackupObjectResponse {
    @SerializedName("type")
    @Param(description = "S3, Azure, Google or NFS")
    private @Nullable String type;

    @SerializedName("path")
    @Param(description = "bucket or folder")
    private @Nullable String path;

    @SerializedName("endpoint")
    @Param(description = "address of the object store or NFS server")
    private @Nullable String endpoint;

    @SerializedName("region")
    @Param(description = "region of the object store")
    private @Nullable String region;

    @SerializedName("cloudcredentialname")
    @Param(description = "credential; its secrets are not read")
    private @Nullable String cloudCredentialName;

    @SerializedName("status")
    @Param(description = "Valid, ValidationInProgress, ValidationFailed, ...")
    private @Nullable String status;

    @SerializedName("reason")
    @Param(description = "why it is in that state")
    private @Nullable String reason;

    @SerializedName("objectlockenabled")
    @Param(description = "whether backups are locked against deletion")
    private @Nullable Boolean objectLockEnabled;

    PxBackupLocationResponse(BackupLocationObject location) {
        super("pxbackuplocation", location.metadata());
        BackupLocationInfo info = location.backupLocationInfo();
        if (info != null) {
            S3Config s3 = info.s3Config();
            NfsConfig nfs = info.nfsConfig();
            type = info.type();
            path = info.path();
            endpoint = s3 != null ? s3.endpoint() : nfs != null ? nfs.serverAddr() : null;
            region = s3 == null ? null : s3.region();
            cloudCredentialName = Shown.either(Shown.name(info.cloudCredentialRef()), info.cloudCredential());
            status = Shown.status(info.status());
            reason = Shown.reason(info.status());
            objectLockEnabled = info.objectLockEnabled();
        }
    }
}
