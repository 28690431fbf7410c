/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import static java.util.Objects.requireNonNull;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import java.util.Map;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.ListedDomain;
import org.cloudstackbackup.framework.limit.ResourceFigure;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.jspecify.annotations.Nullable;

/** A domain. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class DomainResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the domain")
    private final String id;

    @SerializedName("name")
    @Param(description = "name of the domain")
    private final String name;

    @SerializedName("level")
    @Param(description = "how far the domain is below the root, which has 0")
    private final int level;

    @SerializedName("parentdomainid")
    @Param(description = "id of the domain above")
    private final @Nullable String parentId;

    @SerializedName("parentdomainname")
    @Param(description = "name of the domain above")
    private final @Nullable String parentName;

    @SerializedName("haschild")
    @Param(description = "whether there are domains below")
    private final boolean hasChild;

    @SerializedName("path")
    @Param(description = "path from the root, such as ROOT/a/b")
    private final String path;

    @SerializedName("state")
    @Param(description = "Active or Inactive")
    private final String state;

    @SerializedName("created")
    @Param(description = "when the domain was made")
    private final Date created;

    @SerializedName("backuplimit")
    @Param(description = "backups that it may have, or Unlimited")
    private @Nullable String backuplimit;

    @SerializedName("backuptotal")
    @Param(description = "backups that it has")
    private @Nullable Long backuptotal;

    @SerializedName("backupavailable")
    @Param(description = "backups that it may add, or Unlimited")
    private @Nullable String backupavailable;

    @SerializedName("backupstoragelimit")
    @Param(description = "GiB of backup storage that it may use, or Unlimited")
    private @Nullable String backupstoragelimit;

    @SerializedName("backupstoragetotal")
    @Param(description = "GiB of backup storage that it uses, rounded up")
    private @Nullable Long backupstoragetotal;

    @SerializedName("backupstorageavailable")
    @Param(description = "GiB of backup storage that are left, or Unlimited")
    private @Nullable String backupstorageavailable;

    DomainResponse(ListedDomain listed) {
        Domain domain = listed.domain();
        id = domain.uuid();
        name = domain.name();
        level = domain.level();
        parentId = listed.parentUuid();
        parentName = listed.parentName();
        hasChild = listed.hasChild();
        path = domain.displayPath();
        state = domain.state();
        created = Date.from(domain.created());
        setObjectName("domain");
    }

    /** Adds how much it uses and may use; nothing for null. */
    DomainResponse using(@Nullable Map<ResourceType, ResourceFigure> figures) {
        if (figures != null) {
            ResourceFigure backups = requireNonNull(figures.get(ResourceType.BACKUP), "no figure of backups");
            backuplimit = backups.limitText();
            backuptotal = backups.total();
            backupavailable = backups.availableText();
            ResourceFigure storage = requireNonNull(figures.get(ResourceType.BACKUP_STORAGE), "no figure of storage");
            backupstoragelimit = storage.limitText();
            backupstoragetotal = storage.total();
            backupstorageavailable = storage.availableText();
        }
        return this;
    }
}
