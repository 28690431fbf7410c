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
import org.cloudstackbackup.framework.identity.Caller;
import org.cloudstackbackup.framework.identity.ListedUser;
import org.cloudstackbackup.framework.identity.User;
import org.jspecify.annotations.Nullable;

/** A user. Never shows a password or a secret key. */
@SuppressWarnings("UnusedVariable") // fields are read by Gson
public final class UserResponse extends BaseResponse {
    @SerializedName("id")
    @Param(description = "id of the user")
    private final String id;

    @SerializedName("username")
    @Param(description = "name to log in with")
    private final String username;

    @SerializedName("firstname")
    @Param(description = "first name")
    private final @Nullable String firstname;

    @SerializedName("lastname")
    @Param(description = "last name")
    private final @Nullable String lastname;

    @SerializedName("email")
    @Param(description = "e-mail address")
    private final @Nullable String email;

    @SerializedName("created")
    @Param(description = "when the user was made")
    private final Date created;

    @SerializedName("state")
    @Param(description = "enabled or disabled")
    private final String state;

    @SerializedName("account")
    @Param(description = "name of the account that the user acts for")
    private final String account;

    @SerializedName("accounttype")
    @Param(description = "type of that account: 0 user, 1 root admin, 2 domain admin")
    private final int accountType;

    @SerializedName("usersource")
    @Param(description = "where the password is checked: native")
    private final String userSource;

    @SerializedName("roleid")
    @Param(description = "id of the role of the account")
    private final String roleId;

    @SerializedName("roletype")
    @Param(description = "type of that role")
    private final String roleType;

    @SerializedName("rolename")
    @Param(description = "name of that role")
    private final String roleName;

    @SerializedName("domainid")
    @Param(description = "id of the domain of the account")
    private final String domainId;

    @SerializedName("domain")
    @Param(description = "name of that domain")
    private final String domain;

    @SerializedName("timezone")
    @Param(description = "time zone to show times in")
    private final @Nullable String timezone;

    @SerializedName("apikey")
    @Param(description = "API key, for those who may use it", isSensitive = true)
    private final @Nullable String apiKey;

    @SerializedName("accountid")
    @Param(description = "id of the account")
    private final String accountId;

    @SerializedName("iscallerchilddomain")
    @Param(description = "whether the user is in a domain below the caller's")
    private final boolean inChildDomain;

    @SerializedName("isdefault")
    @Param(description = "true for the first administrator")
    private final boolean isDefault;

    @SerializedName("is2faenabled")
    @Param(description = "whether a second factor is asked for")
    private final boolean twoFactorEnabled;

    @SerializedName("is2famandated")
    @Param(description = "whether a second factor must be set up")
    private final boolean twoFactorMandated;

    UserResponse(ListedUser listed, Caller caller) {
        User user = listed.user();
        id = user.uuid();
        username = user.username();
        firstname = user.firstname();
        lastname = user.lastname();
        email = user.email();
        created = Date.from(user.created());
        state = user.state();
        account = listed.account().name();
        accountType = listed.account().type();
        userSource = "native";
        roleId = listed.role().uuid();
        roleType = RoleResponse.typeName(listed.role().type());
        roleName = listed.role().name();
        domainId = listed.domain().uuid();
        domain = listed.domain().name();
        timezone = user.timezone();
        apiKey = Authority.maySeeKeys(caller, listed) ? user.apiKey() : null;
        accountId = listed.account().uuid();
        inChildDomain = listed.domain().id() != caller.domain().id()
                && listed.domain().path().startsWith(caller.domain().path());
        isDefault = user.id() == IdentityBootstrap.ADMIN_ID;
        twoFactorEnabled = false;
        twoFactorMandated = false;
        setObjectName("user");
    }
}
