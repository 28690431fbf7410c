/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.setting;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import org.apache.cloudstack.api.BaseResponse;
import org.cloudstackbackup.spi.SettingDefinition;
import org.jspecify.annotations.Nullable;

/** A setting on the wire; Gson reads the fields. The value of a secret is masked. */
@SuppressWarnings("UnusedVariable")
public final class ConfigurationResponse extends BaseResponse {
    /** Stands for a secret that is set; an empty one is shown as empty. */
    static final String MASK = "********";

    @SerializedName("category")
    @Param(description = "category of the setting")
    private final String category;

    @SerializedName("group")
    @Param(description = "group of the setting")
    private final String group = "Miscellaneous";

    @SerializedName("subgroup")
    @Param(description = "subgroup of the setting")
    private final String subgroup;

    @SerializedName("name")
    @Param(description = "name of the setting")
    private final String name;

    @SerializedName("value")
    @Param(description = "value in force, for the zone when one was asked for; secrets are masked")
    private final String value;

    @SerializedName("defaultvalue")
    @Param(description = "value when none is set")
    private final String defaultValue;

    @SerializedName("type")
    @Param(description = "type of the value")
    private final String type;

    @SerializedName("scope")
    @Param(description = "scope of the value: global or zone")
    private final @Nullable String scope;

    @SerializedName("id")
    @Param(description = "id of the zone that the value is for")
    private final @Nullable String scopeId;

    @SerializedName("description")
    @Param(description = "what the setting means")
    private final String description;

    @SerializedName("displaytext")
    @Param(description = "name for people")
    private final String displayText;

    @SerializedName("component")
    @Param(description = "part of the server that reads the setting")
    private final String component;

    @SerializedName("isdynamic")
    @Param(description = "whether a change takes effect without a restart")
    private final boolean dynamic;

    @SerializedName("options")
    @Param(description = "comma separated list of the allowed values")
    private final @Nullable String options;

    ConfigurationResponse(SettingDefinition setting, String shownValue, @Nullable String zoneUuid) {
        category = setting.isSecret() ? "Secure" : "Advanced";
        subgroup = setting.key().startsWith("backup.") ? "Backup & Recovery" : "Others";
        name = setting.key();
        value = masked(setting, shownValue);
        defaultValue = masked(setting, setting.defaultValue());
        type = wireType(setting.type());
        scope = zoneUuid != null || setting.scope() == SettingDefinition.Scope.ZONE ? "zone" : "global";
        scopeId = zoneUuid;
        description = setting.description();
        displayText = setting.key().replace('.', ' ');
        component = setting.key().startsWith("backup.plugin.") ? "BackupService" : "BackupManager";
        dynamic = setting.dynamic();
        options = setting.options().isEmpty() ? null : String.join(",", setting.options());
        setObjectName("configuration");
    }

    static String masked(SettingDefinition setting, String value) {
        return setting.isSecret() && !value.isEmpty() ? MASK : value;
    }

    private static String wireType(SettingDefinition.Type type) {
        return switch (type) {
            case STRING, SECRET, URL, MAIL_ADDRESSES -> "String";
            case BOOLEAN -> "Boolean";
            case INTEGER -> "Number";
            case LONG, SECONDS, POSITIVE, NOT_NEGATIVE, PORT -> "Number";
            case FRACTION -> "Decimal";
            case SELECT -> "Select";
        };
    }
}
