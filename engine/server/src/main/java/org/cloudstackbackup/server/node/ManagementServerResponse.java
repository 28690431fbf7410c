/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.node;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.node.ServerNode;
import org.jspecify.annotations.Nullable;

/** A server on the wire; Gson reads the fields. */
@SuppressWarnings("UnusedVariable")
public final class ManagementServerResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the server, which survives restarts")
    private final String id;

    @SerializedName("name")
    @Param(description = "host it runs on")
    private final String name;

    @SerializedName("state")
    @Param(description = "Up, or Down after its stop or 20 seconds without a sign of life")
    private final String state;

    @SerializedName("version")
    @Param(description = "release of CloudStack whose API it speaks")
    private final String version;

    @SerializedName("javaversion")
    @Param(description = "version of Java it runs on")
    private final String javaVersion;

    @SerializedName("osdistribution")
    @Param(description = "operating system it runs on")
    private final String os;

    @SerializedName("serviceport")
    @Param(description = "port it listens on")
    private final int port;

    @SerializedName("lastserverstart")
    @Param(description = "when it was started last")
    private final Date lastStart;

    @SerializedName("lastserverstop")
    @Param(description = "when it was stopped last in good order")
    private final @Nullable Date lastStop;

    @SerializedName("lastupdated")
    @Param(description = "when it gave its last sign of life")
    private final Date lastUpdate;

    ManagementServerResponse(ServerNode node, Instant now) {
        setObjectName("managementserver");
        id = node.uuid();
        name = node.name();
        state = !node.stopped()
                        && node.lastUpdate().plus(SignsOfLife.DOWN_AFTER).isAfter(now)
                ? "Up"
                : "Down";
        version = node.version();
        javaVersion = node.java();
        os = node.os();
        port = node.port();
        lastStart = Date.from(node.lastStart());
        Instant stop = node.lastStop();
        lastStop = stop == null ? null : Date.from(stop);
        lastUpdate = Date.from(node.lastUpdate());
    }

    @Override
    public String getObjectId() {
        return id;
    }

    boolean matches(@Nullable String wantedId, @Nullable String wantedName, @Nullable String keyword) {
        return (wantedId == null || wantedId.equalsIgnoreCase(id))
                && (wantedName == null || wantedName.equals(name))
                && (keyword == null || name.contains(keyword));
    }
}
