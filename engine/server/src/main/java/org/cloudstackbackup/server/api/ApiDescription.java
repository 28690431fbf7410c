/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.cloud.serializer.Param;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.apache.cloudstack.api.BaseResponse;
import org.jspecify.annotations.Nullable;

/** One API command as {@code listApis} shows it; Gson reads the fields. */
final class ApiDescription extends BaseResponse {
    @SerializedName("name")
    @Param(description = "name of the API command")
    private final String name;

    @SerializedName("description")
    @Param(description = "what the command does")
    private final String description;

    @SerializedName("since")
    @Param(description = "version that brought the command")
    private final @Nullable String since;

    @SerializedName("isasync")
    @Param(description = "whether the command runs as a job")
    private final boolean async;

    @SerializedName("related")
    @Param(description = "comma separated commands with the same response")
    private final String related;

    @SerializedName("params")
    @Param(description = "what the command takes", responseObject = ParamDescription.class)
    private final List<ParamDescription> params;

    @SerializedName("response")
    @Param(description = "what the command answers", responseObject = FieldDescription.class)
    private final List<FieldDescription> response;

    ApiDescription(
            Names names,
            boolean async,
            String related,
            List<ParamDescription> params,
            List<FieldDescription> response) {
        super("api");
        this.name = names.name();
        this.description = names.description();
        this.since = names.since();
        this.async = async;
        this.related = related;
        this.params = List.copyOf(params);
        this.response = List.copyOf(response);
    }

    /** What describes a command, a parameter or a field by itself. */
    record Names(String name, String description, @Nullable String since) {}

    boolean isNamed(String wanted) {
        return name.equals(wanted);
    }

    String description() {
        return description;
    }

    @Nullable
    String since() {
        return since;
    }

    boolean isAsync() {
        return async;
    }

    String related() {
        return related;
    }

    List<ParamDescription> params() {
        return params;
    }

    List<FieldDescription> response() {
        return response;
    }

    /** A parameter. */
    record ParamDescription(
            @SerializedName("name") @Param(description = "name of the parameter")
            String name,

            @SerializedName("description") @Param(description = "what it means")
            String description,

            @SerializedName("type") @Param(description = "how it is written")
            String type,

            @SerializedName("length") @Param(description = "longest value of a string, in characters")
            int length,

            @SerializedName("required") @Param(description = "whether it must be given")
            boolean required,

            @SerializedName("since") @Param(description = "version that brought it") @Nullable
            String since,

            @SerializedName("related")
            @Param(description = "comma separated commands that list what it may name")
            @Nullable
            String related) {}

    /** A field of an answer; {@code response} holds the fields of a nested object. */
    record FieldDescription(
            @SerializedName("name") @Param(description = "name of the field")
            String name,

            @SerializedName("description") @Param(description = "what it means")
            String description,

            @SerializedName("type") @Param(description = "how it is written")
            String type,

            @SerializedName("response") @Param(description = "fields of the nested object") @Nullable
            List<FieldDescription> response) {}
}
