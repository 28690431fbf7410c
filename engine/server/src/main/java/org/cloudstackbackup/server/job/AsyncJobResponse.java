/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.job;

import com.cloud.serializer.Param;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.job.Job;
import org.cloudstackbackup.framework.job.JobStore;
import org.jspecify.annotations.Nullable;

/** A job on the wire; Gson reads the fields. */
@SuppressWarnings("UnusedVariable")
public final class AsyncJobResponse extends BaseResponse {
    @SerializedName("accountid")
    @Param(description = "id of the account that the job belongs to")
    private final String accountId;

    @SerializedName("account")
    @Param(description = "name of the account that the job belongs to")
    private final String account;

    @SerializedName("domainid")
    @Param(description = "id of the domain that the job belongs to")
    private final String domainId;

    @SerializedName("domainpath")
    @Param(description = "path of the domain that the job belongs to")
    private final String domainPath;

    @SerializedName("userid")
    @Param(description = "id of the user who called the command")
    private final String userId;

    @SerializedName("cmd")
    @Param(description = "class of the command")
    private final String command;

    @SerializedName("jobprocstatus")
    @Param(description = "progress in percent, 0 to 100")
    private final int percent;

    @SerializedName("jobprocmessage")
    @Param(description = "what is being done at the moment")
    private final @Nullable String message;

    @SerializedName("jobresultcode")
    @Param(description = "0, or the error code of the failure")
    private final int resultCode;

    @SerializedName("jobresulttype")
    @Param(description = "object; present once the job has ended")
    private final @Nullable String resultType;

    @SerializedName("jobresult")
    @Param(description = "what the command would have answered within the request, or errorcode and errortext")
    private final @Nullable JsonElement result;

    @SerializedName("jobinstancetype")
    @Param(description = "kind of the object that the job is about")
    private final @Nullable String instanceType;

    @SerializedName("jobinstanceid")
    @Param(description = "id of the object that the job is about")
    private final @Nullable String instanceId;

    @SerializedName("managementserverid")
    @Param(description = "id of the server that ended the job, or accepted it")
    private final String serverId;

    @SerializedName("managementservername")
    @Param(description = "host of that server")
    private final @Nullable String serverName;

    @SerializedName("created")
    @Param(description = "when the job was accepted")
    private final Date created;

    @SerializedName("completed")
    @Param(description = "when the job ended")
    private final @Nullable Date completed;

    AsyncJobResponse(JobStore.Entry entry) {
        Job job = entry.job();
        accountId = entry.accountUuid();
        account = entry.account();
        domainId = entry.domainUuid();
        domainPath = entry.owner().domainPath();
        userId = entry.userUuid();
        command = job.className();
        percent = job.percent();
        message = job.message().isEmpty() ? null : job.message();
        resultCode = job.resultCode();
        String json = job.result();
        resultType = json == null ? null : "object";
        result = json == null ? null : JsonParser.parseString(json);
        instanceType = job.instanceType();
        instanceId = job.entityUuid();
        String completeNode = job.completeNode();
        serverId = completeNode == null ? job.initNode() : completeNode;
        serverName = entry.nodeName();
        created = Date.from(job.created());
        Instant ended = job.ended();
        completed = ended == null ? null : Date.from(ended);
        setJobId(job.uuid());
        setJobStatus(job.status().code());
    }
}
