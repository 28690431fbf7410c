/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.Date;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.Domain;
import org.cloudstackbackup.framework.identity.ListedDomain;
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
}
