/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.alert;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.alert.Alert;
import org.jspecify.annotations.Nullable;

/** An alert on the wire; Gson reads the fields. */
@SuppressWarnings("UnusedVariable")
public final class AlertResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the alert")
    private final String id;

    @SerializedName("type")
    @Param(description = "number of the type of alert")
    private final int type;

    @SerializedName("name")
    @Param(description = "name of the type of alert, such as ALERT.BACKUP.FAILED")
    private final String name;

    @SerializedName("subject")
    @Param(description = "what is wrong, in a line")
    private final String subject;

    @SerializedName("description")
    @Param(description = "what is wrong: what was tried, on what, and what came back")
    private final String description;

    @SerializedName("cause")
    @Param(description = "what the alert is about; there is one standing alert of a type and a cause")
    private final String cause;

    @SerializedName("zoneid")
    @Param(description = "id of the zone that the cause is in")
    private final @Nullable String zoneId;

    @SerializedName("zonename")
    @Param(description = "name of the zone that the cause is in")
    private final @Nullable String zoneName;

    @SerializedName("count")
    @Param(description = "how often the cause was met")
    private final long count;

    @SerializedName("created")
    @Param(description = "when the cause was first met")
    private final Date created;

    @SerializedName("sent")
    @Param(description = "when the cause was last met")
    private final Date sent;

    @SerializedName("resolved")
    @Param(description = "when the cause was gone; missing while the alert stands")
    private final @Nullable Date resolved;

    AlertResponse(Alert alert) {
        id = alert.uuid();
        type = alert.type();
        name = alert.name();
        subject = alert.subject();
        description = alert.content();
        cause = alert.cause();
        zoneId = alert.zoneUuid();
        zoneName = alert.zoneName();
        count = alert.raised();
        created = Date.from(alert.created());
        sent = Date.from(alert.lastRaised());
        Instant end = alert.resolved();
        resolved = end == null ? null : Date.from(end);
        setObjectName("alert");
    }
}
