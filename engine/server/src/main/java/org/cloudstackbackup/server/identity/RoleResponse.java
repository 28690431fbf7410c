/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.identity;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.Role;
import org.cloudstackbackup.framework.identity.RoleType;
import org.jspecify.annotations.Nullable;

/** A role. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class RoleResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the role")
    private final String id;

    @SerializedName("name")
    @Param(description = "name of the role")
    private final String name;

    @SerializedName("type")
    @Param(description = "type of the role: Admin, ResourceAdmin, DomainAdmin or User")
    private final String type;

    @SerializedName("description")
    @Param(description = "what the role is for")
    private final @Nullable String description;

    @SerializedName("isdefault")
    @Param(description = "true for the roles that every installation has")
    private final boolean isDefault;

    @SerializedName("ispublic")
    @Param(description = "true when every admin may give the role to accounts")
    private final boolean isPublic;

    @SerializedName("state")
    @Param(description = "enabled")
    private final String state;

    RoleResponse(Role role) {
        id = role.uuid();
        name = role.name();
        type = typeName(role.type());
        description = role.description();
        isDefault = role.isDefault();
        isPublic = true;
        state = "enabled";
        setObjectName("role");
    }

    static String typeName(RoleType type) {
        return switch (type) {
            case ADMIN -> "Admin";
            case RESOURCE_ADMIN -> "ResourceAdmin";
            case DOMAIN_ADMIN -> "DomainAdmin";
            case USER -> "User";
        };
    }
}
