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
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.framework.identity.Account;
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.ListedAccount;
import org.cloudstackbackup.framework.identity.ListedUser;
import org.cloudstackbackup.framework.limit.ResourceFigure;
import org.cloudstackbackup.framework.limit.ResourceType;
import org.jspecify.annotations.Nullable;

/** An account with its users. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class AccountResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the account")
    private final String id;

    @SerializedName("name")
    @Param(description = "name of the account")
    private final String name;

    @SerializedName("accounttype")
    @Param(description = "0 user, 1 root admin, 2 domain admin, 3 resource admin")
    private final int accountType;

    @SerializedName("roleid")
    @Param(description = "id of the role")
    private final String roleId;

    @SerializedName("roletype")
    @Param(description = "type of the role")
    private final String roleType;

    @SerializedName("rolename")
    @Param(description = "name of the role")
    private final String roleName;

    @SerializedName("domainid")
    @Param(description = "id of the domain that the account is in")
    private final String domainId;

    @SerializedName("domain")
    @Param(description = "name of that domain")
    private final String domain;

    @SerializedName("domainpath")
    @Param(description = "path of that domain, such as ROOT/a/b")
    private final String domainPath;

    @SerializedName("created")
    @Param(description = "when the account was made")
    private final Date created;

    @SerializedName("state")
    @Param(description = "enabled, disabled or locked")
    private final String state;

    @SerializedName("isdefault")
    @Param(description = "true for the first administrator")
    private final boolean isDefault;

    @SerializedName("user")
    @Param(description = "users who act for the account", responseObject = UserResponse.class)
    private final List<UserResponse> users;

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

    AccountResponse(ListedAccount listed, Caller caller) {
        Account account = listed.account();
        id = account.uuid();
        name = account.name();
        accountType = account.type();
        roleId = listed.role().uuid();
        roleType = RoleResponse.typeName(listed.role().type());
        roleName = listed.role().name();
        domainId = listed.domain().uuid();
        domain = listed.domain().name();
        domainPath = listed.domain().displayPath();
        created = Date.from(account.created());
        state = account.state();
        isDefault = account.id() == IdentityBootstrap.ADMIN_ID;
        users = listed.users().stream()
                .map(user -> new UserResponse(new ListedUser(user, account, listed.domain(), listed.role()), caller))
                .toList();
        setObjectName("account");
    }

    /** Adds how much it uses and may use; nothing for null. */
    AccountResponse using(@Nullable Map<ResourceType, ResourceFigure> figures) {
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
