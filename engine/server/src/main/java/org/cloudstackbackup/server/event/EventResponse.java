/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.event;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.event.EventLog;
import org.jspecify.annotations.Nullable;

/** An event on the wire; Gson reads the fields. */
@SuppressWarnings("UnusedVariable")
public final class EventResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the event")
    private final String id;

    @SerializedName("type")
    @Param(description = "type of the event, such as BACKUP.CREATE")
    private final String type;

    @SerializedName("level")
    @Param(description = "INFO, WARN or ERROR")
    private final String level;

    @SerializedName("state")
    @Param(description = "Scheduled, Started, Completed or Created")
    private final String state;

    @SerializedName("description")
    @Param(description = "what happened")
    private final String description;

    @SerializedName("username")
    @Param(description = "who did it")
    private final String username;

    @SerializedName("account")
    @Param(description = "name of the account that owns what it happened to")
    private final @Nullable String account;

    @SerializedName("projectid")
    @Param(description = "id of the project that it happened to; absent when it was an account")
    private final @Nullable String projectid;

    @SerializedName("project")
    @Param(description = "name of that project")
    private final @Nullable String project;

    @SerializedName("domainid")
    @Param(description = "id of the account's domain")
    private final String domainId;

    @SerializedName("domain")
    @Param(description = "name of the account's domain")
    private final String domain;

    @SerializedName("domainpath")
    @Param(description = "path of the account's domain")
    private final String domainPath;

    @SerializedName("created")
    @Param(description = "when it happened")
    private final Date created;

    @SerializedName("parentid")
    @Param(description = "id of the first event of the same work")
    private final @Nullable String parentId;

    @SerializedName("resourceid")
    @Param(description = "id of the object that it happened to")
    private final @Nullable String resourceId;

    @SerializedName("resourcetype")
    @Param(description = "kind of the object that it happened to")
    private final @Nullable String resourceType;

    @SerializedName("resourcename")
    @Param(description = "name of the object that it happened to")
    private final @Nullable String resourceName;

    @SerializedName("archived")
    @Param(description = "whether it was archived")
    private final boolean archived;

    EventResponse(EventLog.Entry entry) {
        id = entry.uuid();
        type = entry.type();
        level = entry.level().name();
        state = entry.state().name();
        description = entry.description();
        username = entry.username();
        account = entry.project() == null ? entry.account() : null;
        projectid = entry.projectUuid();
        project = entry.project();
        domainId = entry.domainUuid();
        domain = entry.domain();
        domainPath = entry.domainPath();
        created = Date.from(entry.created());
        parentId = entry.startUuid();
        resourceId = entry.resourceUuid();
        resourceType = entry.resourceType();
        resourceName = entry.resourceName();
        archived = entry.archived();
        setObjectName("event");
    }
}
