/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.pxbackup.command;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.pxbackup.client.Metadata;
import org.cloudstackbackup.pxbackup.client.Ownership;
import org.jspecify.annotations.Nullable;

/** To whom an object belongs. */
@SuppressWarnings("UnusedVariable")
public final class OwnershipResponse extends BaseResponse {
    @SerializedName("owner")
    @Param(description = "id of the user at the token issuer")
    private @Nullable String owner;

    @SerializedName("groups")
    @Param(description = "groups that may use it", responseObject = AccessResponse.class)
    private @Nullable List<AccessResponse> groups;

    @SerializedName("collaborators")
    @Param(description = "users that may use it", responseObject = AccessResponse.class)
    private @Nullable List<AccessResponse> collaborators;

    @SerializedName("public")
    @Param(description = "what everybody may do")
    private @Nullable String everybody;

    OwnershipResponse(@Nullable String owner, @Nullable Ownership ownership) {
        super("ownership");
        this.owner = owner;
        if (ownership != null) {
            groups = Shown.list(ownership.groups(), AccessResponse::new);
            collaborators = Shown.list(ownership.collaborators(), AccessResponse::new);
            everybody = Shown.type(ownership.publicAccess());
        }
    }

    static OwnershipResponse of(Metadata metadata) {
        Ownership ownership = metadata.ownership();
        String owner = ownership == null || ownership.owner() == null ? metadata.owner() : ownership.owner();
        return new OwnershipResponse(owner, ownership);
    }
}
