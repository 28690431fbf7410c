/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.server.api;

import com.cloud.serializer.Param;
import com.google.gson.ExclusionStrategy;
import com.google.gson.FieldAttributes;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.cloudstack.api.BaseCmd;
import org.apache.cloudstack.api.ResponseObject;
import org.apache.cloudstack.api.response.ListResponse;
import org.apache.cloudstack.api.response.SuccessResponse;
import org.cloudstackbackup.framework.identity.Role;
import org.jspecify.annotations.Nullable;

/** Turns response objects into the tree that both JSON and XML are written from. */
final class ResponseTree {
    private static final String DEFAULT_ITEM = "item";

    private final Map<String, Gson> gsonByRoleType = new ConcurrentHashMap<>();

    /**
     * What stands under the envelope's key.
     *
     * @param role whose view is drawn; null for a view with all fields
     */
    JsonObject body(Object response, @Nullable Role role) {
        Gson gson = gson(role);
        if (response instanceof ListResponse<?> list) {
            return list(list, gson);
        }
        JsonObject fields = gson.toJsonTree(response).getAsJsonObject();
        String name = response instanceof ResponseObject object && !(response instanceof SuccessResponse)
                ? object.getObjectName()
                : null;
        if (name == null) {
            return fields;
        }
        JsonObject named = new JsonObject();
        named.add(name, fields);
        return named;
    }

    /** As {@link #body}, as it stands under {@code jobresult}, where the text of a success has another name. */
    JsonObject jobResult(Object response) {
        JsonObject body = body(response, null);
        if (response instanceof SuccessResponse && body.has("displaytext")) {
            body.add("details", body.remove("displaytext"));
        }
        return body;
    }

    /** CloudStack's error envelope without its key. */
    static JsonObject failure(ApiFailure failure) {
        JsonObject json = new JsonObject();
        json.add("uuidList", new JsonArray());
        json.addProperty("errorcode", failure.errorCode());
        if (failure.csErrorCode() != null) {
            json.addProperty("cserrorcode", failure.csErrorCode());
        }
        json.addProperty("errortext", failure.text());
        return json;
    }

    /** An empty list is an empty object, and a page past the end has a count only: CloudStack's clients know both. */
    private static JsonObject list(ListResponse<?> list, Gson gson) {
        JsonObject json = new JsonObject();
        Integer count = list.getCount();
        if (count != null && count > 0) {
            json.addProperty("count", count);
        }
        if (list.getResponses() != null && !list.getResponses().isEmpty()) {
            JsonArray items = new JsonArray();
            list.getResponses().forEach(item -> items.add(gson.toJsonTree(item)));
            String name = list.getResponses().get(0).getObjectName();
            String listName = name == null ? list.getObjectName() : name;
            json.add(listName == null ? DEFAULT_ITEM : listName, items);
        }
        return json;
    }

    private Gson gson(@Nullable Role role) {
        String key = role == null ? "" : role.type().name();
        return gsonByRoleType.computeIfAbsent(key, unused -> newGson(role));
    }

    private static Gson newGson(@Nullable Role role) {
        GsonBuilder builder = new GsonBuilder()
                .disableHtmlEscaping()
                .registerTypeHierarchyAdapter(Date.class, (JsonSerializer<Date>)
                        (date, type, context) -> new JsonPrimitive(BaseCmd.getDateString(date)));
        if (role != null) {
            builder.addSerializationExclusionStrategy(new HiddenFromRole(role));
        }
        return builder.create();
    }

    /** Leaves out fields that are declared for other roles. */
    private record HiddenFromRole(Role role) implements ExclusionStrategy {
        @Override
        public boolean shouldSkipField(FieldAttributes field) {
            Param param = field.getAnnotation(Param.class);
            return param != null && !CommandAccess.includes(param.authorized(), role);
        }

        @Override
        public boolean shouldSkipClass(Class<?> type) {
            return false;
        }
    }
}
