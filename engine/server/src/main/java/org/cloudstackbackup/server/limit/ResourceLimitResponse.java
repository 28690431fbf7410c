/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.limit;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.limit.ResourceFigure;
import org.jspecify.annotations.Nullable;

/** A limit that applies to an account, a project or a domain. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class ResourceLimitResponse extends BaseResponse {
    @SerializedName("account")
    @Param(description = "name of the account, unless it is a domain's")
    private @Nullable String account;

    @SerializedName("domainid")
    @Param(description = "id of the domain")
    private @Nullable String domainid;

    @SerializedName("domain")
    @Param(description = "name of the domain")
    private @Nullable String domain;

    @SerializedName("domainpath")
    @Param(description = "path of the domain, such as ROOT/a/b")
    private @Nullable String domainpath;

    @SerializedName("projectid")
    @Param(description = "id of the project, if it is a project's")
    private @Nullable String projectid;

    @SerializedName("project")
    @Param(description = "name of the project, if it is a project's")
    private @Nullable String project;

    @SerializedName("resourcetype")
    @Param(description = "12 for backups, 13 for backup storage")
    private @Nullable String resourcetype;

    @SerializedName("resourcetypename")
    @Param(description = "backup or backup_storage")
    private @Nullable String resourcetypename;

    @SerializedName("max")
    @Param(description = "the limit, in GiB for backup storage; -1 for none")
    private @Nullable Long max;

    ResourceLimitResponse(LimitParty party, ResourceFigure figure) {
        setObjectName("resourcelimit");
        Project ofProject = party.project();
        this.account =
                party.isDomain() || ofProject != null ? null : party.holder().name();
        this.domainid = party.domain().uuid();
        this.domain = party.domain().name();
        this.domainpath = party.domain().displayPath();
        this.projectid = ofProject == null ? null : ofProject.uuid();
        this.project = ofProject == null ? null : ofProject.name();
        this.resourcetype = Integer.toString(figure.type().number());
        this.resourcetypename = figure.type().wireName();
        this.max = figure.apiLimit();
    }
}
