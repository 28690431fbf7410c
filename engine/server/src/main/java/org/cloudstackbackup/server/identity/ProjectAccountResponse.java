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
import org.cloudstackbackup.framework.identity.ListedProject;
import org.cloudstackbackup.framework.identity.ProjectMember;
import org.cloudstackbackup.framework.identity.ProjectRole;
import org.jspecify.annotations.Nullable;

/** A member of a project on the wire. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class ProjectAccountResponse extends BaseResponse {
    @SerializedName("projectid")
    @Param(description = "id of the project")
    private final String projectid;

    @SerializedName("project")
    @Param(description = "name of the project")
    private final String project;

    @SerializedName("accountid")
    @Param(description = "id of the account")
    private final String accountid;

    @SerializedName("account")
    @Param(description = "name of the account")
    private final String account;

    @SerializedName("accounttype")
    @Param(description = "type of the account: 0 user, 1 root admin, 2 domain admin")
    private final int accounttype;

    @SerializedName("role")
    @Param(description = "Admin or Regular")
    private final String role;

    @SerializedName("domainid")
    @Param(description = "id of the domain of the project")
    private final String domainid;

    @SerializedName("domain")
    @Param(description = "name of that domain")
    private final String domain;

    ProjectAccountResponse(ListedProject listed, ProjectMember member) {
        projectid = listed.project().uuid();
        project = listed.project().name();
        accountid = member.account().uuid();
        account = member.account().name();
        accounttype = member.account().type();
        role = member.role().wireName();
        domainid = listed.domain().uuid();
        domain = listed.domain().name();
        setObjectName("projectaccount");
    }

    /** The role that a parameter names. */
    static ProjectRole role(String parameter, @Nullable String name, ProjectRole absent) {
        if (name == null || name.isEmpty()) {
            return absent;
        }
        return ProjectRole.ofWireName(name)
                .orElseThrow(() -> Names.refuse(parameter, "'" + name + "' is no role; allowed are Admin and Regular"));
    }
}
