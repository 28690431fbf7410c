/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.inventory;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.inventory.Template;
import org.cloudstackbackup.framework.inventory.Templates.ListedTemplate;
import org.jspecify.annotations.Nullable;

/** A template, in one zone. */
@SuppressWarnings("UnusedVariable")
public final class TemplateResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the template")
    private @Nullable String id;

    @SerializedName("name")
    @Param(description = "name")
    private @Nullable String name;

    @SerializedName("displaytext")
    @Param(description = "description")
    private @Nullable String displaytext;

    @SerializedName("ispublic")
    @Param(description = "whether everybody may use it")
    private @Nullable Boolean ispublic;

    @SerializedName("isfeatured")
    @Param(description = "whether it is recommended")
    private @Nullable Boolean isfeatured;

    @SerializedName("isready")
    @Param(description = "whether it can be used; always true")
    private @Nullable Boolean isready;

    @SerializedName("status")
    @Param(description = "always Download Complete")
    private @Nullable String status;

    @SerializedName("isextractable")
    @Param(description = "whether it can be downloaded; always false")
    private @Nullable Boolean isextractable;

    @SerializedName("passwordenabled")
    @Param(description = "whether passwords can be set; always false")
    private @Nullable Boolean passwordenabled;

    @SerializedName("crossZones")
    @Param(description = "whether it can be used in all zones")
    private @Nullable Boolean crossZones;

    @SerializedName("created")
    @Param(description = "when it was made")
    private @Nullable Date created;

    @SerializedName("format")
    @Param(description = "format of its volume")
    private @Nullable String format;

    @SerializedName("hypervisor")
    @Param(description = "hypervisor it runs on")
    private @Nullable String hypervisor;

    @SerializedName("templatetype")
    @Param(description = "always USER")
    private @Nullable String templatetype;

    @SerializedName("size")
    @Param(description = "size in bytes")
    private @Nullable Long size;

    @SerializedName("ostypeid")
    @Param(description = "id of the operating system")
    private @Nullable String ostypeid;

    @SerializedName("ostypename")
    @Param(description = "name of the operating system")
    private @Nullable String ostypename;

    @SerializedName("zoneid")
    @Param(description = "id of the zone")
    private @Nullable String zoneid;

    @SerializedName("zonename")
    @Param(description = "name of the zone")
    private @Nullable String zonename;

    @SerializedName("account")
    @Param(description = "owner")
    private @Nullable String account;

    @SerializedName("domainid")
    @Param(description = "id of the owner's domain")
    private @Nullable String domainid;

    @SerializedName("domain")
    @Param(description = "name of the owner's domain")
    private @Nullable String domain;

    @SerializedName("domainpath")
    @Param(description = "path of the owner's domain")
    private @Nullable String domainpath;

    TemplateResponse(ListedTemplate listed) {
        setObjectName("template");
        Template template = listed.template();
        this.id = template.uuid();
        this.name = template.name();
        this.displaytext = template.displayText();
        this.ispublic = template.isPublic();
        this.isfeatured = template.isFeatured();
        this.isready = true;
        this.status = "Download Complete";
        this.isextractable = false;
        this.passwordenabled = false;
        this.crossZones = template.zoneId() == null;
        this.created = Date.from(template.created());
        this.format = template.format();
        this.hypervisor = template.hypervisorType();
        this.templatetype = "USER";
        this.size = template.sizeBytes();
        this.ostypeid = listed.guestOs().uuid();
        this.ostypename = listed.guestOs().name();
        this.zoneid = listed.zone().uuid();
        this.zonename = listed.zone().name();
        this.account = listed.owner().account();
        this.domainid = listed.owner().domainUuid();
        this.domain = listed.owner().domain();
        this.domainpath = Domain.displayPath(listed.owner().domainPath());
    }

    @Override
    public @Nullable String getObjectId() {
        return id;
    }
}
