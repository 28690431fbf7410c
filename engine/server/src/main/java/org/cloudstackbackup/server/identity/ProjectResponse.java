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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.ListedProject;
import org.cloudstackbackup.framework.identity.Project;
import org.cloudstackbackup.framework.limit.ResourceFigure;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.jspecify.annotations.Nullable;

/** A project on the wire. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class ProjectResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the project")
    private final String id;

    @SerializedName("name")
    @Param(description = "name")
    private final String name;

    @SerializedName("displaytext")
    @Param(description = "description")
    private final @Nullable String displaytext;

    @SerializedName("domainid")
    @Param(description = "id of the domain that the project is in")
    private final String domainid;

    @SerializedName("domain")
    @Param(description = "name of that domain")
    private final String domain;

    @SerializedName("projectaccountname")
    @Param(description = "name of the account that owns the project's things")
    private final String projectaccountname;

    @SerializedName("owner")
    @Param(description = "accounts that are admins of the project")
    private final List<Map<String, String>> owner;

    @SerializedName("state")
    @Param(description = "Active, Suspended or Disabled")
    private final String state;

    @SerializedName("created")
    @Param(description = "when the project was made")
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

    ProjectResponse(ListedProject listed) {
        Project project = listed.project();
        id = project.uuid();
        name = project.name();
        displaytext = project.displayText();
        domainid = listed.domain().uuid();
        domain = listed.domain().name();
        projectaccountname = listed.accountName();
        owner = listed.admins().stream()
                .<Map<String, String>>map(
                        account -> new TreeMap<>(Map.of("account", account.name(), "accountid", account.uuid())))
                .toList();
        state = project.state().wireName();
        created = Date.from(project.created());
        setObjectName("project");
    }

    @Override
    public String getObjectId() {
        return id;
    }

    /** Adds how much it uses and may use; nothing for null. */
    ProjectResponse using(@Nullable Map<ResourceType, ResourceFigure> figures) {
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
