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
import org.cloudstackbackup.framework.limit.ResourceType;
import org.jspecify.annotations.Nullable;

/** How much of a resource an account, a project or a domain uses. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class ResourceCountResponse extends BaseResponse {
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

    @SerializedName("resourcecount")
    @Param(description = "what is used; bytes for backup storage")
    private @Nullable Long resourcecount;

    ResourceCountResponse(LimitParty party, ResourceType type, long count) {
        setObjectName("resourcecount");
        Project ofProject = party.project();
        this.account =
                party.isDomain() || ofProject != null ? null : party.holder().name();
        this.domainid = party.domain().uuid();
        this.domain = party.domain().name();
        this.domainpath = party.domain().displayPath();
        this.projectid = ofProject == null ? null : ofProject.uuid();
        this.project = ofProject == null ? null : ofProject.name();
        this.resourcetype = Integer.toString(type.number());
        this.resourcetypename = type.wireName();
        this.resourcecount = count;
    }
}
